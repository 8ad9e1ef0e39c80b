import { describe, expect, test } from 'vitest';
import { askForSteadyCaret } from '../../main/desktop/steady-caret';

const folder = '/opt/Coffer/resources/gtk';

describe('where GTK looks for settings', () => {
  test.each([
    ['there are none', undefined, `/etc/xdg:${folder}`],
    ['they are empty', '', `/etc/xdg:${folder}`],
    ['there are some', '/etc/kde:/etc/xdg', `/etc/kde:/etc/xdg:${folder}`],
  ])('Coffer’s comes last where %s, and goes again', (_, before, during) => {
    const env: NodeJS.ProcessEnv = before === undefined ? {} : { XDG_CONFIG_DIRS: before };
    const putBack = askForSteadyCaret(folder, 'linux', env);
    expect(env).toEqual({ XDG_CONFIG_DIRS: during });
    putBack();
    expect(env).toEqual(before === undefined ? {} : { XDG_CONFIG_DIRS: before });
  });

  test.each(['darwin', 'win32'] as const)('nothing is touched on %s', (platform) => {
    const env: NodeJS.ProcessEnv = {};
    askForSteadyCaret(folder, platform, env)();
    expect(env).toEqual({});
  });
});
