import Papa from 'papaparse';
import { asBuffer } from '../../keys/bytes';
import { looksLikeDer } from '../../keys/der';
import { findPemBlocks } from '../../keys/pem';
import { findPpk } from '../../keys/ppk-text';
import { accountInLink, isTold } from './accounts';
import { dayOf, statusOf } from './aws-answers';

// Whether a file holds anything that a record would not have. Such a file is never offered for deletion, so what is not known
// counts as something: comments, other settings, further keys.

/** Members of AWS's answers that are kept, or say nothing that is needed later. */
const answerMembers: ReadonlySet<string> = new Set([
  ...['AccessKey', 'Credentials', 'Version', 'AccessKeyId', 'SecretAccessKey', 'SessionToken', 'UserName'],
  ...['Status', 'CreateDate', 'AccountId', 'AssumedRoleUser', 'AssumedRoleId', 'Arn', 'PackedPolicySize'],
  ...['KeyName', 'KeyMaterial', 'KeyFingerprint', 'KeyPairId', 'KeyType', 'Tags', ''],
]);
const csvColumns: readonly string[] = [
  ...['user name', 'password', 'access key id', 'secret access key', 'console login link', 'console sign-in url'],
];
const keyLine =
  /^[ \t]*(?:export[ \t]+|set[ \t]+(?:-g?x[ \t]+)?|\$env:)?(AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|REGION|DEFAULT_REGION)|AWSAccessKeyId|AWSSecretKey)(?:[ \t]*=|[ \t])[ \t]*(["']?)[^\s"';]+\2[ \t]*;?$/i;
const profileLine =
  /^(?:\[[^\]]+\]|(aws_access_key_id|aws_secret_access_key|aws_session_token|region|output)[ \t]*[=:][ \t]*\S*)[ \t]*$/i;
/** What openssl writes around the blocks of a PKCS#12 file. */
const bagLine =
  /^(Bag Attributes.*|Key Attributes.*| *(friendlyName|localKeyID|Microsoft [\w ]+): .*|(subject|issuer) ?=.*)$/;
const publicLine = /^(ssh|ecdsa|sk)-\S+ +AAAA\S*( .*)?$/;

/** Whether a JSON answer holds one credential and nothing else; a second member of one name hides the first. */
export function isOnlyAnswer(text: string): boolean {
  const names: string[] = [];
  const notKept: string[] = [];
  const answer: unknown = JSON.parse(text, (name, value: unknown) => {
    names.push(name);
    // A status or a date that was not understood is not kept.
    if (name === 'Status' && statusOf(String(value)) === '') notKept.push(name);
    if (name === 'CreateDate' && dayOf(String(value)) === '') notKept.push(name);
    return value;
  });
  const isKnown = names.every((name) => answerMembers.has(name)) && new Set(names).size === names.length;
  const written = text.match(/"\s{0,100}:/g)?.length ?? 0;
  if (!isKnown || notKept.length > 0 || written !== names.length - 1) return false;
  const material = (answer as { KeyMaterial?: unknown }).KeyMaterial;
  if (typeof material !== 'string') return true;
  const content = new TextEncoder().encode(material);
  try {
    return !names.includes('SecretAccessKey') && isOnlyBlocks(content, 1);
  } finally {
    content.fill(0);
  }
}

/**
 * Whether every cell of a CSV file is taken.
 *
 * @param maxRows - As many are read.
 */
export function isOnlyCsv(text: string, maxRows: number): boolean {
  const { data, errors } = Papa.parse<string[]>(text.trimStart(), { skipEmptyLines: 'greedy', preview: maxRows + 2 });
  const names = data[0]?.map((name) => name.trim().toLowerCase()) ?? [];
  const isKnown = names.every((name) => csvColumns.includes(name)) && new Set(names).size === names.length;
  const isTaken = (cells: readonly string[]) => {
    const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim();
    const has = (name: string) => cell(name) !== '';
    const isLoose = (has('password') && !has('user name')) || (has('secret access key') && !has('access key id'));
    // The address of another sign-in page would be lost.
    const links = ['console login link', 'console sign-in url'].map(cell).filter((link) => link !== '');
    const areTold = links.length < 2 && links.every((link) => isTold(accountInLink(link)));
    return cells.length <= names.length && !isLoose && areTold && (has('password') || has('access key id'));
  };
  return isKnown && errors.length === 0 && data.length <= maxRows + 1 && data.slice(1).every(isTaken);
}

/** Whether all lines are those of one access key, each there once. */
export function isOnlyKeyLines(text: string): boolean {
  const names = linesIn(text).map((line) => keyLine.exec(line)?.[1]?.toLowerCase() ?? '');
  const isRoot = names.includes('awsaccesskeyid') || names.includes('awssecretkey');
  // Of two Regions one would be lost.
  const hasTwoRegions = names.includes('aws_region') && names.includes('aws_default_region');
  const areKnown = !names.includes('') && !hasTwoRegions && new Set(names).size === names.length;
  return areKnown && (!isRoot || names.length === 2);
}

/**
 * Whether a file of profiles has only such as have a key, with settings that a record has too.
 *
 * @param taken - How many profiles were found to have one.
 */
export function isOnlyProfiles(text: string, taken: number): boolean {
  const lines = linesIn(text);
  const sections: string[][] = [];
  for (const line of lines) {
    const match = profileLine.exec(line);
    if (match === null) return false;
    if (match[1] === undefined) sections.push([]);
    else if (sections.length === 0) return false;
    else sections.at(-1)?.push(match[1].toLowerCase());
  }
  return sections.length === taken && sections.every((names) => new Set(names).size === names.length);
}

/**
 * Whether a file is one key in DER or PuTTY's form, or so many PEM blocks, and nothing around them.
 *
 * @param content - Not changed.
 * @param taken - How many blocks were taken.
 */
export function isOnlyBlocks(content: Uint8Array, taken: number): boolean {
  const blocks = findPemBlocks(content);
  if (blocks.length === 0) return taken === 1 && (looksLikeDer(content) || isOnlyPpk(content));
  let around = '';
  let from = 0;
  for (const { label, inner } of blocks) {
    const start = inner.byteOffset - content.byteOffset;
    around += asBuffer(content.subarray(from, start - `-----BEGIN ${label}-----`.length)).toString() + '\n';
    from = start + inner.length + `-----END ${label}-----`.length;
  }
  around += asBuffer(content.subarray(from)).toString();
  return blocks.length === taken && linesIn(around).every((line) => bagLine.test(line));
}

/**
 * Whether a file has no more than the public keys that were found in it; what stands before one in a line is lost.
 *
 * @param content - Not changed.
 * @param taken - How many were found.
 */
export function isOnlyPublicKeys(content: Uint8Array, taken: number): boolean {
  if (looksLikeDer(content)) return true;
  const text = new TextDecoder().decode(content).trim();
  if (/^---- BEGIN SSH2 PUBLIC KEY ----\s/.test(text)) {
    const ends = text.split('---- END SSH2 PUBLIC KEY ----');
    return ends.length === 2 && ends[1] === '';
  }
  const lines = linesIn(text);
  if (lines.every((line) => publicLine.test(line))) return lines.length === taken;
  return isOnlyBlocks(content, taken);
}

function isOnlyPpk(content: Uint8Array): boolean {
  if (findPpk(content) < 0) return false;
  const lines = linesIn(
    asBuffer(content)
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, ''),
  );
  const count = (start: string) => lines.filter((line) => line.startsWith(start)).length;
  const isFirst = lines[0]?.startsWith('PuTTY-User-Key-File-') === true && count('PuTTY-User-Key-File-') === 1;
  return isFirst && lines.at(-1)?.startsWith('Private-MAC:') === true && count('Private-MAC:') === 1;
}

/** Those that are not blank. */
function linesIn(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
}
