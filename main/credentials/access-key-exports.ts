import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { copyBytes } from '../keys/bytes';
import type { ExportChoice, ExportFormat, ExportOption, Exported, RecordBody } from './descriptor';
import { textField } from './field';
import { fileStemOf } from './file-stem';
import { textOf } from './plain-kind';
import { shellLines, type Shell } from './shell-lines';

const shellOf: Partial<Record<ExportFormat, Shell>> = {
  'env-sh': 'sh',
  'env-powershell': 'powershell',
  'env-fish': 'fish',
};

const profileField = textField('profile', say('main-access-key.profile'), 64, {
  help: say('main-access-key.name-for-profile-default-is-used'),
  isRequired: true,
});

type Words = Pick<ExportOption, 'label' | 'note' | 'fileName' | 'destinations'> & Partial<ExportOption>;

/**
 * How an access key can be exported.
 *
 * @param title - For file names and the profile's.
 */
export function accessKeyExports(body: RecordBody, title: string): ExportOption[] {
  const stem = fileStemOf(title) || fileStemOf(textOf(body, 'user')) || 'access-key';
  const toFile = ['clipboard', 'dialog'] as const;
  const options = [
    option('aws-credentials', {
      label: say('main-access-key.profile-in-aws-credentials'),
      note: say('main-access-key.merged-nothing-of-anyone-elses-is-touched-the'),
      fileName: 'credentials',
      destinations: ['merge'],
      fields: [profileField],
    }),
    option('env-sh', {
      label: say('main-access-key.lines-for-sh-bash-and-zsh'),
      note: say('main-access-key.variables-for-one-terminal-what-is'),
      fileName: `${stem}.sh`,
      destinations: toFile,
    }),
    option('env-powershell', {
      label: say('main-access-key.lines-for-powershell'),
      note: say('main-access-key.variables-for-one-window'),
      fileName: `${stem}.ps1`,
      destinations: toFile,
    }),
    option('env-fish', {
      label: say('main-access-key.lines-for-fish'),
      note: say('main-access-key.variables-for-one-terminal'),
      fileName: `${stem}.fish`,
      destinations: toFile,
    }),
    option('access-key-csv', {
      label: say('main-access-key.accesskeys-csv-as-aws-hands-out'),
      note: say('main-access-key.for-programs-that-import-it-it'),
      fileName: 'accessKeys.csv',
      destinations: ['dialog'],
    }),
  ];
  if (textOf(body, 'region') === '') return options;
  const config = option('aws-config', {
    label: say('main-access-key.region-in-aws-config'),
    note: say('main-access-key.merged-like-the-credentials-it-holds'),
    fileName: 'config',
    destinations: ['merge'],
    fields: [profileField],
    isPrivate: false,
  });
  return options.toSpliced(1, 0, config);
}

/**
 * Does an export.
 *
 * @returns Bytes are fresh, and the caller's.
 * @throws CofferError `bad-request` for a format that access keys do not have.
 */
export function writeAccessKeyExport(body: RecordBody, { format, values }: ExportChoice): Exported {
  const section = (values['profile'] ?? '').trim();
  if (format === 'aws-credentials') {
    const settings = variablesOf(body).map(([name, value]) => ({ name: name.toLowerCase(), value: copyBytes(value) }));
    return { type: 'merge', target: 'aws-credentials', section, settings };
  }
  if (format === 'aws-config') {
    const region = new TextEncoder().encode(textOf(body, 'region'));
    return { type: 'merge', target: 'aws-config', section, settings: [{ name: 'region', value: region }] };
  }
  if (format === 'access-key-csv') return { type: 'file', bytes: csvOf(body) };
  const shell = shellOf[format];
  if (shell === undefined) {
    throw new CofferError('bad-request', say('main-access-key.format-expected-one-that-an-access-key-can'));
  }
  const region = textOf(body, 'region');
  const variables = variablesOf(body);
  if (region !== '') variables.push(['AWS_DEFAULT_REGION', new TextEncoder().encode(region)]);
  return { type: 'file', bytes: shellLines(shell, variables) };
}

/** AWS's names of the parts; values are the body's. */
function variablesOf(body: RecordBody): (readonly [string, Uint8Array])[] {
  const id = new TextEncoder().encode(textOf(body, 'accessKeyId'));
  const variables: (readonly [string, Uint8Array])[] = [
    ['AWS_ACCESS_KEY_ID', id],
    ['AWS_SECRET_ACCESS_KEY', secretOf(body)],
  ];
  const token = body.get('sessionToken');
  return token === undefined ? variables : [...variables, ['AWS_SESSION_TOKEN', token]];
}

/**
 * Two columns under AWS's headings. Neither value can hold a comma, quote or line break (access-key-rules.ts), so there is nothing
 * that a library for CSV would do, and the secret does not become a string.
 */
function csvOf(body: RecordBody): Uint8Array {
  const before = Buffer.from(`Access key ID,Secret access key\r\n${textOf(body, 'accessKeyId')},`);
  const secret = secretOf(body);
  const csv = new Uint8Array(before.length + secret.length + 2);
  csv.set(before);
  csv.set(secret, before.length);
  csv.set([0x0d, 0x0a], before.length + secret.length);
  return csv;
}

function secretOf(body: RecordBody): Uint8Array {
  const secret = body.get('secretAccessKey');
  if (secret === undefined)
    throw new CofferError('bad-request', say('main-access-key.secret-access-key-this-record-has-none-to'));
  return secret;
}

function option(format: ExportFormat, words: Words): ExportOption {
  return { format, isPrivate: true, takesComment: false, passphrase: 'none', fields: [], ...words };
}
