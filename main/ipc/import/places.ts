import path from 'node:path';
import { type SeenFile, lookAround } from '../../files/look-around';
import { addIdentitiesWithin, identityOf, isLink, isSameFile } from '../../files/same-file';
import type { Services } from '../services';
import { maxImportBytes } from './recognise';

/** Variables of the AWS programs that name a file with credentials. */
const profileVariables = ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'] as const;
const certificateVariables = ['EC2_PRIVATE_KEY', 'EC2_CERT'] as const;

/** Identities of files; null if they can't be told. */
export type InUse = ReadonlySet<string> | null;

/** Where credentials of this computer's user usually are. */
export class ImportPlaces {
  readonly #folders: Services['folders'];
  readonly #environment: Services['environment'];

  constructor({ folders, environment }: Pick<Services, 'folders' | 'environment'>) {
    this.#folders = folders;
    this.#environment = environment;
  }

  /** The files that a look around opens: those in ~/.ssh, ~/.aws, ~/.ec2 and Downloads, and those that variables of AWS name. */
  async look(isOver: () => boolean): Promise<{ readonly files: readonly SeenFile[]; readonly isComplete: boolean }> {
    const { home } = this.#folders;
    // Where no folder is set up for downloads, the system names the home folder.
    const downloads = isHome(this.#folders.downloads, home) ? path.join(home, 'Downloads') : this.#folders.downloads;
    const folders = [...this.#keptFolders(), path.join(home, '.ec2'), downloads];
    const { files, isComplete } = await lookAround(folders, maxImportBytes, isOver);
    const named = [...this.#named(profileVariables), ...this.#named(certificateVariables)].filter(
      (file) => !files.some(({ folder, fileName }) => path.join(folder, fileName) === file),
    );
    const others = named.map((file) => ({ folder: path.dirname(file), fileName: path.basename(file) }));
    return { files: [...files, ...others], isComplete };
  }

  /**
   * What ssh and the AWS programs use, to be asked about many files: all in their folders, what links in them lead to, and the
   * files that variables name.
   */
  inUse(): InUse {
    const identities = new Set<string>();
    try {
      for (const folder of this.#keptFolders()) addIdentitiesWithin(folder, identities);
      for (const name of this.#named([...profileVariables, ...certificateVariables])) {
        const identity = identityOf(name);
        if (identity !== null) identities.add(identity);
      }
    } catch {
      // Nothing is offered where it can't be told.
      return null;
    }
    return identities;
  }

  /**
   * Whether a file may be offered for deletion: never one in use, under whatever name it was opened, nor a link, which would be
   * deleted in the file's stead.
   *
   * @param inUse - From {@link ImportPlaces.inUse}.
   */
  isDeletable(file: string, inUse: InUse): boolean {
    try {
      const identity = identityOf(file);
      return inUse !== null && identity !== null && !inUse.has(identity) && !isLink(file);
    } catch {
      return false;
    }
  }

  #keptFolders(): string[] {
    return ['.ssh', '.aws'].map((name) => path.join(this.#folders.home, name));
  }

  #named(variables: readonly string[]): string[] {
    return variables.flatMap((name) => {
      const file = this.#environment[name] ?? '';
      return path.isAbsolute(file) ? [path.normalize(file)] : [];
    });
  }
}

function isHome(folder: string, home: string): boolean {
  try {
    return isSameFile(folder, home);
  } catch {
    return false;
  }
}
