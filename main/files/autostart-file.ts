import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';
import { writeFileSafely } from './safe-write';

/** The entry by which a Linux desktop starts a program at login: XDG's Desktop Application Autostart Specification. */
export class AutostartFile {
  readonly #folder: string;

  /** @param configFolder - `$XDG_CONFIG_HOME`, usually `~/.config`. */
  constructor(configFolder: string) {
    this.#folder = path.join(configFolder, 'autostart');
  }

  /**
   * The command of the entry, as it stands there; null if there is none, or a desktop's settings switched it off.
   */
  read(): string | null {
    try {
      const text = readFileSync(path.join(this.#folder, fileName), 'utf8');
      if (/^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/m.test(text)) return null;
      return /^Exec=(.*)$/m.exec(text)?.[1] ?? null;
    } catch {
      return null;
    }
  }

  /**
   * Writes the entry, in place of an earlier one.
   *
   * @param command - From {@link execLine}.
   * @throws CofferError `no-permission`, `disk-full`, `io-failed`.
   */
  async write(command: string): Promise<void> {
    const lines = [
      '[Desktop Entry]',
      'Type=Application',
      'Name=Coffer',
      'Comment=A vault for the credentials that Amazon EC2 asks for',
      `Exec=${command}`,
      'Terminal=false',
      'StartupNotify=false',
    ];
    try {
      mkdirSync(this.#folder, { recursive: true });
    } catch (error) {
      throw translateFileError(error, say('main-files.autostart-folder'));
    }
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
    await writeFileSafely({ folder: this.#folder, fileName, bytes, mode: 0o644, replace: true });
  }

  /** Removes the entry, if there is one. Throws CofferError `no-permission`, `io-failed`. */
  remove(): void {
    try {
      rmSync(path.join(this.#folder, fileName), { force: true });
    } catch (error) {
      throw translateFileError(error, say('main-files.autostart-folder'));
    }
  }
}

const fileName = 'coffer.desktop';

/**
 * Words a command for the key Exec.
 *
 * @param command - Program and arguments.
 * @throws CofferError `not-supported` for a program whose path the format can't hold.
 * @see Desktop Entry Specification, "The Exec key": quoting, and the escapes of the type string around it.
 */
export function execLine(command: readonly string[]): string {
  return command.map(quote).join(' ');
}

function quote(argument: string): string {
  if (/[\0-\x1f\x7f]/.test(argument)) {
    throw new CofferError('not-supported', say('main-files.program-its-path-has-a-character-that-an'));
  }
  const quoted = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  // A value of the type string has escapes of its own: every backslash twice.
  return `"${quoted.replaceAll('\\', '\\\\')}"`;
}
