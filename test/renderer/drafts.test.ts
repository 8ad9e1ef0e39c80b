import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ClipboardCountdown } from '../../renderer/state/clipboard-countdown.svelte';
import { Drafts, type FormContent } from '../../renderer/state/drafts.svelte';
import { GenerateKeyPair } from '../../renderer/state/generate-key-pair.svelte';
import { NewCertificate } from '../../renderer/state/new-certificate.svelte';
import { NewRecord } from '../../renderer/state/new-record.svelte';
import { Notices } from '../../renderer/state/notices.svelte';
import { RecordDraft } from '../../renderer/state/record-draft.svelte';
import type { ClipboardStatus, KindDescriptor, OpenedDraft } from '../../renderer/state/types';
import { TestBridge } from './bridge';
import { idOf, sampleDetail, sampleFields } from './samples';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const content = (changes: Partial<FormContent> = {}): FormContent => ({
  ...{ recordId: idOf(1), kind: 'sign-in', title: 'Root', tags: [], values: {}, secrets: {} },
  ...changes,
});
const opened: OpenedDraft = {
  ...{ recordId: null, kind: 'sign-in', title: 'Typed', tags: ['t'], values: { notes: 'n' }, secrets: ['password'] },
};

/** What the main process gives back of a form that was kept. */
function draftOf(kept: FormContent | null): OpenedDraft {
  const { recordId, kind, title, tags, values, secrets } = kept ?? content();
  return { recordId, kind, title, tags: [...tags], values, secrets: Object.keys(secrets) };
}

function setUp() {
  const bridge = new TestBridge({
    'draft:list': () => [{ id: idOf(9), atMs: 1, recordId: null, kind: 'sign-in' }],
    'draft:open': () => opened,
    'draft:keep': () => ({}),
    'draft:drop': () => ({}),
    'draft:discard': () => ({}),
  });
  return { bridge, drafts: new Drafts(bridge.api) };
}

test('what is typed is kept after a pause, the newest alone, and its secrets’ bytes are wiped', async () => {
  const { bridge, drafts } = setUp();
  drafts.note(content({ title: 'R' }));
  drafts.note(content({ title: 'Root of Acme', secrets: { password: 'typed' } }));
  expect(bridge.sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(400);
  const [kept, ...others] = bridge.requestsOf('draft:keep');
  expect([kept?.['title'], others]).toEqual(['Root of Acme', []]);
  expect(kept?.['secrets']).toEqual({ password: new Uint8Array(5) });
});

test('a lock by the user does not wait for the pause', async () => {
  const { bridge, drafts } = setUp();
  drafts.note(content());
  await drafts.flush();
  await drafts.flush();
  await vi.advanceTimersByTimeAsync(1000);
  expect(bridge.requestsOf('draft:keep')).toHaveLength(1);
});

test('a form that is closed, or holds nothing new any more, is dropped once it was kept', async () => {
  const { bridge, drafts } = setUp();
  drafts.note(null);
  drafts.note(content());
  drafts.end();
  await vi.advanceTimersByTimeAsync(1000);
  expect(bridge.sent).toEqual([]);
  drafts.note(content());
  await drafts.flush();
  drafts.note(null);
  drafts.end();
  expect(bridge.sent.map(({ channel }) => channel)).toEqual(['draft:keep', 'draft:drop']);
});

test('a draft goes to the form that it belongs to, once, and is listed no more', async () => {
  const { bridge, drafts } = setUp();
  await drafts.load();
  expect(drafts.rows).toHaveLength(1);
  expect(await drafts.open(idOf(9))).toEqual(opened);
  expect(drafts.rows).toEqual([]);
  expect(drafts.take(null, 'sign-in')).toEqual(opened);
  expect(drafts.take(null, 'sign-in')).toBe(null);
  await drafts.open(idOf(9));
  expect(drafts.take(idOf(1), 'sign-in')).toBe(null);
  await drafts.load();
  await drafts.discard(idOf(9));
  expect([drafts.rows, bridge.requestsOf('draft:discard')]).toEqual([[], [{ id: idOf(9) }]]);
});

test('forms begin with a draft, and hold it as unsaved', () => {
  const { bridge } = setUp();
  const detail = sampleDetail(1);
  const edit = new RecordDraft(detail, sampleFields, { ...opened, recordId: detail.id });
  expect([edit.title, edit.tags, edit.notes, edit.isChanged]).toEqual(['Typed', ['t'], 'n', true]);
  expect(edit.content).toMatchObject({ recordId: detail.id, title: 'Typed', secrets: {} });
  expect(new RecordDraft(detail, sampleFields).content).toBe(null);

  const kind: KindDescriptor = {
    kind: 'sign-in',
    label: 'Sign-in',
    labelPlural: 'Sign-ins',
    isTyped: true,
    isDraggable: false,
    fields: [],
  };
  expect(new NewRecord(bridge.api, kind, {}, opened).content).toMatchObject({ recordId: null, title: 'Typed' });
  const empty = new NewRecord(bridge.api, kind);
  expect(empty.content).toBe(null);
  empty.title = 'R';
  expect(empty.content).toMatchObject({ title: 'R' });
});

test('the form that generates a key pair holds what was typed, and begins with it', () => {
  const { bridge } = setUp();
  const form = new GenerateKeyPair(bridge.api, { account: idOf(2) });
  expect(form.content).toBe(null);
  form.labels.typeTitle('Web server');
  form.labels.typeKeyName('web-2');
  Object.assign(form.labels, { region: 'eu-central-1', comment: 'c', tags: ['t'], notes: 'n' });
  form.algorithm = 'ed25519';
  const { content } = form;
  expect(content).toMatchObject({ recordId: null, kind: 'key-pair', title: 'Web server', tags: ['t'], secrets: {} });

  const again = new GenerateKeyPair(bridge.api, {}, draftOf(content));
  expect(again.content).toEqual(content);
  again.labels.typeTitle('Other');
  expect([again.labels.keyName, again.labels.account, again.algorithm]).toEqual(['web-2', idOf(2), 'ed25519']);

  const following = new GenerateKeyPair(bridge.api);
  following.labels.typeTitle('Web');
  const followed = new GenerateKeyPair(bridge.api, {}, draftOf(following.content));
  followed.labels.typeTitle('Mail');
  expect(followed.labels.keyName).toBe('mail');
});

test('the form that makes a certificate begins with what was typed, but for what is secret, which it can use', async () => {
  const { bridge } = setUp();
  const form = new NewCertificate(bridge.api, { account: idOf(2), user: 'ann' });
  expect(form.content).toBe(null);
  Object.assign(form, { title: 'Signing', commonName: 'ann', country: 'de', bits: '4096', validDays: 90, tags: ['t'] });
  const made = form.content;
  expect(new NewCertificate(bridge.api, {}, draftOf(made)).content).toEqual(made);

  Object.assign(form, { way: 'paste', pasted: 'the key', needsPassphrase: true, passphrase: 'secret' });
  expect(form.content?.secrets).toEqual({ pasted: 'the key', passphrase: 'secret' });
  const taking = new TestBridge({ 'certificate:import': () => sampleDetail(1) });
  const again = new NewCertificate(taking.api, {}, draftOf(form.content));
  expect([again.way, again.pasted, again.passphrase, again.isEarlier('pasted')]).toEqual(['paste', '', '', true]);
  expect(await again.submit()).not.toBe(null);
  const [sent] = taking.requestsOf('certificate:import');
  expect(sent).toMatchObject({ pasted: null, passphrase: null, earlier: ['pasted', 'passphrase'] });

  again.pasted = 'another key';
  expect(again.isEarlier('pasted')).toBe(false);
  await again.submit();
  expect(taking.requestsOf('certificate:import')[1]?.['earlier']).toEqual(['passphrase']);
});

test('the countdown runs while a secret is on the clipboard, and its end is told', async () => {
  let status: ClipboardStatus = { state: 'idle', leftMs: 0, keepMs: 0 };
  const bridge = new TestBridge({ 'clipboard:state': () => status, 'clipboard:clear': () => ({}) });
  const notices = new Notices();
  const countdown = new ClipboardCountdown(bridge.api, notices);
  const end = countdown.connect();
  const change = async (next: ClipboardStatus) => {
    status = next;
    bridge.emit('clipboard:changed');
    await vi.advanceTimersByTimeAsync(0);
  };
  expect(vi.getTimerCount()).toBe(0);
  await change({ state: 'holding', leftMs: 20_000, keepMs: 20_000 });
  expect([countdown.isRunning, countdown.secondsLeft, countdown.keepSeconds]).toEqual([true, 20, 20]);
  await vi.advanceTimersByTimeAsync(7500);
  expect(countdown.secondsLeft).toBe(13);
  await change({ state: 'cleared', leftMs: 0, keepMs: 0 });
  expect([countdown.isRunning, notices.items[0]?.text]).toEqual([false, 'Clipboard cleared']);
  for (const { id } of [...notices.items]) notices.dismiss(id);
  expect(vi.getTimerCount()).toBe(0);
  for (const [state, text] of [
    ['left-alone', 'The clipboard holds something else by now, and was left alone'],
    ['failed', 'The clipboard could not be cleared'],
  ] as const) {
    await change({ state: 'holding', leftMs: 20_000, keepMs: 20_000 });
    await change({ state, leftMs: 0, keepMs: 0 });
    expect(notices.items.at(-1)?.text).toBe(text);
  }
  await countdown.clear();
  expect(bridge.requestsOf('clipboard:clear')).toHaveLength(1);
  end();
  expect(bridge.listeners('clipboard:changed')).toBe(0);
});
