import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { copyBytes } from '../keys/bytes';
import { findCertificates } from '../keys/certificate';
import { writePrivateKey } from '../keys/export';
import { writePkcs12 } from '../keys/pkcs12-write';
import type {
  ExportChoice,
  ExportDestination,
  ExportFormat,
  ExportOption,
  Exported,
  RecordBody,
  RecordContext,
} from './descriptor';
import { textOf } from './plain-kind';

const toFolder: readonly ExportDestination[] = ['ec2-folder', 'dialog'];
const toDialog: readonly ExportDestination[] = ['dialog'];
const toClipboard: readonly ExportDestination[] = ['clipboard', 'dialog'];
/** A shell's line that sets a variable. */
const lines: Readonly<Record<string, (name: string, value: string) => string>> = {
  'env-ec2-sh': (name, value) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  'env-ec2-powershell': (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
  'env-ec2-fish': (name, value) => `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
};

/**
 * How a certificate can be exported.
 *
 * @param certificateId - In the names of its files.
 */
export function certificateExports(certificateId: string): ExportOption[] {
  return [
    option('x509-key', `pk-${certificateId}.pem`, {
      label: say('main-certificate.private-key-pk-pem'),
      note: say('main-certificate.for-the-ec2-tools-which-take'),
      isPrivate: true,
      passphrase: 'optional',
      destinations: toFolder,
    }),
    option('x509-cert', `cert-${certificateId}.pem`, {
      label: say('main-certificate.certificate-cert-pem'),
      note: say('main-certificate.what-you-upload-to-aws-and'),
      destinations: toFolder,
    }),
    option('pkcs12', `${certificateId}.p12`, {
      label: say('main-certificate.pkcs-12-p12'),
      note: say('main-certificate.key-and-certificate-in-one-file-under-a'),
      isPrivate: true,
      passphrase: 'required',
    }),
    option('pkcs12-legacy', `${certificateId}-old.p12`, {
      label: say('main-certificate.pkcs-12-for-old-windows'),
      note: say('main-certificate.triple-des-and-sha-1-only-where-the'),
      isPrivate: true,
      passphrase: 'required',
    }),
    ...shellOption('env-ec2-sh', 'sh', 'ec2-credentials.sh'),
    ...shellOption('env-ec2-powershell', 'PowerShell', 'ec2-credentials.ps1'),
    ...shellOption('env-ec2-fish', 'fish', 'ec2-credentials.fish'),
  ];
}

/** Does one of {@link certificateExports}; the kinds' `writeExport` says what holds. */
export async function writeCertificateExport(
  body: RecordBody,
  { format, passphrase }: ExportChoice,
  context: RecordContext,
): Promise<Exported> {
  const shellLine = Object.hasOwn(lines, format) ? lines[format] : undefined;
  if (shellLine !== undefined) {
    const [key, certificate] = [pathOf(context, 'x509-key'), pathOf(context, 'x509-cert')];
    return file(`${shellLine('EC2_PRIVATE_KEY', key)}\n${shellLine('EC2_CERT', certificate)}\n`);
  }
  if (format === 'x509-cert') return file(textOf(body, 'certificate'));
  const pkcs8 = copyBytes(body.get('privateKey') ?? new Uint8Array());
  try {
    if (format === 'x509-key') {
      return { type: 'file', bytes: await writePrivateKey(pkcs8, 'pkcs8', { passphrase, comment: '' }) };
    }
    const [certificate] = findCertificates(new TextEncoder().encode(textOf(body, 'certificate')));
    if ((format !== 'pkcs12' && format !== 'pkcs12-legacy') || passphrase === null || certificate === undefined) {
      throw new CofferError(
        'bad-request',
        say('main-certificate.format-expected-one-that-certificates-are-exported-in'),
      );
    }
    const style = format === 'pkcs12' ? 'modern' : 'old';
    const friendlyName = textOf(body, 'certificateId');
    return { type: 'file', bytes: await writePkcs12(pkcs8, certificate, { style, passphrase, friendlyName }) };
  } finally {
    pkcs8.fill(0);
  }
}

function pathOf(context: RecordContext, format: ExportFormat): string {
  const path = context.exportedPath(format);
  if (path === null) {
    throw new CofferError('bad-request', say('main-certificate.files-export-the-private-key-and-the-certificate'));
  }
  return path;
}

function file(text: string): Exported {
  return { type: 'file', bytes: new TextEncoder().encode(text) };
}

function option(
  format: ExportFormat,
  fileName: string,
  words: Pick<ExportOption, 'label' | 'note'> & Partial<ExportOption>,
): ExportOption {
  const base = {
    isPrivate: false,
    takesComment: false,
    passphrase: 'none',
    destinations: toDialog,
    fields: [],
  } as const;
  return { format, fileName, ...base, ...words };
}

function shellOption(format: ExportFormat, shell: string, fileName: string): ExportOption[] {
  const label = say('main-certificate.lines-for', { shell });
  const note = say('main-certificate.set-ec2-private-key-and-ec2');
  return [option(format, fileName, { label, note, destinations: toClipboard })];
}
