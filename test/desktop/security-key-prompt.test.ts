import { expect, test } from 'vitest';
import {
  type SecurityKeyQuestion,
  type SecurityKeyReport,
  SecurityKeyPrompt,
} from '../../main/desktop/security-key-prompt';
import { FakeWindow } from './fake-window';

const filled = (value: number, length = 32) => new Uint8Array(length).fill(value);
const question = (kind: 'enrol' | 'evaluate'): SecurityKeyQuestion => ({
  kind,
  vaultName: 'work',
  credentialId: kind === 'enrol' ? null : filled(9),
  prfSalt: filled(1),
  challenge: filled(2),
  userId: filled(3),
});
const done = (first: Uint8Array, second: Uint8Array | null): SecurityKeyReport => ({
  outcome: 'done',
  credentialId: filled(9),
  first,
  second,
});

function setup(kind: 'enrol' | 'evaluate' = 'enrol') {
  const window = new FakeWindow();
  const prompt = new SecurityKeyPrompt(window);
  const controller = new AbortController();
  const answer = prompt.ask(question(kind), controller.signal);
  answer.catch(() => undefined);
  return { window, prompt, controller, answer };
}

test('opens the window, hands out the task, takes the report and closes', async () => {
  const { window, prompt, answer } = setup();
  expect(window.isOpen).toBe(true);
  expect(prompt.task()).toEqual(question('enrol'));
  const report = done(filled(7), filled(7));
  prompt.report(report);
  if (report.outcome === 'done') report.first.fill(0);
  expect(await answer).toEqual({ credentialId: filled(9), first: filled(7), second: filled(7) });
  expect(window.isOpen).toBe(false);
  expect(() => prompt.task()).toThrow(expect.objectContaining({ code: 'cancelled' }));
  expect(() => prompt.report(report)).toThrow(expect.objectContaining({ code: 'cancelled' }));
});

test('one answer is enough to evaluate, from the key that was asked for', async () => {
  const { prompt, answer } = setup('evaluate');
  prompt.report(done(filled(7), null));
  expect(await answer).toMatchObject({ first: filled(7), second: null });
  const other = setup('evaluate');
  other.prompt.report({ outcome: 'done', credentialId: filled(8), first: filled(7), second: null });
  await expect(other.answer).rejects.toMatchObject({ code: 'io-failed' });
});

test.each([
  ['two different answers', done(filled(7), filled(8)), 'not-supported', /two different answers/],
  ['no second answer', done(filled(7), null), 'not-supported', /PRF/],
  ['a short answer', done(filled(7, 31), filled(7, 31)), 'not-supported', /PRF/],
  ['a long answer', done(filled(7, 64), filled(7, 64)), 'not-supported', /PRF/],
  ['no credential', { ...done(filled(7), filled(7)), credentialId: filled(0, 0) }, 'io-failed', /credential id/],
  ['a long credential', { ...done(filled(7), filled(7)), credentialId: filled(0, 1024) }, 'io-failed', /credential id/],
  ['a system that cannot', { outcome: 'failed', reason: 'not-supported' }, 'not-supported', /PRF/],
  ['a failure', { outcome: 'failed', reason: 'failed' }, 'io-failed', /did not answer/],
  ['a user who gave up', { outcome: 'failed', reason: 'cancelled' }, 'cancelled', /./],
] as [string, SecurityKeyReport, string, RegExp][])('%s ends an enrolment', async (_, report, code, words) => {
  const { window, prompt, answer } = setup();
  prompt.report(report);
  await expect(answer).rejects.toMatchObject({ code, message: expect.stringMatching(words) as string });
  expect(window.isOpen).toBe(false);
});

test('the user closes the window', async () => {
  const { window, answer } = setup();
  window.closeByUser();
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
});

test('locking closes the window, and a report that comes then is refused', async () => {
  const { window, prompt, controller, answer } = setup();
  controller.abort();
  expect(() => prompt.report(done(filled(7), filled(7)))).toThrow(expect.objectContaining({ code: 'cancelled' }));
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
  expect(window.isOpen).toBe(false);
  await expect(prompt.ask(question('enrol'), controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  expect(window.opened).toBe(1);
});

test('one question at a time, and another one after it', async () => {
  const { window, prompt, answer } = setup();
  const signal = new AbortController().signal;
  await expect(prompt.ask(question('enrol'), signal)).rejects.toMatchObject({ code: 'busy' });
  expect(window.isOpen).toBe(true);
  prompt.report(done(filled(7), filled(7)));
  await answer;
  const next = prompt.ask(question('evaluate'), signal);
  prompt.report(done(filled(5), null));
  expect((await next).first).toEqual(filled(5));
});

test('what is handed out is a copy, and the caller keeps what it gave', async () => {
  const window = new FakeWindow();
  const prompt = new SecurityKeyPrompt(window);
  const given = question('evaluate');
  const answer = prompt.ask(given, new AbortController().signal);
  const task = prompt.task();
  for (const bytes of [task.prfSalt, task.challenge, task.userId, task.credentialId]) bytes?.fill(0);
  expect(prompt.task()).toEqual(question('evaluate'));
  prompt.report(done(filled(7), null));
  await answer;
  expect(given).toEqual(question('evaluate'));
});

test('a salt of another length is refused before a window opens', async () => {
  const window = new FakeWindow();
  const asked = new SecurityKeyPrompt(window).ask(
    { ...question('enrol'), prfSalt: filled(1, 16) },
    new AbortController().signal,
  );
  await expect(asked).rejects.toMatchObject({ code: 'bad-request' });
  expect(window.opened).toBe(0);
});
