import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writePrivateKey, writePublicKey } from '../../main/keys/export';
import { generateKeyPair } from '../../main/keys/generate';
import { readPrivateKey } from '../../main/keys/import';
import { publishedPrimes, readNumbers, rsaNumbers, rsaPem, type RsaNumbers } from '../support/keys-rsa';
import { patchedAt, succeed, temporaryFolder } from '../support/keys-tools';

const folder = temporaryFolder();
const refused = (message: RegExp): object => ({ code: 'bad-key', message: expect.stringMatching(message) as string });

describe('a key whose numbers do not belong together is refused', () => {
  const changes: Record<string, (numbers: RsaNumbers) => RsaNumbers> = {
    'another modulus': (numbers) => ({ ...numbers, n: numbers.n + 2n }),
    'another private exponent': (numbers) => ({ ...numbers, d: numbers.d + 2n }),
    'another public exponent': (numbers) => ({ ...numbers, e: 3n }),
    'an even public exponent': (numbers) => ({ ...numbers, e: 65536n }),
    'a public exponent of one': (numbers) => ({ ...numbers, e: 1n, d: 1n, dp: 1n, dq: 1n }),
    'other primes': (numbers) => ({ ...numbers, p: numbers.p + 2n, q: numbers.q - 2n }),
    'swapped primes': (numbers) => ({ ...numbers, p: numbers.q, q: numbers.p }),
    'a prime of one': (numbers) => ({ ...numbers, p: 1n, q: numbers.n }),
    'a prime of zero': (numbers) => ({ ...numbers, p: 0n }),
    'another dP': (numbers) => ({ ...numbers, dp: numbers.dp + 1n }),
    'another dQ': (numbers) => ({ ...numbers, dq: numbers.dq + 1n }),
    'another coefficient': (numbers) => ({ ...numbers, qi: numbers.qi + 1n }),
    'a coefficient above its prime': (numbers) => ({ ...numbers, qi: numbers.qi + numbers.p }),
    'one prime far longer than the other': (numbers) => ({
      ...numbers,
      p: numbers.n / 3n,
      q: 3n,
      n: (numbers.n / 3n) * 3n,
    }),
    'a negative exponent': (numbers) => ({ ...numbers, d: -numbers.d }),
    'a version for more primes': (numbers) => ({ ...numbers, version: 1n }),
  };

  test.each(Object.keys(changes))('%s', async (change) => {
    const file = join(folder, 'consistent.pem');
    await succeed('openssl', ['genrsa', '-traditional', '-out', file, '2048']);
    const numbers = await readNumbers(file);
    const whole = await readPrivateKey(await rsaPem(folder, numbers), null);
    expect(whole.sourceFormat).toBe('pkcs1');
    const changed = await rsaPem(folder, changes[change]!(numbers));
    await expect(readPrivateKey(changed, null)).rejects.toMatchObject({ code: 'bad-key' });
  });

  test('numbers that fit each other, but of which one is no prime', async () => {
    const [p, q] = await publishedPrimes(2048);
    const composite = await rsaPem(folder, rsaNumbers(p * 3n, q));
    await expect(readPrivateKey(composite, null)).rejects.toMatchObject(refused(/do not belong together/));
  });

  test('an Ed25519 key with the public key of another', async () => {
    const signal = new AbortController().signal;
    const [first, second] = await Promise.all([generateKeyPair('ed25519', signal), generateKeyPair('ed25519', signal)]);
    const plain = { passphrase: null, comment: '' };
    const [one, other] = [
      await writePrivateKey(first, 'openssh', plain),
      await writePrivateKey(second, 'openssh', plain),
    ];
    const publicAt = 39 + 4 + 4 + 11 + 4;
    const otherBytes = Buffer.from(new TextDecoder().decode(other).split('\n').slice(1, -2).join(''), 'base64');
    const publicHex = otherBytes.subarray(publicAt, publicAt + 32).toString('hex');
    const line = Buffer.from(new TextDecoder().decode(writePublicKey(second, '')).split(' ')[1] ?? '', 'base64');
    expect(line.subarray(-32).toString('hex')).toBe(publicHex);
    const mixed = patchedAt(new TextDecoder().decode(one), publicAt, publicHex);
    await expect(readPrivateKey(mixed, null)).rejects.toMatchObject({ code: 'bad-key' });
  });
});
