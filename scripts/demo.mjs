/**
 * `npm run demo -- --out DIR`: drives the real app through its main job on a screen of its own, and keeps pictures; with `--screens` of every
 * screen in light and dark, at two sizes, with what axe finds on it; with `--pseudo` in a language that nobody speaks, with the text that is cut off.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepareApp } from './lib/app.mjs';
import { ensurePrograms } from './lib/apt.mjs';
import { startXvfb } from './lib/display.mjs';
import { launchFlags } from './lib/electron.mjs';
import { node24 } from './lib/packages.mjs';
import { panelPrograms } from './lib/test-programs.mjs';
import { StepError, main, root, run, say } from './lib/steps.mjs';

await main(async () => {
  if (process.platform !== 'linux') {
    throw new StepError('the demo types into a virtual X11 screen', 'run it on Linux; npm start runs everywhere');
  }
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'demo-out' },
      import: { type: 'string', default: '' },
      passphrases: { type: 'string', default: '' },
      screens: { type: 'boolean', default: false },
      pseudo: { type: 'boolean', default: false },
    },
  });
  const given = (name) => (name === '' ? '' : path.resolve(process.env.INIT_CWD ?? process.cwd(), name));
  const out = given(values.out);
  if (values.screens && values.pseudo) throw new StepError('--screens and --pseudo at once', 'give one of them');
  const screens = values.pseudo ? 'pseudo' : values.screens ? 'screens' : '';
  const electron = await prepareApp();
  await ensurePrograms(
    {
      Xvfb: 'xvfb',
      xdotool: 'xdotool',
      xclip: 'xclip',
      chromium: 'chromium',
      openbox: 'openbox',
      'dbus-send': 'dbus',
      ...panelPrograms,
    },
    'the demo',
  );
  const display = await startXvfb();
  try {
    say(`demo: creating a vault and key pairs through the real screens, into ${out}`);
    const { code } = await run(
      [
        ...[node24, path.join(root, 'scripts/demo/run.mjs'), out, given(values.import), given(values.passphrases)],
        screens,
      ],
      {
        env: {
          ...process.env,
          ...electron.env,
          ...display.env,
          COFFER_ELECTRON: electron.program,
          COFFER_ELECTRON_FLAGS: JSON.stringify(launchFlags()),
        },
      },
    );
    return code;
  } finally {
    await display.stop();
  }
});
