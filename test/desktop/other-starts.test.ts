import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import { OtherStarts } from '../../main/desktop/other-starts';
import type { StartRequest } from '../../main/desktop/start-arguments';

function setUp() {
  const app = new EventEmitter();
  const starts = new OtherStarts(app as unknown as App);
  const start = (sent: unknown) => app.emit('second-instance', {}, [], '/', sent);
  const openFile = (file: string) => {
    let isTaken = false;
    app.emit('open-file', { preventDefault: () => (isTaken = true) }, file);
    return isTaken;
  };
  return { starts, start, openFile };
}

test('starts that come before anybody listens wait, and later ones do not', () => {
  const { starts, start, openFile } = setUp();
  const heard: StartRequest[] = [];
  start({ file: null, isHidden: false });
  start({ file: 'relative.coffer', isHidden: false });
  expect(openFile('/a/first.coffer')).toBe(true);
  starts.listen((request) => heard.push(request));
  start({ file: '/a/second.coffer', isHidden: true });
  expect(heard).toEqual([
    { file: null, isHidden: false },
    { file: '/a/first.coffer', isHidden: false },
    { file: '/a/second.coffer', isHidden: true },
  ]);
});

test('the file that macOS names before the app is ready is the one to begin with, once', () => {
  const { starts, openFile } = setUp();
  const heard: StartRequest[] = [];
  openFile('/a/first.coffer');
  openFile('/a/second.coffer');
  expect(openFile('/a/text.txt')).toBe(true);
  expect(starts.takeFile()).toBe('/a/second.coffer');
  expect(starts.takeFile()).toBeNull();
  starts.listen((request) => heard.push(request));
  expect(heard).toEqual([]);
});
