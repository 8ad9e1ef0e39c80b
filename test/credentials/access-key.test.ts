import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessKeyKind } from '../../main/credentials/access-key';
import { accountOfAccessKeyId, readAccessKeyId, readDay } from '../../main/credentials/access-key-rules';
import {
  beginRotation,
  endRotation,
  nextSteps,
  recordStep,
  rotationOf,
} from '../../main/credentials/access-key-rotation';
import { encodeText } from '../../main/credentials/body';
import type { LinkedRecord, RecordContext } from '../../main/credentials/descriptor';
import { shellLines } from '../../main/credentials/shell-lines';
import { bytesOf, run } from '../support/keys-tools';

const keyId = 'AKIAQNZGKIQY56JQ7WML';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const bodyOf = (values: Record<string, string> = {}, secretAccessKey = secret) =>
  accessKeyKind.make({
    values: { accessKeyId: keyId, user: 'web', region: 'eu-west-1', ...values },
    secrets: { secretAccessKey: bytesOf(secretAccessKey) },
  });
const account = (accountId: string): LinkedRecord => ({
  id: '0'.repeat(32),
  kind: 'account',
  title: 'a',
  values: { accountId },
});
const contextOf = (linked: LinkedRecord | null): RecordContext => ({
  nowMs: 0,
  linked: () => linked,
  exportedPath: () => null,
});
const exported = async (format: 'env-sh' | 'env-fish' | 'env-powershell' | 'access-key-csv') => {
  const result = await accessKeyKind.writeExport(
    bodyOf(),
    { format, passphrase: null, comment: '', values: {} },
    contextOf(null),
  );
  return result.type === 'file' ? Buffer.from(result.bytes).toString() : '';
};

describe('the account inside an ID', () => {
  test.each([
    ['ASIAQNZGKIQY56JQ7WML', '029608264753'],
    [keyId, '029608264753'],
    ['AKIAIOSFODNN7EXAMPLE', null],
    ['AKIAJOSFODNN7EXAMPLE', null],
  ])('%s: %s', (id, expected) => expect(accountOfAccessKeyId(id)).toBe(expected));

  test('is flagged if it is another than the one it is filed under', () => {
    const remarks = (accountId: string) => accessKeyKind.remarksOf(bodyOf(), contextOf(account(accountId))).join();
    expect(remarks('0296-0826-4753')).not.toContain('One of the two is wrong');
    expect(remarks('1234-5678-9012')).toContain('One of the two is wrong');
    expect(accessKeyKind.valuesOf(bodyOf())['keyAccount']).toBe('0296-0826-4753');
    expect(accessKeyKind.copyText(bodyOf(), 'keyAccount')).toBe('029608264753');
  });
});

test.each(['', 'AKIA', keyId.toLowerCase(), `${keyId}A`, 'AKIA0NZGKIQY56JQ7WML', 'AROAQNZGKIQY56JQ7WML'])(
  'the ID %j is refused',
  (id) => {
    expect(() => readAccessKeyId(id)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  },
);

test.each(['short', `${secret}A`, `${secret.slice(1)} `])('the secret %j is refused without being named', (wrong) => {
  const make = () => bodyOf({}, wrong);
  expect(make).toThrow(expect.objectContaining({ code: 'bad-request' }));
  expect(make).not.toThrow(wrong);
});

test('days are days of the calendar', () => {
  expect(readDay('Day')('2024-02-29')).toBe('2024-02-29');
  for (const day of ['2025-02-29', '2025-13-01', '1.1.2025']) expect(() => readDay('Day')(day)).toThrow('Day');
});

test('a key of which nobody knows the user is not one of the root user, and counts for no limit', () => {
  const unknown = bodyOf({ user: '' });
  expect(accessKeyKind.limitOf(unknown)).toBeNull();
  expect(accessKeyKind.singleOf?.(unknown)).toBeNull();
  expect(accessKeyKind.subtitleOf(unknown)).toBe(keyId);
  expect(accessKeyKind.remarksOf(unknown, contextOf(null)).join()).not.toContain('root');
  const root = bodyOf({ user: '', belongsTo: 'root' });
  expect(accessKeyKind.limitOf(root)).toMatchObject({ most: 2 });
  expect(accessKeyKind.singleOf?.(root)).not.toBeNull();
  expect(accessKeyKind.subtitleOf(root)).toBe(`${keyId} · root`);
  expect(accessKeyKind.remarksOf(root, contextOf(null)).join()).toContain('root user');
});

test('the account of a key is told by the digits inside, by what it is filed under, or by both', () => {
  const [account, user] = ['0'.repeat(32), 'web'];
  const ownerOf = (values: Record<string, string>) => accessKeyKind.limitOf(bodyOf(values))?.owner;
  const old = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
  expect(ownerOf({ account })).toEqual({ accountId: '029608264753', account, user });
  expect(ownerOf({ ...old, account })).toEqual({ accountId: '', account, user });
  expect(ownerOf(old)).toBeUndefined();
  expect(accessKeyKind.limitOf(bodyOf())?.refusal).toContain('name that user');
});

test('a name of a user that was stored before names were checked is shown, and need not be changed', () => {
  const stored = new Map(bodyOf()).set('user', encodeText('a b:c/<>'));
  expect(accessKeyKind.valuesOf(stored)['user']).toBe('a b:c/<>');
  expect(accessKeyKind.subtitleOf(stored)).toContain('a b:c/<>');
  const noted = accessKeyKind.applyChanges(stored, { values: { notes: 'x' }, secrets: {} });
  expect(accessKeyKind.valuesOf(noted)).toMatchObject({ user: 'a b:c/<>', notes: 'x' });
  expect(() => accessKeyKind.applyChanges(stored, { values: { user: 'a b' }, secrets: {} })).toThrow('IAM user');
});

test('at most two a user count, and not those that are temporary or deleted', () => {
  expect(accessKeyKind.limitOf(bodyOf())).toMatchObject({
    owner: { accountId: '029608264753', account: '', user: 'web' },
    most: 2,
  });
  expect(accessKeyKind.limitOf(bodyOf({ status: 'deleted' }))).toBeNull();
  expect(accessKeyKind.limitOf(bodyOf({ accessKeyId: 'ASIAQNZGKIQY56JQ7WML' }))).toBeNull();
});

test('accessKeys.csv is as AWS hands it out', async () => {
  expect(await exported('access-key-csv')).toBe(`Access key ID,Secret access key\r\n${keyId},${secret}\r\n`);
});

describe('lines for shells', () => {
  const names = '$AWS_ACCESS_KEY_ID|$AWS_SECRET_ACCESS_KEY|$AWS_DEFAULT_REGION';
  test.each([
    ['sh', 'env-sh'],
    ['fish', 'env-fish'],
  ] as const)('%s takes them', async (shell, format) => {
    const { stdout } = await run(shell, ['-c', `${await exported(format)}printf %s "${names}"`]);
    expect(stdout).toBe(`${keyId}|${secret}|eu-west-1`);
  });

  test('PowerShell’s follow its rules', async () => {
    expect(await exported('env-powershell')).toBe(
      `$Env:AWS_ACCESS_KEY_ID = '${keyId}'\n$Env:AWS_SECRET_ACCESS_KEY = '${secret}'\n$Env:AWS_DEFAULT_REGION = 'eu-west-1'\n`,
    );
    const line = shellLines('powershell', [['A', bytesOf('a\'b‘c’d‚e‛f"$x`')]]);
    expect(Buffer.from(line).toString()).toBe("$Env:A = 'a''b‘‘c’’d‚‚e‛‛f\"$x`'\n");
  });

  test.each(['sh', 'fish'] as const)('%s gives any value back as it was', async (shell) => {
    const value = fc.string({ unit: fc.constantFrom('a', "'", '"', '\\', '$', '`', '\n', ' ', '!', 'é', '‘') });
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        const lines = Buffer.from(shellLines(shell, [['A', bytesOf(text)]])).toString();
        expect((await run(shell, ['-c', `${lines}printf '%s.' "$A"`])).stdout).toBe(`${text}.`);
      }),
      { numRuns: 25 },
    );
  });
});

describe('replacing a key', () => {
  test('goes in order, each step with its time, and gives the old key its status', () => {
    let body = beginRotation(bodyOf(), 'f'.repeat(32), 1);
    for (const [at, step] of (['tested', 'deactivated', 'reactivated', 'deactivated', 'deleted'] as const).entries()) {
      body = recordStep(body, step, at + 2);
    }
    expect(rotationOf(body)).toMatchObject({ newKey: 'f'.repeat(32) });
    expect(rotationOf(body)?.steps.map(({ step, atMs }) => `${step} ${atMs}`)).toEqual([
      ...['created 1', 'tested 2', 'deactivated 3', 'reactivated 4', 'deactivated 5', 'deleted 6'],
    ]);
    expect(accessKeyKind.valuesOf(body)['status']).toBe('deleted');
    expect(nextSteps(rotationOf(body))).toEqual([]);
    expect(() => endRotation(body)).toThrow('under way');
  });

  test('never deletes what is still active', () => {
    const begun = beginRotation(bodyOf(), 'f'.repeat(32), 1);
    expect(() => recordStep(begun, 'deleted', 2)).toThrow('expected the next one');
    expect(() => recordStep(recordStep(begun, 'tested', 2), 'deleted', 3)).toThrow('expected the next one');
    expect(() => beginRotation(begun, 'f'.repeat(32), 2)).toThrow('already');
    expect(rotationOf(endRotation(begun))).toBeNull();
  });
});
