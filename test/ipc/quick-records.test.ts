import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { labels, setUpBridge } from '../support/bridge';
import { bytesOf, password } from '../support/small-vault';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  // That the vault was made is an event of its own.
  bridge.activity.clear();
});
afterEach(() => bridge.remove());

const makeKey = (title: string) => bridge.get('key-pair:generate', labels({ title }));
const makeSignIn = () => {
  const values = { email: 'root@example.com' };
  const secrets = { password: bytesOf(password) };
  return bridge.get('record:create', { kind: 'sign-in', title: 'Root', tags: [], values, secrets });
};

describe('quick records', () => {
  test('are favourites, and what was used last without what is in the trash', async () => {
    const [web, old] = [await makeKey('Web'), await makeKey('Old')];
    const root = await makeSignIn();
    await bridge.get('record:update', { id: root.id, changes: { isFavourite: true } });
    for (const { id } of [web, old, root, web]) {
      await bridge.quickRecords.copy(id, id === root.id ? 'email' : 'publicKey');
    }
    await bridge.get('record:trash', { id: old.id });
    expect(bridge.quickRecords.favourites()).toMatchObject([
      { title: 'Root', subtitle: 'root · root@example.com', kindLabel: 'Sign-in' },
    ]);
    expect(bridge.quickRecords.recent().map(({ title }) => title)).toEqual(['Web', 'Root']);
    expect(bridge.copied).toEqual([web, old, root, web].map(({ values }) => values['publicKey'] ?? 'root@example.com'));
  });

  test('hold the ten that were used last', async () => {
    for (let n = 0; n < 12; n++) await bridge.quickRecords.copy((await makeKey(`Key ${n}`)).id, 'publicKey');
    const titles = bridge.quickRecords.recent().map(({ title }) => title);
    expect(titles).toEqual(Array.from({ length: 10 }, (_, n) => `Key ${11 - n}`));
  });

  test('are found by words, those first whose title begins with them', async () => {
    for (const title of ['A web host', 'Other', 'Web', 'Cache']) await makeKey(title);
    const titles = bridge.quickRecords.search('WEB').map(({ title }) => title);
    expect(titles[0]).toBe('Web');
    expect(titles[1]).toBe('A web host');
    expect(bridge.quickRecords.search('nothing like it')).toEqual([]);
  });

  test('without a word are what was used last, then favourites, then others, each once', async () => {
    const ids = [];
    for (const title of ['A', 'B', 'C']) ids.push((await makeKey(title)).id);
    await bridge.get('record:update', { id: ids[1] ?? '', changes: { isFavourite: true } });
    await bridge.quickRecords.copy(ids[2] ?? '', 'publicKey');
    expect(bridge.quickRecords.search(' ').map(({ title }) => title)).toEqual(['C', 'B', 'A']);
  });

  test('refuse what is in the trash, gone, or no action of theirs', async () => {
    const { id } = await makeKey('Web');
    await expect(bridge.quickRecords.copy(id, 'privateKey')).rejects.toMatchObject({ code: 'bad-request' });
    await bridge.get('record:trash', { id });
    await expect(bridge.quickRecords.copy(id, 'publicKey')).rejects.toMatchObject({ code: 'not-found' });
    await expect(bridge.quickRecords.copy('ab'.repeat(16), 'publicKey')).rejects.toMatchObject({ code: 'not-found' });
    expect([bridge.copied, bridge.activity.list()]).toEqual([[], []]);
  });
});
