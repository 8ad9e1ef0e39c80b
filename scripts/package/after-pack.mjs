/** Called by electron-builder when a package's files are in place and nothing is signed yet. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setFuses } from './fuses.mjs';

/**
 * Sets the fuses. What the evaluation runtime's own loader left goes, too: with the fuses set, nothing would load it.
 *
 * @param {{
 *   appOutDir: string,
 *   electronPlatformName: string,
 *   packager: { appInfo: { productFilename: string }, executableName?: string },
 * }} context - By electron-builder.
 */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'darwin') {
    const framework = 'Contents/Frameworks/Electron Framework.framework/Electron Framework';
    await setFuses(path.join(appOutDir, `${productFilename}.app`, framework));
    return;
  }
  await rm(path.join(appOutDir, 'resources/app'), { recursive: true, force: true });
  const program = electronPlatformName === 'win32' ? `${productFilename}.exe` : packager.executableName;
  await setFuses(path.join(appOutDir, program));
}
