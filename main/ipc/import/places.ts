import path from 'node:path';
import { type SeenFile, lookAround } from '../../files/look-around';
import { isLink, isSameFile, realPathOf } from '../../files/same-file';
import type { Services } from '../services';
import { maxImportBytes } from './recognise';

/** Variables of the AWS programs that name a file with credentials. */
const profileVariables = ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'] as const;
const certificateVariables = ['EC2_PRIVATE_KEY', 'EC2_CERT'] as const;

/** Where credentials of this computer's user usually are. */
export class ImportPlaces {
  readonly #folders: Services['folders'];
  readonly #environment: Services['environment'];

  constructor({ folders, environment }: Pick<Services, 'folders' | 'environment'>) {
    this.#folders = folders;
    this.#environment = environment;
  }

  /** The files that a look around opens: those in ~/.ssh, ~/.aws, ~/.ec2 and Downloads, and those that variables of AWS name. */
  look(): { readonly files: readonly SeenFile[]; readonly isComplete: boolean } {
    const { home } = this.#folders;
    // Where no folder is set up for downloads, the system names the home folder.
    const downloads = isSameFile(this.#folders.downloads, home)
      ? path.join(home, 'Downloads')
      : this.#folders.downloads;
    const folders = [...this.#keptFolders(), path.join(home, '.ec2'), downloads];
    const { files, isComplete } = lookAround(folders, maxImportBytes);
    const named = [...this.#named(profileVariables), ...this.#named(certificateVariables)].filter(
      (file) => !files.some(({ folder, fileName }) => path.join(folder, fileName) === file),
    );
    const others = named.map((file) => ({ folder: path.dirname(file), fileName: path.basename(file) }));
    return { files: [...files, ...others], isComplete };
  }

  /**
   * Whether a file may be offered for deletion: never one that ssh or the AWS programs use, under whatever name it was opened,
   * nor a link, which would be deleted in the file's stead.
   */
  isDeletable(file: string): boolean {
    const real = realPathOf(file);
    const isKept = this.#keptFolders().some((folder) => real.startsWith(`${realPathOf(folder)}${path.sep}`));
    const isNamed = this.#named(profileVariables).some((name) => realPathOf(name) === real);
    return !isKept && !isNamed && !isLink(file);
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
