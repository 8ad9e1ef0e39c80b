import path from 'node:path';

/** Where programs look for settings of the whole system: XDG Base Directory Specification. */
const variable = 'XDG_CONFIG_DIRS';
const standardDirs = '/etc/xdg';

/**
 * Asks GTK, from which Chromium takes it, for a caret that does not blink: a locked Coffer stands with the cursor in its password field for hours,
 * and each blink draws a frame, which is most of what it costs. What the desktop or the user says in their own settings comes
 * before this.
 *
 * Must run before Electron starts GTK, so before anything waits. Does nothing but on Linux.
 *
 * @param folder - Holds `gtk-3.0/settings.ini` and `gtk-4.0/settings.ini`, outside of an archive.
 * @returns Puts the environment back, for programs that Coffer starts; to be called once GTK has read it.
 */
export function askForSteadyCaret(folder: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): () => void {
  if (platform !== 'linux') return () => undefined;
  const before = env[variable];
  // First come the more important ones, so this is last. An empty variable counts as none.
  env[variable] = [before === undefined || before === '' ? standardDirs : before, folder].join(path.delimiter);
  return () => {
    if (before === undefined) Reflect.deleteProperty(env, variable);
    else env[variable] = before;
  };
}
