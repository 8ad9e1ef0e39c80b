import { describe, expect, test } from 'vitest';
import { EarlierVersions, changedWords, versionRows } from '../../renderer/state/earlier-versions.svelte';
import type { FieldDescriptor } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';
import { idOf, sampleDetail, sampleFields, sampleRow } from './samples';

const id = idOf(1);
const shown = (title: string) => ({ title, values: { keyName: 'web' }, secrets: ['privateKey'], links: [] });
const endedAt = (...times: number[]) =>
  times.map((endedAtMs) => ({ endedAtMs, isTitleChanged: true, changed: ['keyName'] }));

describe('earlier versions', () => {
  test('one is shown at a time, on request, and hidden again', async () => {
    const bridge = new TestBridge({ 'record:version': ({ version }) => shown(`version ${version}`) });
    const versions = new EarlierVersions(bridge.api, id);
    await versions.toggle(1);
    expect([versions.opened, versions.shown?.title]).toEqual([1, 'version 1']);
    await versions.toggle(0);
    expect([versions.opened, versions.shown?.title]).toEqual([0, 'version 0']);
    await versions.toggle(0);
    expect([versions.opened, versions.shown]).toEqual([null, null]);
    expect(bridge.requestsOf('record:version')).toEqual([
      { id, version: 1 },
      { id, version: 0 },
    ]);
  });

  test('an answer that comes after hiding shows nothing', async () => {
    const answer = later<ReturnType<typeof shown>>();
    const versions = new EarlierVersions(new TestBridge({ 'record:version': () => answer.promise }).api, id);
    const toggled = versions.toggle(0);
    versions.close();
    answer.settle(shown('late'));
    await toggled;
    expect([versions.opened, versions.shown]).toEqual([null, null]);
  });

  test('restoring can be undone as long as nothing else changed', async () => {
    let now = sampleDetail(1, { updatedAtMs: 10, versions: endedAt(5) });
    const bridge = new TestBridge({
      'record:restore-version': () => (now = sampleDetail(1, { updatedAtMs: 20, versions: endedAt(20, 5) })),
      'record:get': () => now,
    });
    const versions = new EarlierVersions(bridge.api, id);
    const restored = await versions.restore(now, 0);
    expect(restored).toMatchObject({ isChanged: true, detail: { updatedAtMs: 20 } });
    expect((await versions.undo(restored!.detail)).ok).toBe(true);
    expect(bridge.requestsOf('record:restore-version')).toEqual([
      { id, version: 0 },
      { id, version: 0 },
    ]);
    now = sampleDetail(1, { updatedAtMs: 30 });
    expect(await versions.undo(restored!.detail)).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/changed since/) as string },
    });
    expect(bridge.requestsOf('record:restore-version')).toHaveLength(2);
  });

  test('restoring what the record is already changes nothing, and there is nothing to undo', async () => {
    const before = sampleDetail(1, { versions: endedAt(9, 5) });
    const bridge = new TestBridge({ 'record:restore-version': () => sampleDetail(1, { versions: endedAt(9, 5) }) });
    expect(await new EarlierVersions(bridge.api, id).restore(before, 1)).toMatchObject({ isChanged: false });
  });

  test('a refusal is said', async () => {
    const bridge = new TestBridge({ 'record:restore-version': () => refuse('bad-request', 'Access key: at most two') });
    const versions = new EarlierVersions(bridge.api, id);
    expect(await versions.restore(sampleDetail(1), 0)).toBeNull();
    expect(versions.failure).toBe('Access key: at most two.');
  });
});

describe('the words of a version', () => {
  test('what changed is named by labels; what no field shows is other content', () => {
    const version = { endedAtMs: 1, isTitleChanged: true, changed: ['region', 'keyName', 'rotation'] };
    expect(changedWords(version, sampleFields)).toBe('Name, keyName, region');
    expect(changedWords({ ...version, isTitleChanged: false, changed: ['rotation'] }, sampleFields)).toBe(
      'other content',
    );
  });

  test('links are shown by title, choices by label, secrets not at all, empty fields neither', () => {
    const base = sampleFields[0]!;
    const fields: FieldDescriptor[] = [
      { ...base, name: 'account', type: 'link' },
      { ...base, name: 'status', type: 'choice', choices: [{ value: 'a', label: 'Active' }] },
      { ...base, name: 'keyPair', type: 'link' },
      { ...base, name: 'region' },
      { ...base, name: 'privateKey', isSecret: true },
      { ...base, name: 'token', isSecret: true },
    ];
    const values = { account: idOf(2), status: 'a', keyPair: idOf(9), region: '' };
    const version = { ...shown('old'), values, links: [{ field: 'account', ...sampleRow(2, { title: 'Acme' }) }] };
    expect(versionRows(version, fields).map(({ field, text }) => [field.name, text])).toEqual([
      ['account', 'Acme'],
      ['status', 'Active'],
      ['keyPair', 'An item that is gone'],
      ['privateKey', null],
    ]);
  });
});
