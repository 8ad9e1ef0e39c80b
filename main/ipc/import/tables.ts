import Papa from 'papaparse';
import { say } from '../../../preload/words/say';
import { CofferError } from '../../errors';
import { readSections, valueText } from '../../files/profile-lines';
import { accessKeyEntry } from './access-key-entry';
import { accountInLink } from './accounts';
import type { Found } from './found';

/** Most rows of a CSV file that are read; far above what AWS hands out. */
export const maxRows = 1000;
/** Most profiles of a file that are read. */
export const maxProfiles = 1000;
/** Room for as many profiles. Each line costs some hundred bytes of memory: a megabyte of short ones would take 120 MB. */
export const maxProfileBytes = 256 * 1024;
/** Options of a profile that give credentials without holding a key. */
const keylessOptions: readonly string[] = [
  ...['role_arn', 'source_profile', 'credential_source', 'credential_process', 'mfa_serial', 'region', 'output'],
  ...['sso_session', 'sso_start_url', 'sso_account_id', 'sso_role_name', 'login_session', 'web_identity_token_file'],
];

/**
 * Reads credentials.csv and accessKeys.csv, by their headings in any case and order.
 *
 * @param text - The whole file. Its secrets are strings here, because the CSV reader gives no others.
 * @returns Null if it has none of the headings.
 * @throws CofferError `bad-request` for rows without what the headings promise.
 */
export function readCsv(text: string): Found[] | null {
  // Blank lines and a byte order mark may stand before the headings.
  const table = text.trimStart();
  const head =
    table
      .slice(0, 4096)
      .split(/\r?\n|\r/, 1)[0]
      ?.toLowerCase() ?? '';
  if (!head.includes('access key id') && !(head.includes('user name') && head.includes('password'))) return null;
  const { data } = Papa.parse<string[]>(table, { skipEmptyLines: 'greedy', preview: maxRows + 1 });
  const names = data[0]?.map((name) => name.trim().toLowerCase()) ?? [];
  const rows = data.slice(1).map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at]])));
  const found = rows.flatMap((row) => foundInRow(row));
  if (found.length === 0)
    throw new CofferError('bad-request', say('main-import.csv-file-expected-at-least-one-row-with'));
  return found;
}

function foundInRow(row: Readonly<Record<string, string | undefined>>): Found[] {
  const cell = (name: string) => (row[name] ?? '').trim();
  const user = cell('user name');
  // AWS has called the column both.
  const account = accountInLink(cell('console login link') || cell('console sign-in url'));
  const found: Found[] = [];
  if (cell('access key id') !== '') {
    found.push(accessKeyEntry({ id: cell('access key id'), secret: cell('secret access key'), user, account }));
  }
  const password = row['password'] ?? '';
  if (user !== '' && password !== '') {
    found.push({ type: 'sign-in', user, password: new TextEncoder().encode(password), account });
  }
  return found;
}

/**
 * Reads the old file of a root user's key, with lines `AWSAccessKeyId=` and `AWSSecretKey=`, and lines that set a shell's
 * variables, as the AWS access portal gives them for sh, fish, cmd and PowerShell.
 *
 * @returns Null if it is none.
 */
export function readKeyLines(text: string): Found[] | null {
  const rootFile = [lineValue(text, '', 'AWSAccessKeyId'), lineValue(text, '', 'AWSSecretKey')] as const;
  if (rootFile[0] !== undefined && rootFile[1] !== undefined) {
    return [accessKeyEntry({ id: rootFile[0], secret: rootFile[1], user: '', isRoot: true })];
  }
  const setting = '(?:export[ \\t]+|set[ \\t]+(?:-g?x[ \\t]+)?|\\$env:)?';
  const variable = (name: string) => lineValue(text, setting, name);
  const [id, secret] = [variable('AWS_ACCESS_KEY_ID'), variable('AWS_SECRET_ACCESS_KEY')];
  // A profile has options of the same names in its section.
  if (id === undefined || secret === undefined || /^[ \t]*\[/m.test(text)) return null;
  // AWS's programs prefer the first of them.
  const region = variable('AWS_REGION') ?? variable('AWS_DEFAULT_REGION') ?? '';
  return [accessKeyEntry({ id, secret, user: '', region, token: variable('AWS_SESSION_TOKEN') ?? '' })];
}

/** The value of a line `name=value` or `name value`, without quotes around it. */
function lineValue(text: string, before: string, name: string): string | undefined {
  // No `\s`: it runs over line ends, from each of them anew, and a megabyte of them would take minutes.
  const pattern = `^[ \\t]*${before}${name}(?:[ \\t]*=|[ \\t])[ \\t]*(["']?)([^\\s"';]+)\\1[ \\t]*;?\\r?$`;
  return new RegExp(pattern, 'im').exec(text)?.[2];
}

/**
 * Reads the profiles of an AWS credentials or config file; those without a key of their own are left out.
 *
 * @param bytes - UTF-8; not changed.
 * @returns Null if it is no such file, or one of more than 256 KiB.
 * @throws CofferError `bad-request` for profiles of which none has a key.
 */
export function readProfiles(bytes: Uint8Array): Found[] | null {
  if (bytes.length > maxProfileBytes) return null;
  const sections = readSections(bytes).slice(0, maxProfiles);
  const found = sections.flatMap(({ header, options }) => {
    const value = (name: string) => {
      const option = options.find((one) => one.name === name);
      return option === undefined ? '' : valueText(bytes, option);
    };
    const [id, secret] = [value('aws_access_key_id'), value('aws_secret_access_key')];
    if (id === '' || secret === '') return [];
    const name = header.replace(/^profile\s+/, '').trim();
    return [accessKeyEntry({ id, secret, user: '', name, region: value('region'), token: value('aws_session_token') })];
  });
  if (found.length > 0) return found;
  if (sections.some(({ options }) => options.some(({ name }) => keylessOptions.includes(name)))) {
    throw new CofferError('bad-request', say('main-import.aws-profiles-found-settings-and-no-key-roles'));
  }
  return null;
}
