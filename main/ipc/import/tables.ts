import Papa from 'papaparse';
import { readAccessKeyId } from '../../credentials/access-key-rules';
import { CofferError } from '../../errors';
import { readSections, valueText } from '../../files/profile-lines';
import type { Found } from './found';

/** Far above what AWS hands out. */
const maxRows = 1000;
const maxProfiles = 1000;
/** Room for as many profiles. Each line costs some hundred bytes of memory: a megabyte of short ones would take 120 MB. */
const maxProfileBytes = 256 * 1024;

/**
 * Reads credentials.csv and accessKeys.csv, by their headings in any case and order.
 *
 * @param text - The whole file. Its secrets are strings here, because the CSV reader gives no others.
 * @returns Null if it has none of the headings.
 * @throws CofferError `bad-request` for rows without what the headings promise.
 */
export function readCsv(text: string): Found[] | null {
  const head = text.slice(0, 4096).split(/\r?\n/, 1)[0]?.toLowerCase() ?? '';
  if (!head.includes('access key id') && !(head.includes('user name') && head.includes('password'))) return null;
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy', preview: maxRows + 1 });
  const names = data[0]?.map((name) => name.trim().toLowerCase()) ?? [];
  const rows = data.slice(1).map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at]])));
  const found = rows.flatMap((row) => foundInRow(row));
  if (found.length === 0)
    throw new CofferError('bad-request', 'CSV file: expected at least one row with a key or a password');
  return found;
}

function foundInRow(row: Readonly<Record<string, string | undefined>>): Found[] {
  const cell = (name: string) => (row[name] ?? '').trim();
  const user = cell('user name');
  const found: Found[] = [];
  if (cell('access key id') !== '') {
    found.push(accessKey({ id: cell('access key id'), secret: cell('secret access key'), user }));
  }
  const password = row['password'] ?? '';
  if (user !== '' && password !== '') {
    const accountId = /\/\/(\d{12})\.signin\./.exec(cell('console login link'))?.[1] ?? '';
    found.push({ type: 'sign-in', user, password: new TextEncoder().encode(password), accountId });
  }
  return found;
}

/**
 * Reads the old file of a root user's key: lines `AWSAccessKeyId=` and `AWSSecretKey=`.
 *
 * @returns Null if it is none.
 */
export function readRootKey(text: string): Found[] | null {
  // No `\s`: it runs over line ends, from each of them anew, and a megabyte of them would take minutes.
  const value = (name: string) => new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*(\\S+)[ \\t]*\\r?$`, 'im').exec(text)?.[1];
  const [id, secret] = [value('AWSAccessKeyId'), value('AWSSecretKey')];
  return id === undefined || secret === undefined ? null : [accessKey({ id, secret, user: '' })];
}

/**
 * Reads the profiles of an AWS credentials file; those without a key of their own are left out.
 *
 * @param bytes - UTF-8; not changed.
 * @returns Null if it is no such file, or one of more than 256 KiB.
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
    return [accessKey({ id, secret, user: '', name, region: value('region'), token: value('aws_session_token') })];
  });
  return found.length === 0 ? null : found;
}

/** Reads what `aws iam create-access-key` and `aws sts get-session-token` print. Null if it is neither. */
export function readAccessKeyJson(text: string): Found[] | null {
  const parsed = jsonOf(text);
  const key = member(parsed, 'AccessKey') ?? member(parsed, 'Credentials');
  const [id, secret] = [member(key, 'AccessKeyId'), member(key, 'SecretAccessKey')];
  if (typeof id !== 'string' || typeof secret !== 'string') return null;
  const [user, token] = [member(key, 'UserName'), member(key, 'SessionToken')];
  const texts = { user: typeof user === 'string' ? user : '', token: typeof token === 'string' ? token : '' };
  return [accessKey({ id, secret, ...texts })];
}

interface KeyTexts {
  readonly id: string;
  readonly secret: string;
  readonly user: string;
  readonly name?: string;
  readonly region?: string;
  readonly token?: string;
}

function accessKey({ id, secret, user, name = user, region = '', token = '' }: KeyTexts): Found {
  const encode = (text: string) => new TextEncoder().encode(text);
  const bytes = { secretAccessKey: encode(secret), sessionToken: encode(token) };
  return { type: 'access-key', accessKeyId: readAccessKeyId(id), user, name, region, ...bytes };
}

function jsonOf(text: string): unknown {
  if (!/^\s*\{/.test(text)) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
