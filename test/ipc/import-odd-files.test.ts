import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookAround } from '../../main/files/look-around';
import { ImportBatch } from '../../main/ipc/import/batch';

import { recognise } from '../../main/ipc/import/recognise';
import { DerivationBudget } from '../../main/keys/derivation-budget';
import { derTag, writeDer, writeDerUnsigned } from '../../main/keys/der';
import { readBerValues } from '../../main/keys/ber';
import { kdfOid, readKeyDerivation } from '../../main/keys/kdf-parameters';
import { writeOid } from '../../main/keys/oid';
import { setUpBridge } from '../support/bridge';
import { bytesOf, succeed } from '../support/keys-tools';
import { nobody } from '../support/watch';

// One odd file, folder or moment must not cost what else was found.
let bridge: ReturnType<typeof setUpBridge>;
let downloads: string;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  downloads = path.join(bridge.home, 'Downloads');
  for (const name of ['Downloads', '.ssh', '.aws']) mkdirSync(path.join(bridge.home, name));
});
afterEach(() => bridge.remove());

const keyLines = 'AWSAccessKeyId=AKIAQNZGKIQY56JQ7WML\nAWSSecretKey=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n';
const number = (value: number) =>
  writeDerUnsigned(Uint8Array.of(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255));

/** The key derivation of a file with these costs. */
function scryptOf(cost: number, blockSize: number, parallelization: number) {
  const salt = writeDer(derTag.octetString, new Uint8Array(8));
  const costs = [cost, blockSize, parallelization].map(number);
  const parameters = writeDer(derTag.sequence, salt, ...costs);
  const [algorithm] = readBerValues(writeDer(derTag.sequence, writeOid(kdfOid.scrypt), parameters));
  return readKeyDerivation(algorithm, new DerivationBudget('key file')).derive(bytesOf('x'), 32);
}

test('whatever scrypt a file asks for, it gives a key or is refused as damaged or too costly', async () => {
  await expect(scryptOf(65_536, 1, 1)).rejects.toMatchObject({ code: 'bad-key' });
  for (const cost of [2, 3, 16, 65_536, 2 ** 17, 2 ** 20, 2 ** 31]) {
    for (const blockSize of [1, 2, 8, 2 ** 16, 2 ** 30]) {
      for (const parallelization of [1, 16, 2 ** 20, 2 ** 30]) {
        const outcome = await Promise.resolve()
          .then(() => scryptOf(cost, blockSize, parallelization))
          .then(
            (key) => key.length,
            (error: unknown) => (error as { code?: string }).code,
          );
        expect([32, 'bad-key']).toContain(outcome);
      }
    }
  }
}, 60_000);

test('a folder whose files may not be looked at leaves the others, and the look says that it is not all', async () => {
  const odd = path.join(downloads, 'odd');
  mkdirSync(odd);
  writeFileSync(path.join(odd, 'x'), keyLines);
  writeFileSync(path.join(downloads, 'key'), keyLines);
  symlinkSync('loop', path.join(bridge.home, '.ssh', 'loop'));
  chmodSync(odd, 0o644);
  const { candidates, isComplete } = await bridge.get('import:look', {});
  expect(candidates.map(({ fileName }) => fileName)).toContain('key');
  // Root may look at everything.
  expect(isComplete).toBe(process.getuid?.() === 0);
  chmodSync(odd, 0o700);
});

test('a look around that is over stops in the middle of a folder', async () => {
  for (let count = 0; count < 50; count++) writeFileSync(path.join(downloads, `${count}`), 'x');
  let asked = 0;
  const { files, isComplete } = await lookAround([downloads], 100, () => ++asked > 70);
  expect([files.length, isComplete]).toEqual([20, false]);
});

test('closing the dialog while a passphrase is tried leaves nothing behind', async () => {
  const file = path.join(downloads, 'web');
  await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'word', '-f', file]);
  bridge.answers.push(file);
  const [locked] = (await bridge.get('import:open', {}))!.candidates;
  const trying = bridge.call('import:passphrase', { id: locked!.id, passphrase: bytesOf('word') });
  await bridge.get('import:forget', {});
  expect(await trying).toMatchObject({ ok: true, value: { candidates: [] } });
  const { candidates } = await bridge.get('import:drop', { files: [] });
  expect(candidates).toEqual([]);
});

test('an error of one file that nobody thought of is that file’s, and keeps no other one out', async () => {
  const world = { records: {}, random: () => new Uint8Array(8), accountOf: () => '' } as never;
  const batch = new ImportBatch(world);
  const strange = Object.assign(bytesOf('x'), {
    every: () => {
      throw new RangeError('unheard of');
    },
  });
  const place = { folder: '', isDeletable: false };
  const files = [
    { ...place, fileName: 'strange', bytes: strange },
    { ...place, fileName: 'other', bytes: bytesOf('hello') },
  ];
  await batch.add(files, { ...nobody(), total: files.length });
  expect(batch.shown().candidates.map(({ fileName, state }) => [fileName, state])).toEqual([
    ['strange', 'refused'],
    ['other', 'refused'],
  ]);
});

test('all keys of a file together may cost what one may; those beyond say so', async () => {
  const file = path.join(downloads, 'web');
  await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '110', '-N', 'word', '-f', file]);
  const { found } = await recognise(bytesOf(readFileSync(file, 'utf8').repeat(3)), bytesOf('word'));
  expect(found.map(({ type }) => type)).toEqual(['private-key', 'private-key', 'not-taken']);
  expect(found[2]).toMatchObject({ reason: expect.stringMatching(/costs more/) as string });
}, 30_000);
