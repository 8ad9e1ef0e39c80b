import { saveGoldenRecords } from './golden-records';
import { GoldenMaker, type WayPlan } from './golden-maker';
import type { GoldenSecrets, goldenNames } from './golden-secrets';

const first = 'correct horse battery';
/** With a no-break space and a decomposed é, which are read as a space and as U+00E9. */
const typedOddly = 'cafe\u0301\u00a0au lait, Zürich 雪';

/** Makes a golden vault in a folder; gives what stands in the JSON beside it. */
export async function makeGolden(folder: string, name: (typeof goldenNames)[number]): Promise<GoldenSecrets> {
  return await makers[name](folder);
}

const makers: Record<(typeof goldenNames)[number], (folder: string) => Promise<GoldenSecrets>> = {
  password: async (folder) => {
    const maker = await new GoldenMaker(folder, 'password', 1).create(typedOddly);
    saveGoldenRecords(maker.vault, maker.random);
    return maker.finish('A password alone. It is typed with characters that are normalised.');
  },
  'password-totp': (folder) =>
    makeWithWay(folder, 'password-totp', 'A password and the code of an authenticator app; a recovery code.', ['totp']),
  'password-key-file': (folder) =>
    makeWithWay(folder, 'password-key-file', 'A password and a key file.', ['key-file'], false),
  'password-security-key': (folder) =>
    makeWithWay(folder, 'password-security-key', 'A password and a security key; a recovery code.', ['security-key']),
  'password-this-computer': (folder) =>
    makeWithWay(folder, 'password-this-computer', 'A password and a secret in the keychain; a recovery code.', [
      'this-computer',
    ]),
  'all-factors': (folder) =>
    makeWithWay(folder, 'all-factors', 'A password and every factor at once; a recovery code.', [
      ...['totp', 'key-file', 'security-key', 'this-computer'],
    ] as WayPlan['factors']),
  recovery: async (folder) => {
    const maker = await new GoldenMaker(folder, 'recovery', 4).create(first);
    saveGoldenRecords(maker.vault, maker.random);
    await maker.addRecovery();
    return maker.finish('A recovery code, added beside a password.');
  },
  'several-ways': async (folder) => {
    const maker = await new GoldenMaker(folder, 'several-ways', 2).create('a password of before');
    saveGoldenRecords(maker.vault, maker.random);
    await startWithCodes(maker, { password: first, factors: ['totp'] });
    await maker.add({ password: typedOddly, factors: ['key-file'] });
    await maker.add({ password: 'staple staple staple', factors: ['totp', 'security-key'] });
    await maker.add({ password: 'open on this computer', factors: ['key-file', 'this-computer'] });
    await maker.add({ password: 'only a long password', factors: [] });
    return maker.finish('Five password ways and a recovery code for one vault key.');
  },
  'after-epochs': async (folder) => {
    const maker = await new GoldenMaker(folder, 'after-epochs', 1).create(first);
    saveGoldenRecords(maker.vault, maker.random);
    await maker.startEpoch({ password: 'the second password', factors: [] }, true);
    saveGoldenRecords(maker.vault, maker.random);
    const [id] = [...maker.vault.overviews()].map((row) => row.id);
    maker.vault.remove(id ?? '');
    await maker.startEpoch({ password: 'the third password', factors: [] }, true);
    return maker.finish('The third vault key of the file: two changes of the password. Older secrets do not open it.');
  },
};

async function makeWithWay(
  folder: string,
  name: (typeof goldenNames)[number],
  about: string,
  factors: WayPlan['factors'],
  hasRecovery = true,
): Promise<GoldenSecrets> {
  const maker = await new GoldenMaker(folder, name, factors.length === 1 ? 2 : 3).create('a password of before');
  saveGoldenRecords(maker.vault, maker.random);
  const plan = { password: first, factors };
  if (factors.includes('totp')) await startWithCodes(maker, plan);
  else await maker.startEpoch(plan, hasRecovery);
  return maker.finish(about);
}

/** Two epochs: the second one's file has room for the shortest table only. */
async function startWithCodes(maker: GoldenMaker, plan: WayPlan): Promise<void> {
  await maker.startEpoch(plan, true);
  await maker.vault.ways.setHorizon(30);
  await maker.startEpoch(plan, true);
}
