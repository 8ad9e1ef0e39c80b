import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  readAccountId,
  readAlias,
  readCanonicalId,
  readSignInAddress,
  showAccountId,
  signInAddressOf,
} from '../../main/credentials/account-rules';
import { mfaSerialOf, readDeviceName, readSerialNumber } from '../../main/credentials/mfa-device';
import { partitionOf } from '../../main/credentials/partitions';

test.each(['012345678901', '0123-4567-8901', ' 0123 4567 8901\n', '0123–4567—8901', '0123\u00a04567\u20118901'])(
  'account ID %j',
  (typed) => {
    expect(readAccountId(typed)).toBe('012345678901');
  },
);

test('an account ID keeps its zeros however it is set apart', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9]{12}$/),
      fc.array(fc.constantFrom('-', ' ', '\t'), { minLength: 13, maxLength: 13 }),
      (digits, gaps) => {
        const typed = gaps.map((gap, at) => gap + digits.slice(at, at + 1)).join('');
        expect(readAccountId(typed)).toBe(digits);
        expect(readAccountId(showAccountId(digits))).toBe(digits);
        expect(showAccountId(digits)).toMatch(/^\d{4}-\d{4}-\d{4}$/);
      },
    ),
  );
});

test.each(['12345678901', '1234567890123', '1234.5678.9012', '12345678901a', '１２３４５６７８９０１２'])(
  'no account ID: %j',
  (typed) => {
    expect(() => readAccountId(typed)).toThrow(expect.objectContaining({ code: 'bad-request' }) as Error);
  },
);

test.each([
  ['acme', true],
  ['a-1', true],
  ['ab', false],
  ['-acme', false],
  ['acme-', false],
  ['ac--me', false],
  ['Acme', false],
  ['123456789012', false],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
])('alias %j: %s', (alias, isTaken) => {
  if (isTaken) expect(readAlias(` ${alias} `)).toBe(alias);
  else expect(() => readAlias(alias)).toThrow(/^Account alias/);
});

test('a canonical user ID is kept in small letters', () => {
  expect(readCanonicalId(`${'Ab'.repeat(16)} \n${'cD'.repeat(16)}`)).toBe('ab'.repeat(16) + 'cd'.repeat(16));
  for (const typed of ['ab'.repeat(31), 'ab'.repeat(33), 'xy'.repeat(32)])
    expect(() => readCanonicalId(typed)).toThrow(/^Canonical user ID/);
});

test('the sign-in address comes from alias or ID, unless another was set', () => {
  const account = { accountId: '123456789012', alias: '', signInAddress: '' };
  expect(signInAddressOf(account)).toBe('https://123456789012.signin.aws.amazon.com/console');
  expect(signInAddressOf({ ...account, alias: 'acme' })).toBe('https://acme.signin.aws.amazon.com/console');
  expect(signInAddressOf({ ...account, signInAddress: 'https://x.awsapps.com/start' })).toBe(
    'https://x.awsapps.com/start',
  );
  expect(signInAddressOf({ ...account, accountId: '' })).toBe('');
  for (const address of [
    'http://x.awsapps.com',
    'javascript:alert(1)',
    'https://ann:secret@x.awsapps.com',
    'x.awsapps.com',
    `https://${'a'.repeat(3000)}`,
  ]) {
    expect(() => readSignInAddress(address)).toThrow(/^Sign-in address/);
  }
});

test.each([
  ['', 'aws'],
  ['https://acme.signin.aws.amazon.com/console', 'aws'],
  ['https://d-1234567890.awsapps.com/start', 'aws'],
  ['https://123456789012.signin.amazonaws.cn/console', 'aws-cn'],
  ['https://start.home.awsapps.cn/directory/x', 'aws-cn'],
  ['https://acme.signin.amazonaws-us-gov.com/console', 'aws-us-gov'],
  ['https://start.us-gov-home.awsapps.com/directory/x', 'aws-us-gov'],
  ['https://acme.signin.amazonaws-eusc.eu/console', 'aws-eusc'],
  ['https://acme.signin.c2shome.ic.gov/console', 'aws-iso'],
  ['https://acme.signin.sc2shome.sgov.gov/console', 'aws-iso-b'],
  ['https://sso.example.org/amazonaws.cn', 'aws'],
  ['https://notamazonaws.cn/', 'aws'],
])('an account that signs in at %j is in the partition %s', (address, partition) => {
  expect(partitionOf(address)).toBe(partition);
});

test('MFA devices are named as IAM names them', () => {
  const phone = {
    type: 'virtual',
    id: '',
    name: 'phone',
    issuer: '',
    label: '',
    hash: 'sha1',
    digits: 6,
    periodSeconds: 30,
  } as const;
  expect(mfaSerialOf(phone, '123456789012', 'aws')).toBe('arn:aws:iam::123456789012:mfa/phone');
  expect(mfaSerialOf(phone, '123456789012', 'aws-us-gov')).toBe('arn:aws-us-gov:iam::123456789012:mfa/phone');
  expect(mfaSerialOf(phone, '', 'aws')).toBe('');
  expect(readDeviceName(' root-account-mfa-device ')).toBe('root-account-mfa-device');
  for (const name of ['', 'my phone', 'a/b', 'a'.repeat(227)])
    expect(() => readDeviceName(name)).toThrow(/^Device name/);
  expect(readSerialNumber('GAHT12345678')).toBe('GAHT12345678');
  for (const partition of ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b']) {
    const arn = `arn:${partition}:iam::123456789012:u2f/user/ann/key-ABCDEF`;
    expect(readSerialNumber(arn)).toBe(arn);
  }
  expect(() => readSerialNumber('GAHT 1')).toThrow(/^Serial number/);
});
