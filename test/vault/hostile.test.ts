import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import argon2 from 'argon2';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { formatLimits } from '../../main/vault/kdf-policy';
import type { Vault } from '../../main/vault/vault';
import { unlockVault } from '../../main/vault/open-vault';
import { fromHex, goldenDeps, vaultsFolder } from '../support/golden-vault';
import { measurePeak } from '../support/peak-memory';
import { bytesOf, temporaryFolder } from '../support/small-vault';
import type { DefectExpectation } from '../vaults/defects/defect';
import { allDefects } from '../vaults/defects/index';
import { defectTimeMs } from '../vaults/make-defects';

const folder = path.join(vaultsFolder, 'defective');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => path.basename(name, '.json'));
const mebibyte = 1024 * 1024;
/** What a derivation may cost besides: its memory is given back, but a peak is a peak. */
const derivationBytes = 64 * mebibyte;

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

function unpack(name: string): DefectExpectation {
  for (const ending of ['', '-wal', '-journal']) {
    const stored = path.join(folder, `${name}.coffer${ending}.gz`);
    if (existsSync(stored)) writeFileSync(place.file + ending, gunzipSync(readFileSync(stored)));
  }
  return JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as DefectExpectation;
}

async function unlock({ password, slot, code }: DefectExpectation): Promise<Vault> {
  const factors = { keyFile: null, securityKey: null, computer: null };
  const codeBytes = code === null ? null : bytesOf(code);
  const slotId = slot === null ? null : fromHex(slot);
  return await unlockVault(
    place.file,
    { kind: 'password', slot: slotId, password: bytesOf(password), code: codeBytes, ...factors },
    goldenDeps(defectTimeMs),
  );
}

/** Runs what shows the defect, and gives the error. */
async function failureOf(expectation: DefectExpectation): Promise<unknown> {
  let vault: Vault | null = null;
  try {
    vault = await unlock(expectation);
    if (expectation.showsAt === 'read') for (const { id } of vault.overviews()) vault.openBody(id);
    if (expectation.showsAt === 'check') Array.from(vault.checkBodies());
    return null;
  } catch (error) {
    const isAsExpected = (vault === null) === (expectation.showsAt === 'unlock');
    return isAsExpected ? error : new Error('it showed at another time', { cause: error });
  } finally {
    vault?.lock();
  }
}

test('every defect has its file, and every file its defect', () => {
  expect(names.toSorted()).toEqual(allDefects.map(({ name }) => name).toSorted());
});

test.each(names)('%s', async (name) => {
  const expectation = unpack(name);
  const before = place.snapshot();
  const derive = vi.spyOn(argon2, 'hash');
  const { result: failure, peakBytes, cpuMs } = await measurePeak(() => failureOf(expectation));
  expect(failure).toMatchObject({
    name: 'CofferError',
    code: expectation.error.code,
    message: expect.stringContaining(expectation.error.message) as string,
  });
  // Small ones, of zeros, only clean up behind it.
  const paid = derive.mock.calls.filter(([, options]) => (options?.memoryCost ?? 0) >= formatLimits.minMemoryKiB);
  expect(paid.length, 'derivations').toBeLessThanOrEqual(expectation.derivations);
  expect(peakBytes).toBeLessThan(64 * mebibyte + expectation.derivations * derivationBytes);
  expect(cpuMs).toBeLessThan(2000);
  // A vault that opened notes the login; one that did not is as it was, and so is what stands beside it.
  if (expectation.showsAt === 'unlock') expect(place.snapshot()).toEqual(before);
  else expect(readdirSync(place.folder)).toEqual(['test.coffer']);
});
