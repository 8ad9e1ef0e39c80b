import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Programs made of a fuse wire and little else, looked at with Electron's own tool for fuses, too.
interface Fuses {
  readonly fuses: readonly { readonly name: string; readonly isOn: boolean }[];
  readonly setFuses: (file: string) => Promise<void>;
  readonly readFuses: (file: string) => Promise<{ name: string; state: string }[]>;
  readonly checkFuses: (file: string) => Promise<string[]>;
}
const module = path.join(import.meta.dirname, '../../scripts/package/fuses.mjs');
const { fuses, setFuses, readFuses, checkFuses } = (await import(module)) as Fuses;
const [off, on, removed] = [0x30, 0x31, 0x72];
const ofElectron33 = [on, off, on, on, off, off, off, on];
const ofElectron45 = [...ofElectron33, on];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coffer-fuses-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function program(...wires: readonly (readonly number[])[]): string {
  const file = path.join(folder, 'program');
  const parts = wires.flatMap((wire) => [
    Buffer.from('something before, dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, wire.length, ...wire]),
    Buffer.from('something behind'),
  ]);
  writeFileSync(file, Buffer.concat(parts), { mode: 0o755 });
  return file;
}

test.each([
  ['33', ofElectron33],
  ['45', ofElectron45],
])('every fuse of Electron %s is set, and nothing else of the program changes', async (_, wire) => {
  const file = program(wire);
  const before = readFileSync(file);
  await setFuses(file);
  const { version, ...states } = await getCurrentFuseWire(file);
  expect(version).toBe('1');
  expect(Object.values(states)).toEqual(fuses.slice(0, wire.length).map(({ isOn }) => (isOn ? on : off)));
  const start = before.indexOf('9tsX') + 6;
  const after = readFileSync(file);
  after.set(before.subarray(start, start + wire.length), start);
  expect(after.equals(before)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o755);
  expect(existsSync(`${file}.new`)).toBe(false);
});

test('the first fuses have the names and places of Electron’s own tool', () => {
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  expect(fuses.slice(0, names.length).map(({ name }) => name)).toEqual(names);
});

test('a fuse that is not decided on stops the packaging', async () => {
  const file = program([...ofElectron45, on]);
  await expect(setFuses(file)).rejects.toThrow('this Electron has 10 fuses, and 9 are decided on');
});

test('a program without fuses, or with fuses of another kind, is refused', async () => {
  await expect(setFuses(program())).rejects.toThrow('no fuses found');
  const file = program(ofElectron33);
  const bytes = readFileSync(file);
  bytes[bytes.indexOf('9tsX') + 4] = 2;
  writeFileSync(file, bytes);
  await expect(setFuses(file)).rejects.toThrow('fuses of version 2');
});

test('both halves of a universal program are set; halves that differ are noticed', async () => {
  const file = program(ofElectron45, ofElectron45);
  await setFuses(file);
  expect(await checkFuses(file)).toHaveLength(9);
  await expect(readFuses(program(ofElectron45, [...ofElectron33, off]))).rejects.toThrow('different fuses');
});

test('a removed fuse stays removed and is said to be; one set wrongly is named', async () => {
  const file = program([removed, ...ofElectron33.slice(1)]);
  await expect(checkFuses(file)).rejects.toThrow(
    'EnableCookieEncryption, EnableNodeOptionsEnvironmentVariable, EnableNodeCliInspectArguments',
  );
  await setFuses(file);
  expect((await readFuses(file))[0]).toEqual({ name: 'RunAsNode', state: 'removed' });
});
