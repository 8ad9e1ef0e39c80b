import { asBuffer } from './bytes';
import type { KeyFile } from './readers/reader';

/** How much of a file without PEM blocks is looked at. */
const headBytes = 256;

/** PEM labels of what people give by mistake. */
const labels: Readonly<Record<string, string>> = {
  'PUBLIC KEY': 'a public key',
  'RSA PUBLIC KEY': 'a public key',
  'OPENSSH PUBLIC KEY': 'a public key',
  CERTIFICATE: 'a certificate',
  'TRUSTED CERTIFICATE': 'a certificate',
  'X509 CERTIFICATE': 'a certificate',
  'CERTIFICATE REQUEST': 'a certificate request',
  'NEW CERTIFICATE REQUEST': 'a certificate request',
  'DSA PRIVATE KEY': 'a DSA key, which EC2 does not take',
  'EC PRIVATE KEY': 'an ECDSA key, which EC2 does not take',
  'SSH2 ENCRYPTED PRIVATE KEY': "a private key in ssh.com's format",
  'PGP PRIVATE KEY BLOCK': 'a PGP key',
};

/** What files start with. The first match counts. */
const heads: readonly (readonly [RegExp, string])[] = [
  [/^SSH PRIVATE KEY FILE FORMAT 1/, 'an SSH-1 private key, which nothing takes any more'],
  [/^---- BEGIN SSH2 ENCRYPTED PRIVATE KEY/m, "a private key in ssh.com's format"],
  [/^---- BEGIN SSH2 PUBLIC KEY/m, 'a public key'],
  [/^\S+-cert-v01@openssh\.com /, 'an OpenSSH certificate'],
  [/^(ssh|ecdsa|sk)-\S+ AAAA/, 'a public key'],
  [/^0[\x80-\x84]/, 'a binary file (DER or PKCS#12)'],
];

/**
 * Says what a file is, if no reader takes it.
 *
 * @param file - Not changed.
 * @returns The user's message: what was found and what is accepted; nothing of the file's content.
 */
export function refusalOf(file: KeyFile): string {
  const known = file.blocks.map(({ label }) => labels[label]).find((what) => what !== undefined);
  const found = known ?? (file.blocks.length > 0 ? 'a PEM block of another type' : headOf(file.bytes));
  return `key file: found ${found}; expected an RSA or Ed25519 private key in PKCS#1, PKCS#8, OpenSSH or PuTTY format`;
}

function headOf(bytes: Uint8Array): string {
  const head = asBuffer(bytes.subarray(0, headBytes))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  return heads.find(([pattern]) => pattern.test(head))?.[1] ?? 'no private key';
}
