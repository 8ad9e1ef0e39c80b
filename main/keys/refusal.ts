import { say } from '../../preload/words/say';
import { asBuffer } from './bytes';
import type { KeyFile } from './readers/reader';

/** How much of a file without PEM blocks is looked at. */
const headBytes = 256;

/** PEM labels of what people give by mistake. */
const labels: Readonly<Record<string, string>> = {
  'PUBLIC KEY': say('main-keys.a-public-key'),
  'RSA PUBLIC KEY': say('main-keys.a-public-key'),
  'OPENSSH PUBLIC KEY': say('main-keys.a-public-key'),
  CERTIFICATE: say('main-keys.a-certificate'),
  'TRUSTED CERTIFICATE': say('main-keys.a-certificate'),
  'X509 CERTIFICATE': say('main-keys.a-certificate'),
  'CERTIFICATE REQUEST': say('main-keys.a-certificate-request'),
  'NEW CERTIFICATE REQUEST': say('main-keys.a-certificate-request'),
  'DSA PRIVATE KEY': say('main-keys.a-dsa-key-which-ec2-does'),
  'EC PRIVATE KEY': say('main-keys.an-ecdsa-key-which-ec2-does'),
  'SSH2 ENCRYPTED PRIVATE KEY': say('main-keys.a-private-key-in-ssh-coms'),
  'PGP PRIVATE KEY BLOCK': say('main-keys.a-pgp-key'),
};

/** What files start with. The first match counts. */
const heads: readonly (readonly [RegExp, string])[] = [
  [/^SSH PRIVATE KEY FILE FORMAT 1/, say('main-keys.an-ssh-1-private-key-which')],
  [/^---- BEGIN SSH2 ENCRYPTED PRIVATE KEY/m, say('main-keys.a-private-key-in-ssh-coms')],
  [/^---- BEGIN SSH2 PUBLIC KEY/m, say('main-keys.a-public-key')],
  [/^\S+-cert-v01@openssh\.com /, say('main-keys.an-openssh-certificate')],
  [/^(ssh|ecdsa|sk)-\S+ AAAA/, say('main-keys.a-public-key')],
  [/^0[\x80-\x84]/, say('main-keys.a-binary-file-der-or-pkcs')],
];

/**
 * Says what a file is, if no reader takes it.
 *
 * @param file - Not changed.
 * @returns The user's message: what was found and what is accepted; nothing of the file's content.
 */
export function refusalOf(file: KeyFile): string {
  const known = file.blocks.map(({ label }) => labels[label]).find((what) => what !== undefined);
  const found = known ?? (file.blocks.length > 0 ? say('main-keys.a-pem-block-of-another-type') : headOf(file.bytes));
  return say('main-keys.key-file-found-expected-an-rsa-or-ed25519', { found });
}

function headOf(bytes: Uint8Array): string {
  const head = asBuffer(bytes.subarray(0, headBytes))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  return heads.find(([pattern]) => pattern.test(head))?.[1] ?? say('main-keys.no-private-key');
}
