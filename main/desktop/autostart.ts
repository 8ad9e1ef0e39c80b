import type { App } from 'electron';
import { AutostartFile, execLine } from '../files/autostart-file';

/** How the app is started at login. */
export interface Autostart {
  /** Whether this very program is. */
  isOn(): boolean;
  /**
   * Changes that.
   *
   * @throws CofferError `not-supported`, `no-permission`, `disk-full`, `io-failed`.
   */
  set(isOn: boolean, isHidden: boolean): Promise<void>;
}

/** What a start at login rests on. */
export interface AutostartDeps {
  readonly app: Pick<App, 'isPackaged' | 'getAppPath' | 'getPath' | 'commandLine'> &
    Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  readonly execPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The system's own way: a login item on macOS and Windows, a file in the autostart folder elsewhere. */
export function systemAutostart(deps: AutostartDeps): Autostart {
  return deps.platform === 'darwin' || deps.platform === 'win32' ? loginItem(deps) : autostartEntry(deps);
}

function loginItem({ app }: AutostartDeps): Autostart {
  // Windows tells by the arguments whether an entry is ours; macOS knows none, and asks the preferences at the start.
  const hidden = { args: [hiddenSwitch] };
  return {
    isOn: () => app.getLoginItemSettings().openAtLogin || app.getLoginItemSettings(hidden).openAtLogin,
    set: (isOn, isHidden) => {
      app.setLoginItemSettings({ openAtLogin: isOn, ...(isHidden ? hidden : { args: [] }) });
      return Promise.resolve();
    },
  };
}

function autostartEntry(deps: AutostartDeps): Autostart {
  const file = new AutostartFile(deps.app.getPath('appData'));
  const command = programOf(deps);
  return {
    isOn: () => {
      // Of a program that was moved or replaced since, it would start nothing, or another one.
      const written = file.read();
      return written !== null && [[], [hiddenSwitch]].some((rest) => written === execLine([...command, ...rest]));
    },
    set: async (isOn, isHidden) => {
      if (isOn) await file.write(execLine(isHidden ? [...command, hiddenSwitch] : command));
      else file.remove();
    },
  };
}

const hiddenSwitch = '--hidden';

/** Program and arguments that start this app once more. */
function programOf({ app, execPath, environment }: AutostartDeps): string[] {
  // An AppImage runs from a folder that is gone after it; the file itself is named by its runtime.
  if (app.isPackaged) return [environment['APPIMAGE'] ?? execPath];
  const isEvaluation = environment['COFFER_EVALUATION_RUNTIME'] === '1';
  const switches = app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : [];
  const program = [execPath, ...switches, app.getAppPath()];
  return isEvaluation ? ['env', 'COFFER_EVALUATION_RUNTIME=1', ...program] : program;
}
