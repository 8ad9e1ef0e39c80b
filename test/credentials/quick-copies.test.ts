import { describe, expect, test } from 'vitest';
import { accessKeyKind } from '../../main/credentials/access-key';
import { accountKind } from '../../main/credentials/account';
import { keyPairKind } from '../../main/credentials/key-pair';
import { allKinds, kindOf } from '../../main/credentials/kinds';
import { withDevice } from '../../main/credentials/mfa-device';
import { signInKind } from '../../main/credentials/sign-in';
import { windowsPasswordKind } from '../../main/credentials/windows-password';
import { makeKeyPairBody } from '../../main/credentials/key-pair-parts';
import { generateKeyPair } from '../../main/keys/generate';
import { bytesOf } from '../support/keys-tools';

/** RFC 6238, appendix B: the SHA-1 row of 1,111,111,109 s. */
const rfcSecret = bytesOf('12345678901234567890');
const rfcTimeMs = 1_111_111_109_000;
const rfcCode = '07081804';

const labelsOf = (kind: (typeof allKinds)[number], body: ReturnType<typeof kind.make>) =>
  kind.quickCopiesOf(body).map(({ label }) => label);

describe('quick copies', () => {
  test('name the important of each kind first, and only what the record has', async () => {
    const account = accountKind.make({ values: { accountId: '123456789012' }, secrets: {} });
    expect(labelsOf(accountKind, account)).toEqual(['account ID', 'sign-in address']);
    const key = accessKeyKind.make({
      values: { accessKeyId: 'AKIAQNZGKIQY56JQ7WML' },
      secrets: { secretAccessKey: bytesOf('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY') },
    });
    expect(labelsOf(accessKeyKind, key)).toEqual(['access key ID', 'secret access key']);
    const windows = windowsPasswordKind.make({ values: {}, secrets: { password: bytesOf('pw') } });
    expect(labelsOf(windowsPasswordKind, windows)).toEqual(['Windows password', 'user name']);
    const labels = { keyName: 'web', region: '', comment: '', notes: '' };
    const pkcs8 = await generateKeyPair('ed25519', new AbortController().signal);
    const pair = makeKeyPairBody({ ...labels, pkcs8, origin: 'created' });
    expect(labelsOf(keyPairKind, pair)).toEqual(['public key', 'EC2 key pair name', 'OpenSSH fingerprint']);
    expect(keyPairKind.quickText(pair, 'publicKey', 0)).toMatch(/^ssh-ed25519 /);
  });

  test('of a sign-in hold the code of each virtual device', () => {
    const plain = signInKind.make({ values: { email: 'a@b' }, secrets: { password: bytesOf('pw') } });
    expect(labelsOf(signInKind, plain)).toEqual(['password', 'e-mail address']);
    const device = { type: 'virtual', name: 'phone', issuer: '', label: '', hash: 'sha1', periodSeconds: 30 } as const;
    const one = withDevice(plain, { ...device, id: '01'.repeat(8), digits: 8 }, rfcSecret);
    expect(labelsOf(signInKind, one)).toEqual(['password', 'MFA code', 'e-mail address']);
    expect(signInKind.quickText(one, `code.${'01'.repeat(8)}`, rfcTimeMs)).toBe(rfcCode);
    const hardware = { type: 'hardware', id: '02'.repeat(8), name: 'fob', serial: 'GAHT12345678' } as const;
    expect(labelsOf(signInKind, withDevice(one, hardware, null))).toHaveLength(3);
    const two = withDevice(one, { ...device, id: '03'.repeat(8), name: 'tablet', digits: 6 }, rfcSecret);
    expect(labelsOf(signInKind, two).slice(1, 3)).toEqual(['MFA code of phone', 'MFA code of tablet']);
  });

  test('are all that is given out', () => {
    const body = signInKind.make({ values: { email: 'a@b', notes: 'secret note' }, secrets: {} });
    for (const name of ['notes', 'password', 'constructor', 'account']) {
      expect(() => signInKind.quickText(body, name, 0)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    }
    expect(() => signInKind.quickText(body, 'code.x', 0)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('there are some for every kind, of fields that it has', () => {
    for (const { descriptor } of allKinds) {
      const fields = descriptor.fields.filter(({ isCopyable }) => isCopyable).map(({ name }) => name);
      const body = new Map(fields.map((name) => [name, bytesOf('"x"')]));
      const copies = kindOf(descriptor.kind)?.quickCopiesOf(body) ?? [];
      expect(copies.length, descriptor.kind).toBeGreaterThan(1);
      for (const { name, label } of copies) {
        expect(fields).toContain(name);
        expect(label).not.toBe('');
      }
    }
  });
});
