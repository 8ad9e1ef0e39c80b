import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { measurePeak } from '../support/peak-memory';

// A file far above the limit is refused by its size, before anything of it is read.
let bridge: ReturnType<typeof setUpBridge>;
let downloads: string;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  downloads = path.join(bridge.home, 'Downloads');
  mkdirSync(downloads);
});
afterEach(() => bridge.remove());

const mebibyte = 1024 * 1024;
/** Less than a quarter of the file, and more than what the calls themselves take. */
const mostBytes = 24 * mebibyte;
const mostMs = 1000;
const keyLines = 'AWSAccessKeyId=AKIAQNZGKIQY56JQ7WML\nAWSSecretKey=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n';

/** A file that begins as a key file does, and takes no room on the disk. */
function large(name: string): string {
  const file = path.join(downloads, name);
  writeFileSync(file, keyLines);
  truncateSync(file, 100 * mebibyte);
  return file;
}

function small(): string {
  const file = path.join(downloads, 'small');
  writeFileSync(file, keyLines);
  return file;
}

test('100 MB that are opened are refused with their reason, and keep no other file out', async () => {
  bridge.answers.push([large('a'), small(), large('b')].join('\n'));
  const { result, peakBytes, cpuMs } = await measurePeak(() => bridge.get('import:open', {}));
  expect(result?.candidates.map(({ fileName, state }) => [fileName, state])).toEqual([
    ['a', 'refused'],
    ['small', 'ready'],
    ['b', 'refused'],
  ]);
  for (const at of [0, 2]) expect(result?.candidates[at]?.message).toMatch(/at most .*1.?048.?576 bytes/);
  expect(peakBytes).toBeLessThan(mostBytes);
  expect(cpuMs).toBeLessThan(mostMs);
});

test('a look around leaves 100 MB unread, in a folder and where a variable names them', async () => {
  large('a');
  small();
  const named = path.join(bridge.home, 'credentials');
  writeFileSync(named, keyLines);
  truncateSync(named, 100 * mebibyte);
  bridge.environment['AWS_SHARED_CREDENTIALS_FILE'] = named;
  const { result, peakBytes, cpuMs } = await measurePeak(() => bridge.get('import:look', {}));
  expect(result.candidates.map(({ fileName, state }) => [fileName, state])).toEqual([['small', 'ready']]);
  expect(peakBytes).toBeLessThan(mostBytes);
  expect(cpuMs).toBeLessThan(mostMs);
});
