import { randomBytes } from 'node:crypto';
import { makeKeyPairBody } from '../../main/credentials/key-pair-parts';
import { encodeBody } from '../../main/credentials/body';
import { encodeOverview } from '../../main/credentials/overview';
import { concatBytes, lengthPrefixed, uint32, utf8 } from '../../main/crypto/encode';
import { hkdfSha256 } from '../../main/crypto/hkdf';
import { deriveArgon2id } from '../../main/crypto/kdf';
import { systemRandom } from '../../main/crypto/random';
import { type SecretKey, bytesOfKey, toSecretKey } from '../../main/crypto/secret-key';
import { hotp, windowAt } from '../../main/crypto/totp';
import { writePlainPrivateKey } from '../../main/keys/export';
import { generateKeyPair } from '../../main/keys/generate';
import { label } from '../../main/vault/format';
import type { Header } from '../../main/vault/header';
import { formatLimits } from '../../main/vault/kdf-policy';
import { createVault, readLocked } from '../../main/vault/open-vault';
import { startEpoch } from '../../main/vault/rekey';
import { encodeTyped, factorBits } from '../../main/vault/ways/factors';
import type { Needles } from '../support/process-memory';

/** Texts that stand nowhere but in the vault, and what is typed. */
export const canaries = {
  password: 'vQ7 zebra marmalade 51 tundra',
  title: 'Kestrel seventeen',
  tag: 'ptarmigan-tag',
  keyName: 'walrus-nineteen',
  notes: 'Narwhal notes twenty-three',
};

/** What opens the vault and what its process must not remember, each by a name. */
export interface KnownVault {
  /** Six digits, for this moment. */
  readonly codeNow: () => string;
  /** Keys and other secrets that the product holds as bytes. */
  readonly secrets: Needles;
  /** What becomes a JavaScript string in the main process. */
  readonly texts: Needles;
}

const costs = { memoryKiB: 64 * 1024, timeCost: 2, parallelism: 1 };

/**
 * Makes a vault that opens with a password and a code, with one key pair in it, and works out every key that the app will
 * derive when it opens it.
 */
export async function makeKnownVault(file: string): Promise<KnownVault> {
  const password = utf8(canaries.password);
  const deps = { random: systemRandom, limits: formatLimits, nowMs: () => Date.now() };
  const created = await createVault(file, password, costs, deps);
  const pkcs8 = await generateKeyPair('rsa-2048', new AbortController().signal);
  created.save({ id: null, overview: overviewBytes(), body: bodyBytes(pkcs8) });
  const codeSecret = randomBytes(20);
  const way = {
    password,
    factors: ['totp'],
    ...{ keyFile: null, securityKey: null, computer: null, name: '' },
  } as const;
  const codes = { secret: codeSecret, window: windowAt(Date.now()) - 3, skewWindows: 0 };
  const { vault } = await startEpoch(
    created,
    { way, codes, hasRecovery: true },
    { ...deps, costs, path: file, onProgress: () => undefined },
  );
  const target = vault?.ways.target ?? null;
  if (vault === null || target === null) throw new Error('the vault was to open with a code');
  const keys = Object.entries<SecretKey>({ ...vault.lend().keys }).map(
    ([name, key]) => [name, bytesOfKey(key)] as const,
  );
  vault.lock();
  const secrets = {
    ...Object.fromEntries(keys),
    ...(await derivedFrom(readLocked(file, formatLimits).header, target)),
    ...keyNeedles(pkcs8),
    codeSecret,
  };
  const codeNow = () => String(hotp(toSecretKey(codeSecret), windowAt(Date.now()))).padStart(6, '0');
  const { password: typed, ...texts } = canaries;
  return {
    codeNow,
    secrets: { ...secrets, password: utf8(typed), target: encodedTarget(target) },
    texts: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, utf8(text)])),
  };
}

function overviewBytes(): Uint8Array {
  const nowMs = Date.now();
  return encodeOverview({
    ...{ kind: 'key-pair', title: canaries.title, tags: [canaries.tag], isFavourite: false, subtitle: 'RSA 2048' },
    ...{ createdAtMs: nowMs, updatedAtMs: nowMs, trashedAtMs: null, unknownMembers: {} },
  });
}

function bodyBytes(pkcs8: Uint8Array): Uint8Array {
  const { keyName, notes } = canaries;
  return encodeBody(makeKeyPairBody({ pkcs8, keyName, region: '', comment: '', notes, origin: 'created' }));
}

/** What Argon2id and HKDF give on the way from what is typed to the vault key. */
async function derivedFrom({ identity, slots }: Header, target: number): Promise<Record<string, Uint8Array>> {
  const slot = slots.find(({ kind }) => kind === 'password')!;
  const typed = encodeTyped({ kind: 'password', password: utf8(canaries.password), target });
  const stretched = await deriveArgon2id(typed, { ...slot.costs, salt: slot.salt });
  const output = hkdfSha256(stretched, {
    salt: concatBytes([identity.vaultId, slot.id]),
    info: lengthPrefixed([label('slot'), uint32(identity.epoch), Uint8Array.of(1, factorBits(['totp']))]),
    lengthBytes: 64,
  });
  return { stretched, wrappingKey: output.slice(0, 32) };
}

/** Parts of a private key that are random: of its DER, and of the text that Reveal sends to the page. */
function keyNeedles(pkcs8: Uint8Array): Record<string, Uint8Array> {
  const lines = new TextDecoder().decode(writePlainPrivateKey(pkcs8, 'pkcs1', '')).split('\n');
  return { privateKey: pkcs8.slice(400, 464), privateKeyText: utf8(lines[12] ?? '') };
}

/** As Argon2id is given it; the six digits alone could be anything. */
function encodedTarget(target: number): Uint8Array {
  return lengthPrefixed([utf8('totp'), utf8(String(target).padStart(6, '0'))]);
}
