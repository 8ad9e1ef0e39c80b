import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemRandom } from '../../main/crypto/random';
import { rememberText } from '../../main/crypto/remembered-text';
import { type ClipboardCalls, systemClipboard } from '../../main/desktop/clipboard/clipboard-adapter';
import { ForgettingClipboard } from '../../main/desktop/clipboard/forgetting-clipboard';

/** What lies on a clipboard, by format. */
type Formats = Record<string, string | Blob>;
class Item {
  readonly formats: Formats;
  constructor(formats: Formats) {
    this.formats = formats;
  }
}

function textIn({ 'text/plain': text }: Formats): string {
  return typeof text === 'string' ? text : '';
}

/** Each call of Electron 33's takes effect at once, and replaces all there is. */
function electron33() {
  const there: { formats: Formats; selection: string } = { formats: {}, selection: '' };
  const calls: ClipboardCalls = {
    writeText: (text) => {
      there.formats = { 'text/plain': text };
      there.selection = text;
    },
    readText: () => textIn(there.formats),
    clear: (type) => {
      if (type === 'selection') there.selection = '';
      else there.formats = {};
    },
    write: () => {
      throw new Error('Electron 33 takes no items');
    },
  };
  return { there, calls, Item: undefined };
}

/** Electron 45's are done some turns later. */
function electron45() {
  const { there, calls } = electron33();
  const later = () => new Promise<void>((resolve) => queueMicrotask(resolve));
  return {
    there,
    Item,
    calls: {
      ...calls,
      writeText: (text: string) => later().then(() => calls.writeText(text)),
      readText: () => later().then(() => calls.readText()),
      clear: () => void (there.formats = {}),
      write: (items: unknown) =>
        later().then(() => {
          there.formats = (items as readonly Item[])[0]?.formats ?? {};
          there.selection = textIn(there.formats);
        }),
      selection: {
        readText: () => later().then(() => there.selection),
        clear: () => void (there.selection = ''),
      },
    } satisfies ClipboardCalls,
  };
}

/** The same where the system takes a tenth of a second for a write. */
function slowElectron45() {
  const { calls, ...others } = electron45();
  const slowly = () => new Promise<void>((resolve) => setTimeout(resolve, 100));
  const writeText = (text: string) => slowly().then(() => calls.writeText(text));
  const write = (items: unknown) => slowly().then(() => calls.write(items));
  return { ...others, calls: { ...calls, writeText, write } };
}

/** As on Windows while another program has it open: nothing can be read, nothing happens on clearing. */
function closed(calls: ClipboardCalls) {
  const state = { isOpen: false, answer: (): string => '' };
  const behind: ClipboardCalls = {
    ...calls,
    readText: () => (state.isOpen ? calls.readText() : state.answer()),
    clear: (type) => {
      if (state.isOpen) calls.clear(type);
    },
  };
  return { state, behind };
}

function noAnswer(): string {
  throw new Error('no answer');
}

function clipboardOn(calls: ClipboardCalls, ItemMaker?: typeof Item) {
  return new ForgettingClipboard({
    adapter: systemClipboard(calls, ItemMaker, 'linux'),
    remember: (text) => rememberText(text, systemRandom),
    secondsToKeep: () => 5,
    nowMs: () => Date.now(),
    onChange: () => undefined,
  });
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const raw = (format: string) => `electron application/osclipboard;format="${format}"`;

describe.each([
  ['Electron 33', electron33],
  ['Electron 45', electron45],
])('on the clipboard of %s', (_, make) => {
  function setUp(secondsToKeep = 20) {
    const { there, calls, Item: ItemMaker } = make();
    const onChange = vi.fn<() => void>();
    const clipboard = new ForgettingClipboard({
      adapter: systemClipboard(calls, ItemMaker, 'linux'),
      remember: (text) => rememberText(text, systemRandom),
      secondsToKeep: () => secondsToKeep,
      nowMs: () => Date.now(),
      onChange,
    });
    const text = () => there.formats['text/plain'];
    return { there, clipboard, onChange, text };
  }

  test('a secret goes after its time, and not before', async () => {
    const { clipboard, text, onChange } = setUp();
    await clipboard.put('hunter2', { isSecret: true });
    expect(clipboard.status).toEqual({ state: 'holding', leftMs: 20_000, keepMs: 20_000 });
    await vi.advanceTimersByTimeAsync(19_999);
    expect([text(), clipboard.status.leftMs]).toEqual(['hunter2', 1]);
    await vi.advanceTimersByTimeAsync(1);
    expect([text(), clipboard.status]).toEqual([undefined, { state: 'cleared', leftMs: 0, keepMs: 0 }]);
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  test('a secret does not stay in the selection, where Chromium puts it too; what is public does', async () => {
    const { clipboard, there } = setUp();
    await clipboard.put('hunter2', { isSecret: true });
    expect(there.selection).toBe('');
    await clipboard.put('public', { isSecret: false });
    expect(there.selection).toBe('public');
  });

  test('what someone else put there meanwhile stays', async () => {
    const { clipboard, there, text } = setUp();
    await clipboard.put('hunter2', { isSecret: true });
    there.formats = { 'text/plain': 'a shopping list' };
    await vi.advanceTimersByTimeAsync(60_000);
    expect([text(), clipboard.status.state]).toEqual(['a shopping list', 'left-alone']);
  });

  test('each secret begins a new time; the timer of the one before is gone', async () => {
    const { clipboard, text } = setUp();
    await clipboard.put('first', { isSecret: true });
    await vi.advanceTimersByTimeAsync(15_000);
    await clipboard.put('second', { isSecret: true });
    await vi.advanceTimersByTimeAsync(19_000);
    expect(text()).toBe('second');
    await vi.advanceTimersByTimeAsync(1000);
    expect(text()).toBeUndefined();
  });

  test('what is public stays, and ends the countdown of a secret that it replaced', async () => {
    const { clipboard, text } = setUp();
    await clipboard.put('hunter2', { isSecret: true });
    await clipboard.put('123456789012', { isSecret: false });
    expect(clipboard.isHolding).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    await clipboard.forget();
    expect([text(), clipboard.status.state]).toEqual(['123456789012', 'idle']);
  });

  test('it can be forgotten early, more than once', async () => {
    const { clipboard, text } = setUp(120);
    await clipboard.put('hunter2', { isSecret: true });
    await Promise.all([clipboard.forget(), clipboard.forget()]);
    expect([text(), clipboard.status.state]).toEqual([undefined, 'cleared']);
  });

  test('a secret that is put there while another is looked for is not cleared too early', async () => {
    const { clipboard, text } = setUp();
    await clipboard.put('first', { isSecret: true });
    const forgotten = clipboard.forget();
    const put = clipboard.put('second', { isSecret: true });
    await Promise.all([forgotten, put]);
    expect([text(), clipboard.isHolding]).toEqual(['second', true]);
  });
});

describe('a clipboard that another program has open', () => {
  test.each([
    ['reads as empty', () => ''],
    ['can’t be read', noAnswer],
  ])('and that %s is tried again until the secret is gone', async (_, answer) => {
    const { there, calls } = electron33();
    const { state, behind } = closed(calls);
    state.answer = answer;
    const clipboard = clipboardOn(behind);
    await clipboard.put('hunter2', { isSecret: true });
    await vi.advanceTimersByTimeAsync(6500);
    expect([textIn(there.formats), clipboard.isHolding]).toEqual(['hunter2', true]);
    state.isOpen = true;
    // As at lock, while the next try is waited for.
    const forgotten = clipboard.forget();
    await vi.advanceTimersByTimeAsync(500);
    await forgotten;
    expect([there.formats, clipboard.status.state]).toEqual([{}, 'cleared']);
  });

  test('and that does not let itself be cleared is tried again', async () => {
    const { there, calls } = electron33();
    const { state, behind } = closed(calls);
    state.answer = () => textIn(there.formats);
    const clipboard = clipboardOn(behind);
    await clipboard.put('hunter2', { isSecret: true });
    await vi.advanceTimersByTimeAsync(5000);
    expect(clipboard.isHolding).toBe(true);
    state.isOpen = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect([there.formats, clipboard.status.state]).toEqual([{}, 'cleared']);
  });

  test.each([
    ['not answer', 'failed', noAnswer],
    ['be cleared', 'failed', () => 'hunter2'],
    ['hold a text', 'left-alone', () => ''],
  ])('and that will not %s in the end is told as %s, and nothing is thrown', async (_, told, answer) => {
    const { state, behind } = closed(electron33().calls);
    state.answer = answer;
    const clipboard = clipboardOn(behind);
    await clipboard.put('hunter2', { isSecret: true });
    const forgotten = clipboard.forget();
    await vi.advanceTimersByTimeAsync(3000);
    await forgotten;
    expect([clipboard.isHolding, clipboard.status.state]).toEqual([false, told]);
  });
});

describe('a clipboard that takes its time to write', () => {
  test('is locked while a secret is on its way: it goes as soon as it is there', async () => {
    const { there, calls, Item: ItemMaker } = slowElectron45();
    const clipboard = clipboardOn(calls, ItemMaker);
    there.formats = { 'text/plain': 'a shopping list' };
    const put = clipboard.put('hunter2', { isSecret: true });
    const forgotten = clipboard.forget();
    await vi.advanceTimersByTimeAsync(1000);
    await Promise.all([put, forgotten]);
    expect([there.formats, clipboard.status.state]).toEqual([{}, 'cleared']);
  });

  test('forgets a secret that was put there while a public text was on its way', async () => {
    const { there, calls, Item: ItemMaker } = slowElectron45();
    const clipboard = clipboardOn(calls, ItemMaker);
    const puts = [clipboard.put('public', { isSecret: false }), clipboard.put('hunter2', { isSecret: true })];
    await vi.advanceTimersByTimeAsync(200);
    await Promise.all(puts);
    expect([textIn(there.formats), clipboard.isHolding]).toEqual(['hunter2', true]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(there.formats).toEqual({});
  });

  test('holds in the end what was put there last, however long each write takes', async () => {
    const { there, calls, Item: ItemMaker } = electron45();
    const write = vi.fn(calls.write);
    write.mockImplementationOnce((items) =>
      new Promise<void>((resolve) => setTimeout(resolve, 100)).then(() => calls.write(items)),
    );
    const clipboard = clipboardOn({ ...calls, write }, ItemMaker);
    const puts = [clipboard.put('first', { isSecret: true }), clipboard.put('second', { isSecret: true })];
    await vi.advanceTimersByTimeAsync(1000);
    await Promise.all(puts);
    expect(textIn(there.formats)).toBe('second');
    await vi.advanceTimersByTimeAsync(5000);
    expect(there.formats).toEqual({});
  });
});

test.each([
  ['linux', [raw('x-kde-passwordManagerHint')]],
  ['darwin', [raw('org.nspasteboard.ConcealedType')]],
  [
    'win32',
    [
      raw('ExcludeClipboardContentFromMonitorProcessing'),
      raw('CanIncludeInClipboardHistory'),
      raw('CanUploadToCloudClipboard'),
    ],
  ],
] as const)('on %s Electron 45 marks a secret in the same write, and nothing else', async (platform, marks) => {
  const { there, calls } = electron45();
  const adapter = systemClipboard(calls, Item, platform);
  await adapter.write('hunter2', { isSecret: true });
  expect(Object.keys(there.formats)).toEqual(['text/plain', ...marks]);
  expect(there.formats['text/plain']).toBe('hunter2');
  const hint = there.formats[raw('x-kde-passwordManagerHint')];
  if (platform === 'linux') expect(hint).toBe('secret');
  const canInclude = there.formats[raw('CanIncludeInClipboardHistory')];
  if (canInclude instanceof Blob) expect(new Uint8Array(await canInclude.arrayBuffer())).toEqual(new Uint8Array(4));
  await adapter.write('public', { isSecret: false });
  expect(there.formats).toEqual({ 'text/plain': 'public' });
});
