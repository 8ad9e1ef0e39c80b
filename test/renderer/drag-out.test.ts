import { expect, test } from 'vitest';
import { dragOut } from '../../renderer/state/drag-out';
import { Notices } from '../../renderer/state/notices.svelte';
import { TestBridge, refuse } from './bridge';
import { idOf } from './samples';

const file = { recordId: idOf(1), format: 'pkcs1' as const, fileName: 'web-server.pem', isPrivate: true };
const prepared = () => ({});

/** Begins a drag of a record's usual file over a bridge. */
function setUp(handlers: ConstructorParameters<typeof TestBridge>[0]) {
  const bridge = new TestBridge(handlers);
  const notices = new Notices();
  let isPrevented = false;
  const event = { preventDefault: () => (isPrevented = true) };
  const begin = () => dragOut({ api: bridge.api, notices }, event, { id: idOf(1), format: null });
  const texts = () => notices.items.map(({ text, tone }) => [tone, text]);
  const sent = () => bridge.sent.map(({ channel }) => channel);
  return { bridge, begin, texts, sent, isPrevented: () => isPrevented };
}

test('the page’s own drag gives way to the system’s, and the user is told of the copy', async () => {
  const { begin, texts, isPrevented, sent, bridge } = setUp({
    'drag:prepare': prepared,
    'drag:start': () => ({ files: [file] }),
  });
  const begun = begin();
  expect(isPrevented()).toBe(true);
  await begun;
  expect(sent()).toEqual(['drag:prepare', 'drag:start']);
  expect(bridge.requestsOf('drag:prepare')).toEqual([{ id: idOf(1), format: null }]);
  expect(texts()).toEqual([['plain', expect.stringMatching(/^web-server\.pem: a copy without protection/)]]);
});

test('of a public key there is nothing to say', async () => {
  const { begin, texts } = setUp({
    'drag:prepare': prepared,
    'drag:start': () => ({ files: [{ ...file, format: 'public', fileName: 'web-server.pub', isPrivate: false }] }),
  });
  await begin();
  expect(texts()).toEqual([]);
});

test('nor of a drag that did not begin, because the button was let go', async () => {
  const { begin, texts } = setUp({ 'drag:prepare': prepared, 'drag:start': () => ({ files: [] }) });
  await begin();
  expect(texts()).toEqual([]);
});

test('a file that can’t be written, or a drag that can’t begin, is said', async () => {
  const first = setUp({ 'drag:prepare': () => refuse('disk-full', 'folder: no space is left on its disk') });
  await first.begin();
  expect(first.texts()).toEqual([['failure', expect.stringMatching(/no space/)]]);
  const second = setUp({ 'drag:prepare': prepared, 'drag:start': () => refuse('read-only', 'vault: read-only') });
  await second.begin();
  expect(second.texts()).toEqual([['failure', expect.stringMatching(/read-only/)]]);
});
