import { createCipheriv, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { concatBytes } from '../../main/crypto/encode';
import { derTag, readDerSequence, writeDer, writeDerUnsigned } from '../../main/keys/der';
import { writeOid } from '../../main/keys/oid';
import { derivePkcs12, pkcs12Purpose, toBmpString } from '../../main/keys/pkcs12-kdf';
import { readPkcs12 } from '../../main/keys/pkcs12-read';

// Files that need no passphrase, and so can have a right MAC and parts that decrypt, whoever makes them.
const data = '1.2.840.113549.1.7.1';
const nobody = toBmpString(new Uint8Array());
const salt = new Uint8Array(8);
const sequence = (...parts: readonly Uint8Array[]) => writeDer(derTag.sequence, ...parts);
const octets = (bytes: Uint8Array) => writeDer(derTag.octetString, bytes);
const explicit = (value: Uint8Array) => writeDer(0xa0, value);
const count = (value: number) =>
  writeDerUnsigned(Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255));

/** An encrypted part without anything in it; it takes three times the iterations as rounds. */
async function emptyPart(iterations: number): Promise<Uint8Array> {
  const common = { hash: 'sha1', salt, iterations } as const;
  const key = await derivePkcs12(nobody, { ...common, purpose: pkcs12Purpose.key, lengthBytes: 24 });
  const iv = await derivePkcs12(nobody, { ...common, purpose: pkcs12Purpose.iv, lengthBytes: 8 });
  const cipher = createCipheriv('des-ede3-cbc', key, iv);
  const sealed = concatBytes([cipher.update(sequence()), cipher.final()]);
  const algorithm = sequence(writeOid('1.2.840.113549.1.12.1.3'), sequence(octets(salt), count(iterations)));
  const info = sequence(writeOid(data), algorithm, writeDer(0x80, sealed));
  return sequence(writeOid('1.2.840.113549.1.7.6'), explicit(sequence(count(0), info)));
}

async function fileOf(parts: readonly Uint8Array[], macIterations = 1): Promise<Uint8Array> {
  const content = sequence(...parts);
  const common = { hash: 'sha1', salt, iterations: 1, lengthBytes: 20 } as const;
  const key = await derivePkcs12(nobody, { ...common, purpose: pkcs12Purpose.mac });
  const digest = sequence(
    sequence(writeOid('1.3.14.3.2.26'), writeDer(0x05)),
    octets(createHmac('sha1', key).update(content).digest()),
  );
  const mac = sequence(digest, octets(salt), count(macIterations));
  return sequence(count(3), sequence(writeOid(data), explicit(octets(content))), mac);
}

const refused = (message: RegExp) => ({ code: 'bad-key', message: expect.stringMatching(message) as string });

test('what the parts cost is counted over the whole file', async () => {
  const part = await emptyPart(60_000);
  const file = await fileOf([part, part, part, part]);
  await expect(readPkcs12(file, null)).rejects.toMatchObject(refused(/at most 650000 rounds of hashing/));
});

test('more encrypted parts than any program writes are refused, however cheap', async () => {
  const part = await emptyPart(1);
  await expect(readPkcs12(await fileOf(Array<Uint8Array>(32).fill(part)), null)).resolves.toMatchObject({ keys: [] });
  const file = await fileOf(Array<Uint8Array>(33).fill(part));
  await expect(readPkcs12(file, null)).rejects.toMatchObject(refused(/at most 32 encrypted parts/));
});

test.each([0, 650_001, 2 ** 31])('a MAC of %i iterations is refused before it is paid', async (iterations) => {
  const startMs = performance.now();
  await expect(readPkcs12(await fileOf([], iterations), null)).rejects.toMatchObject({ code: 'bad-key' });
  expect(performance.now() - startMs).toBeLessThan(1000);
});

test('a costly file leaves the thread to others', async () => {
  const file = await fileOf([await emptyPart(100_000)]);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const startMs = performance.now();
  await readPkcs12(file, null);
  clearInterval(timer);
  // A turn every 5 ms and a little; a machine that does other work has fewer.
  expect(turns).toBeGreaterThan((performance.now() - startMs) / 50);
});

test('a file of very many tiny values is refused before they fill the memory', () => {
  const file = sequence(new Uint8Array(Buffer.alloc(1_000_000, Buffer.from('0500', 'hex'))));
  expect(() => readDerSequence(file)).toThrow(expect.objectContaining({ code: 'bad-key' }) as Error);
});
