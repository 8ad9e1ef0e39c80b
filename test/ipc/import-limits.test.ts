import bcrypt from 'bcrypt-pbkdf';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { accessKeyKind } from '../../main/credentials/access-key';
import { ImportBatch } from '../../main/ipc/import/batch';
import { recognise } from '../../main/ipc/import/recognise';
import { relate } from '../../main/ipc/import/relations';
import { Records } from '../../main/ipc/records';
import { setUpBridge } from '../support/bridge';
import { bytesOf, succeed, temporaryFolder } from '../support/keys-tools';
import { nobody } from '../support/watch';

const folder = temporaryFolder();
const passphrase = 'long enough';
let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
});
afterEach(() => {
  vi.restoreAllMocks();
  bridge.remove();
});

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const csv = (from: number, rows: number) =>
  bytesOf(
    `Access key ID,Secret access key\n${Array.from({ length: rows }, (_, at) => `${uniqueId(from + at)},${secret}\n`).join('')}`,
  );
/** Digits of a number in the letters of an access key ID. */
const uniqueId = (number: number) =>
  `AKIA${Array.from(String(number).padStart(16, '0'), (digit) => 'ABCDEFGHIJ'[Number(digit)]).join('')}`;
const drop = (...files: Uint8Array[]) =>
  bridge.get('import:drop', { files: files.map((bytes, at) => ({ name: `file-${at}.csv`, bytes })) });

describe('a batch of more than 2,000', () => {
  test('holds the first of them, and says that there is more', async () => {
    const { candidates, isComplete } = await drop(csv(0, 1000), csv(1000, 1000), csv(2000, 10));
    expect([candidates.length, isComplete]).toEqual([2000, false]);
    expect((await drop(csv(0, 1000), csv(1000, 1000))).isComplete).toBe(true);
  });

  test('does not grow by what a passphrase opens; the file that was cut is not offered for deletion', async () => {
    const genpkey = ['genpkey', '-algorithm', 'ed25519', '-aes256', '-pass', `pass:${passphrase}`];
    const two = `${await succeed('openssl', genpkey)}${await succeed('openssl', genpkey)}`;
    const before = await drop(bytesOf(two), csv(0, 999), csv(999, 1000));
    expect([before.candidates.length, before.isComplete]).toEqual([2000, true]);
    const locked = before.candidates.find(({ state }) => state === 'passphrase');
    const { candidates, isComplete } = await bridge.get('import:passphrase', {
      ...{ id: locked?.id ?? '', passphrase: bytesOf(passphrase) },
    });
    expect([candidates.length, isComplete, candidates[0]?.kind]).toEqual([2000, false, 'key-pair']);
  });
});

test('what goes together is found in slices, and nothing is changed if it is given up', async () => {
  const file = path.join(folder, 'key');
  await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
  const candidates = await Promise.all(
    [file, file, `${file}.pub`].map(async (name, at) => {
      const { found } = await recognise(new Uint8Array(readFileSync(name)), null);
      const source = { id: String(at), fileName: name, folder: '', sha256Hex: '', isDeletable: false };
      const nothing = { bytes: null, about: null, state: 'ready', protection: '', message: '' } as const;
      const alone = { partOf: null, hasOtherSecret: false, completes: null, recordId: null };
      return { ...source, ...nothing, ...alone, found: found[0] ?? null };
    }),
  );
  let turns = 0;
  expect(await relate(candidates, () => Promise.resolve(++turns < 3))).toBe(false);
  expect([turns, candidates.map(({ partOf }) => partOf)]).toEqual([3, [null, null, null]]);
  expect(await relate(candidates, () => Promise.resolve(true))).toBe(true);
  expect(candidates.map(({ partOf }) => (partOf as { as: string } | null)?.as)).toEqual([
    ...[undefined, 'copy', 'public half'],
  ]);
});

test('a passphrase is derived once, from its try to the record', async () => {
  const file = path.join(folder, 'under-passphrase');
  await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '16', '-N', passphrase, '-f', file]);
  const hashing = vi.spyOn(bcrypt, 'hash');
  const [locked] = (await bridge.get('import:paste', { text: new Uint8Array(readFileSync(file)) })).candidates;
  const [opened] = (await bridge.get('import:passphrase', { id: locked!.id, passphrase: bytesOf(passphrase) }))
    .candidates;
  const { imported } = await bridge.get('import:run', { ids: [opened!.id] });
  expect(imported).toHaveLength(1);
  // 48 bytes of key and IV are two blocks of 16 rounds.
  expect(hashing).toHaveBeenCalledTimes(2 * 16);
});

describe('secrets of an import are wiped', () => {
  const ways = {
    'when it is abandoned': () => bridge.get('import:forget', {}),
    'when another one begins': () => bridge.get('import:paste', { text: bytesOf('nothing') }),
    'at lock': () => bridge.get('vault:lock', {}),
    'once they are records': (ids: string[]) => bridge.get('import:run', { ids }),
  } as const;

  test.each(Object.keys(ways) as (keyof typeof ways)[])('%s', async (when) => {
    // Each secret that a record would be made of is the import's own array.
    const making = vi.spyOn(accessKeyKind, 'make');
    const { candidates } = await drop(csv(0, 2));
    const held = making.mock.calls.map(([{ secrets }]) => secrets['secretAccessKey'] ?? new Uint8Array());
    expect(new Set(held).size).toBe(2);
    expect(held.every((bytes) => Buffer.from(bytes).toString() === secret)).toBe(true);
    await ways[when](candidates.map(({ id }) => id));
    expect(held.every((bytes) => bytes.length > 0 && bytes.every((byte) => byte === 0))).toBe(true);
  });

  test('files that wait for a passphrase: when it is given, proves the file damaged, or never comes', async () => {
    const world = {
      records: new Records(bridge.session, () => 0),
      random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
      accountOf: () => '',
    };
    const file = path.join(folder, 'waiting');
    await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '1', '-N', passphrase, '-f', file]);
    const batch = new ImportBatch(world);
    const add = async (bytes: Uint8Array) => {
      batch.forget();
      await batch.add([{ fileName: 'k', folder: '', isDeletable: false, bytes }], { ...nobody(), total: 1 });
      return batch.shown().candidates[0]!;
    };
    const isWiped = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);
    const bytes = () => new Uint8Array(readFileSync(file));

    const given = bytes();
    const { id } = await add(given);
    await batch.unlock(id, bytesOf('wrong one'), nobody());
    expect(isWiped(given)).toBe(false);
    await batch.unlock(id, bytesOf(passphrase), nobody());
    expect([batch.shown().candidates[0]?.state, isWiped(given)]).toEqual(['ready', true]);

    const dear = bytesOf(
      await succeed('openssl', [
        'genpkey',
        '-algorithm',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-aes256',
        '-pass',
        `pass:${passphrase}`,
      ]),
    );
    const refused = await add(dear);
    expect(refused.state).toBe('passphrase');
    await batch.unlock(refused.id, bytesOf(passphrase), nobody());
    expect([batch.shown().candidates[0]?.state, isWiped(dear)]).toEqual(['refused', true]);

    const left = bytes();
    await add(left);
    batch.forget();
    expect(isWiped(left)).toBe(true);
  });
});
