import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ComputerSecrets } from '../../main/files/computer-secrets';
import { temporaryFolder } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

const slot = '0123456789abcdef0123456789abcdef';
const sealed = new Uint8Array([1, 2, 3]);

test('keeps one file a slot, for the user alone', async () => {
  const secrets = new ComputerSecrets(place.folder);
  expect(secrets.read(slot)).toBeNull();
  await secrets.write(slot, sealed);
  expect(secrets.read(slot)).toEqual(sealed);
  const folder = path.join(place.folder, 'computers');
  expect(readdirSync(folder)).toEqual([`${slot}.sealed`]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(folder, `${slot}.sealed`)).mode & 0o777).toBe(0o600);
});

test('replaces and removes', async () => {
  const secrets = new ComputerSecrets(place.folder);
  await secrets.write(slot, sealed);
  await secrets.write(slot, new Uint8Array([4]));
  expect(secrets.read(slot)).toEqual(new Uint8Array([4]));
  await secrets.remove(slot);
  await secrets.remove(slot);
  expect(secrets.read(slot)).toBeNull();
});

test.each(['', '../../etc/passwd', slot.toUpperCase(), `${slot}0`, `${slot}\n`])('refuses the id %j', async (id) => {
  const secrets = new ComputerSecrets(place.folder);
  const refusal = { code: 'bad-request' };
  await expect(secrets.write(id, sealed)).rejects.toMatchObject(refusal);
  await expect(secrets.remove(id)).rejects.toMatchObject(refusal);
  expect(() => secrets.read(id)).toThrow(expect.objectContaining(refusal));
});

test('refuses sizes that no keychain gives', async () => {
  const secrets = new ComputerSecrets(place.folder);
  for (const length of [0, 4097]) {
    await expect(secrets.write(slot, new Uint8Array(length))).rejects.toMatchObject({ code: 'bad-request' });
  }
  mkdirSync(path.join(place.folder, 'computers'));
  writeFileSync(path.join(place.folder, 'computers', `${slot}.sealed`), new Uint8Array(4097));
  expect(() => secrets.read(slot)).toThrow(expect.objectContaining({ code: 'bad-request' }));
});
