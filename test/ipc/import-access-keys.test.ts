import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { bytesOf } from '../support/keys-tools';

// What an import keeps of an access key beside its ID and its secret.
let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  for (const name of ['Downloads', '.aws']) mkdirSync(path.join(bridge.home, name));
});
afterEach(() => bridge.remove());

const keyId = 'AKIAQNZGKIQY56JQ7WML';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

function put(name: string, content: string): string {
  const file = path.join(bridge.home, name);
  writeFileSync(file, content);
  return file;
}

async function takeInFile(file: string) {
  bridge.answers.push(file);
  const ids = (await bridge.get('import:open', {}))!.candidates.map(({ id }) => id);
  return bridge.get('import:run', { ids });
}

async function valuesOf(text: string) {
  const { candidates } = await bridge.get('import:paste', { text: bytesOf(text) });
  const { imported } = await bridge.get('import:run', { ids: candidates.map(({ id }) => id) });
  return (await bridge.get('record:get', { id: imported[0]!.recordId })).values;
}

describe('the answer of create-access-key', () => {
  const answer = (more: object) =>
    JSON.stringify({ AccessKey: { UserName: 'ann', AccessKeyId: keyId, SecretAccessKey: secret, ...more } });

  test.each([
    ['Inactive', 'inactive'],
    ['Active', 'active'],
  ])('%s is kept, and the day that it was made on', async (Status, status) => {
    const values = await valuesOf(answer({ Status, CreateDate: '2025-03-31T23:30:00+00:00' }));
    expect(values).toMatchObject({ user: 'ann', status, createdOn: '2025-03-31' });
  });

  test('without both it is taken for active', async () => {
    expect(await valuesOf(answer({}))).toMatchObject({ status: 'active', createdOn: '' });
  });

  test.each([
    [{ Status: 'Inactive', CreateDate: '2025-03-31T12:00:00Z' }, true],
    [{ Status: 'Expired', CreateDate: '2025-03-31T12:00:00Z' }, false],
    [{ Status: 'Active', CreateDate: 'last week' }, false],
    [{ SessionToken: 'abc', Expiration: '2025-03-31T12:00:00Z' }, false],
    [{ SessionToken: 'abc' }, true],
  ])('%j: deletion is offered if all of it is kept: %s', async (more, isOffered) => {
    const { originals, imported } = await takeInFile(put('Downloads/answer', answer(more)));
    expect([imported.length, originals.length]).toEqual([1, isOffered ? 1 : 0]);
  });
});
