/** Which tests can run on which system. The one place that says so. */
import path from 'node:path';

/**
 * Unit tests that need no other program, no file modes and no links: folders and files below test/. All others have programs of Debian
 * as witnesses, or are about Linux.
 */
const anywhere = [
  'renderer/',
  'format/',
  ...filesIn('crypto', ['aead', 'encode', 'hkdf', 'kdf', 'remembered-text', 'totp']),
  ...filesIn('credentials', ['account-rules', 'body', 'compare-key-pairs', 'drag-choices', 'history', 'marks']),
  ...filesIn('credentials', ['overview', 'rdp-file', 'search']),
  ...filesIn('desktop', [
    'auto-lock',
    'clipboard',
    'keychain',
    'menus',
    'pressed-button',
    'print-page',
    'quick-access',
  ]),
  ...filesIn('desktop', ['security-key-prompt', 'tray', 'window-place']),
  ...filesIn('keys', ['generate', 'password-generator', 'pkcs12-costs', 'sshpk']),
  ...filesIn('store', ['sqlite-errors']),
  ...filesIn('tools', ['help', 'package-content', 'test-choice']),
  ...filesIn('vault', ['collision', 'golden', 'kdf-policy', 'set-integrity']),
];

/**
 * @typedef {object} TestChoice What `npm test` runs.
 * @property {string[]} unitTests - Filters for Vitest, each a part of a path; none for all.
 * @property {boolean} isWhole - Whether the tests of crashes and those end to end run, too.
 * @property {string | null} leftOut - What does not run, for people; null for nothing.
 */

/**
 * @param {NodeJS.Platform} platform - Of this computer.
 * @returns {TestChoice} For it.
 */
export function testChoice(platform) {
  if (platform === 'linux') return { unitTests: [], isWhole: true, leftOut: null };
  return {
    unitTests: anywhere.map((name) => path.posix.join('test', name)),
    isWhole: false,
    leftOut:
      'left out on this system, as they need Linux: the tests end to end, those of kills and failing disks, and the unit tests ' +
      'that scripts/lib/test-choice.mjs does not name; docs/RELEASING.md says what a person checks instead',
  };
}

function filesIn(folder, names) {
  return names.map((name) => `${folder}/${name}.test.ts`);
}
