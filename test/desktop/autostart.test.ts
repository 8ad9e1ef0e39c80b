import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AutostartDeps, systemAutostart } from '../../main/desktop/autostart';
import { execLine } from '../../main/files/autostart-file';
import { temporaryFolder } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

const entry = () => path.join(place.folder, 'autostart/coffer.desktop');

function setUp(changes: Partial<AutostartDeps> = {}, isPackaged = true) {
  const items: Record<string, unknown>[] = [];
  const app = {
    isPackaged,
    getAppPath: () => '/src/coffer',
    getPath: () => place.folder,
    commandLine: { hasSwitch: () => true },
    getLoginItemSettings: () => ({ openAtLogin: items.at(-1)?.['openAtLogin'] === true }),
    setLoginItemSettings: (settings: Record<string, unknown>) => items.push(settings),
  } as unknown as AutostartDeps['app'];
  const deps = { app, platform: 'linux', execPath: '/opt/coffer/coffer', environment: {}, ...changes } as const;
  return { autostart: systemAutostart(deps), items };
}

/** The program and arguments that GLib, a stranger to Coffer, reads out of the entry. */
function readByGlib(): string[] {
  const script = `import gi, sys, json
gi.require_version('Gio', '2.0')
from gi.repository import GLib
file = GLib.KeyFile()
file.load_from_file(sys.argv[1], 0)
line = file.get_string('Desktop Entry', 'Exec')
print(json.dumps([part.replace('%%', '%') for part in GLib.shell_parse_argv(line)[1]]))`;
  return JSON.parse(execFileSync('/usr/bin/python3', ['-c', script, entry()]).toString()) as string[];
}

describe('starting at login on Linux', () => {
  test('is an entry that everybody may read, and goes again', async () => {
    const { autostart } = setUp();
    expect(autostart.isOn()).toBe(false);
    await autostart.set(true, false);
    expect(autostart.isOn()).toBe(true);
    expect(statSync(entry()).mode & 0o777).toBe(0o644);
    expect(readByGlib()).toEqual(['/opt/coffer/coffer']);
    await autostart.set(true, true);
    expect(readByGlib()).toEqual(['/opt/coffer/coffer', '--hidden']);
    expect(autostart.isOn()).toBe(true);
    await autostart.set(false, true);
    expect(autostart.isOn()).toBe(false);
    await autostart.set(false, false);
  });

  test.each(['/home/me/My "best" $HOME `id` \\ 100% sure/Coffer', "/tmp/it's; rm -rf x/ü/Coffer", '/a b/%f/%%/c'])(
    'names a program at %s',
    async (program) => {
      const { autostart } = setUp({ environment: { APPIMAGE: program } });
      await autostart.set(true, true);
      expect(readByGlib()).toEqual([program, '--hidden']);
      expect(autostart.isOn()).toBe(true);
    },
  );

  test('is refused for a path that an entry can’t hold', () => {
    expect(() => execLine(['/a\nExec=other'])).toThrow(expect.objectContaining({ code: 'not-supported' }));
  });

  test('is off for an entry of another program, and where the desktop switched it off', async () => {
    await setUp({ execPath: '/elsewhere/coffer' }).autostart.set(true, false);
    const { autostart } = setUp();
    expect(autostart.isOn()).toBe(false);
    await autostart.set(true, false);
    const text = readFileSync(entry(), 'utf8');
    for (const off of ['Hidden=true', 'X-GNOME-Autostart-enabled=false']) {
      writeFileSync(entry(), `${text}${off}\n`);
      expect(autostart.isOn(), off).toBe(false);
    }
  });

  test('says why it can’t be written', async () => {
    writeFileSync(path.join(place.folder, 'autostart'), '');
    await expect(setUp().autostart.set(true, false)).rejects.toMatchObject({ code: expect.any(String) as string });
  });

  test('of a checkout starts its runtime, and says that it is for evaluation', async () => {
    const { autostart } = setUp({ environment: { COFFER_EVALUATION_RUNTIME: '1' } }, false);
    await autostart.set(true, true);
    expect(readByGlib()).toEqual([
      ...['env', 'COFFER_EVALUATION_RUNTIME=1', '/opt/coffer/coffer', '--no-sandbox', '/src/coffer', '--hidden'],
    ]);
  });
});

test('starting at login is the system’s login item on macOS and Windows', async () => {
  mkdirSync(path.join(place.folder, 'autostart'));
  for (const platform of ['darwin', 'win32'] as const) {
    const { autostart, items } = setUp({ platform });
    await autostart.set(true, true);
    expect(autostart.isOn()).toBe(true);
    await autostart.set(false, false);
    expect(autostart.isOn()).toBe(false);
    expect(items).toEqual([
      { openAtLogin: true, args: ['--hidden'] },
      { openAtLogin: false, args: [] },
    ]);
  }
});
