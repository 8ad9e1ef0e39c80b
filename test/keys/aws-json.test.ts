import { describe, expect, test } from 'vitest';
import { comparableFingerprint, parseKeyPairList, parsePasswordData } from '../../main/keys/aws-json';
import { bytesOf } from '../support/keys-tools';

const asJson = (value: unknown): Uint8Array => bytesOf(JSON.stringify(value));
const badRequest = (message: RegExp): Error =>
  expect.objectContaining({ code: 'bad-request', message: expect.stringMatching(message) as string }) as Error;

/** As the AWS CLI prints it (EC2 User Guide, "Describe public keys"). */
const printed = {
  KeyPairs: [
    {
      KeyPairId: 'key-0123456789example',
      KeyFingerprint: '1f:51:ae:28:bf:89:e9:d8:1f:25:5d:37:2d:7d:b8:ca:9f:f5:f1:6f',
      KeyName: 'MyKeyPair',
      KeyType: 'rsa',
      Tags: [],
      CreateTime: '2022-04-28T11:37:26.000Z',
    },
    { KeyFingerprint: 'VGhpcyBpcyBub3QgYSBmaW5nZXJwcmludCBhdCBhbGw=', KeyName: 'ed', KeyType: 'ed25519' },
  ],
};

describe('describe-key-pairs', () => {
  const expected = [
    {
      keyName: 'MyKeyPair',
      fingerprint: '1f:51:ae:28:bf:89:e9:d8:1f:25:5d:37:2d:7d:b8:ca:9f:f5:f1:6f',
      keyType: 'rsa',
      keyPairId: 'key-0123456789example',
    },
    { keyName: 'ed', fingerprint: 'VGhpcyBpcyBub3QgYSBmaW5nZXJwcmludCBhdCBhbGw=', keyType: 'ed25519', keyPairId: '' },
  ];

  test('is read in UTF-8 and in the UTF-16 that PowerShell writes', () => {
    expect(parseKeyPairList(asJson(printed))).toEqual(expected);
    const utf16 = Buffer.from(`\ufeff${JSON.stringify(printed, null, 4)}\r\n`, 'utf16le');
    expect(parseKeyPairList(utf16)).toEqual(expected);
    expect(parseKeyPairList(asJson({ KeyPairs: [] }))).toEqual([]);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['nothing', bytesOf(''), /the JSON that/],
    ['a table', bytesOf('| DescribeKeyPairs |'), /the JSON that/],
    ['another answer', asJson({ Instances: [] }), /list of KeyPairs/],
    ['no list', asJson({ KeyPairs: { length: 1 } }), /list of KeyPairs/],
    ['a list of lists', asJson([printed]), /list of KeyPairs/],
    ['no object in it', asJson({ KeyPairs: [null] }), /a KeyFingerprint/],
    ['no fingerprint', asJson({ KeyPairs: [{ KeyName: 'x' }] }), /a KeyFingerprint/],
    ['a number for a name', asJson({ KeyPairs: [{ KeyName: 1, KeyFingerprint: 'aa' }] }), /KeyName/],
    ['a name without end', asJson({ KeyPairs: [{ KeyName: 'x'.repeat(256), KeyFingerprint: 'aa' }] }), /KeyName/],
    [
      'a list without end',
      asJson({ KeyPairs: new Array<object>(10_001).fill({ KeyFingerprint: 'a' }) }),
      /at most 10000/,
    ],
    ['a file without end', new Uint8Array(5 * 1024 * 1024).fill(0x5b), /at most 4 MiB/],
    ['brackets without end', new Uint8Array(1024 * 1024).fill(0x5b), /the JSON that/],
    ['what is no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), /the JSON that/],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => parseKeyPairList(bytes)).toThrow(badRequest(message));
  });
});

describe('get-password-data', () => {
  test('is read, ready or not', () => {
    const answer = { InstanceId: 'i-1234567890abcdef0', Timestamp: '2013-08-30T23:18:05.000Z', PasswordData: 'AAAA' };
    expect(parsePasswordData(asJson(answer))).toEqual({
      instanceId: 'i-1234567890abcdef0',
      timestamp: '2013-08-30T23:18:05.000Z',
      passwordData: 'AAAA',
    });
    expect(parsePasswordData(asJson({ ...answer, PasswordData: '' }))).toMatchObject({ passwordData: '' });
    expect(parsePasswordData(asJson({ PasswordData: '' }))).toEqual({
      instanceId: '',
      timestamp: '',
      passwordData: '',
    });
  });

  test('base64 is not JSON', () => {
    expect(parsePasswordData(bytesOf('QUJD'))).toBeNull();
    expect(parsePasswordData(bytesOf(''))).toBeNull();
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['another answer', asJson({ KeyPairs: [] }), /PasswordData in it/],
    ['null', asJson({ PasswordData: null }), /PasswordData in it/],
    ['JSON that is cut short', bytesOf('{"PasswordData": "AA'), /the JSON that/],
    ['an instance without end', asJson({ PasswordData: '', InstanceId: 'i'.repeat(256) }), /InstanceId/],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => parsePasswordData(bytes)).toThrow(badRequest(message));
  });
});

test.each<[string, string, boolean]>([
  ['aa:bb', 'AA:BB', true],
  ['aa:bb', 'aa:bc', false],
  ['abcd+/', 'abcd+/==', true],
  ['abcd+/', 'SHA256:abcd+/', true],
  ['SHA256:abcd+/', ' abcd+/= ', true],
  ['abcd', 'ABCD', false],
])('fingerprints %j and %j: the same is %j', (ours, theirs, isSame) => {
  expect(comparableFingerprint(ours) === comparableFingerprint(theirs)).toBe(isSame);
});
