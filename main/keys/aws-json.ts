import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** 5000 key pairs, a Region's limit, make some 2 MB. */
const maxJsonBytes = 4 * 1024 * 1024;
/** EC2's own limit for names, and more than any identifier or fingerprint has. */
const maxTextLength = 255;
const maxPasswordDataLength = 16 * 1024;
const maxKeyPairs = 10_000;

/** What EC2 says of one key pair. */
export interface ListedKeyPair {
  readonly keyName: string;
  /** As EC2 shows it. */
  readonly fingerprint: string;
  /** `rsa`, `ed25519`, or empty: older versions of the API leave it out. */
  readonly keyType: string;
  /** `key-` and hex digits, or empty. */
  readonly keyPairId: string;
}

/** What `aws ec2 get-password-data` prints. */
export interface PasswordDataAnswer {
  /** `i-` and hex digits, or empty. */
  readonly instanceId: string;
  /** Base64; empty if the password is not ready. */
  readonly passwordData: string;
  /** When the data was last updated, as EC2 writes it; or empty. */
  readonly timestamp: string;
}

/**
 * Reads the JSON of `aws ec2 describe-key-pairs`. None of it is secret.
 *
 * @param bytes - At most 4 MiB.
 * @returns In the order of the file.
 * @throws CofferError `bad-request` if it is another file, or damaged.
 * @see EC2 API Reference, DescribeKeyPairs.
 */
export function parseKeyPairList(bytes: Uint8Array): ListedKeyPair[] {
  const list = property(parseJson(bytes, say('main-keys.key-pairs'), 'describe-key-pairs'), 'KeyPairs');
  if (!Array.isArray(list) || list.length > maxKeyPairs) {
    throw refused(say('main-keys.key-pairs'), say('main-keys.the-json-of-aws-ec2-describe', { maxKeyPairs }));
  }
  return list.map((item: unknown) => {
    const keyPair = {
      keyName: textOf(item, 'KeyName', maxTextLength),
      fingerprint: textOf(item, 'KeyFingerprint', maxTextLength),
      keyType: textOf(item, 'KeyType', maxTextLength),
      keyPairId: textOf(item, 'KeyPairId', maxTextLength),
    };
    if (keyPair.fingerprint === '')
      throw refused(say('main-keys.key-pairs'), say('main-keys.a-keyfingerprint-for-each-of-them'));
    return keyPair;
  });
}

/**
 * Reads the JSON of `aws ec2 get-password-data`.
 *
 * @param bytes - At most 4 MiB.
 * @returns Null if it is no JSON object, so that it may be base64.
 * @throws CofferError `bad-request` for JSON of another sort.
 * @see EC2 API Reference, GetPasswordData.
 */
export function parsePasswordData(bytes: Uint8Array): PasswordDataAnswer | null {
  const first = bytes.find((byte) => byte > 0x20 && byte < 0x80);
  if (first !== 0x7b) return null;
  const answer = parseJson(bytes, say('main-keys.password-data'), 'get-password-data');
  if (typeof property(answer, 'PasswordData') !== 'string') {
    throw refused(say('main-keys.password-data'), say('main-keys.the-json-of-aws-ec2-get'));
  }
  return {
    instanceId: textOf(answer, 'InstanceId', maxTextLength),
    passwordData: textOf(answer, 'PasswordData', maxPasswordDataLength),
    timestamp: textOf(answer, 'Timestamp', maxTextLength),
  };
}

/**
 * Brings a fingerprint of a key pair to one form, by which fingerprints are compared.
 *
 * @param fingerprint - As EC2, ssh-keygen or Coffer shows it: hex digits in either case, or base64 with or without padding and
 * `SHA256:`.
 * @returns Colon-separated hex in lower case, or unpadded base64.
 */
export function comparableFingerprint(fingerprint: string): string {
  const text = fingerprint.trim();
  if (/^([0-9a-f]{2}:)+[0-9a-f]{2}$/i.test(text)) return text.toLowerCase();
  return text.replace(/^SHA256:/, '').replace(/=+$/, '');
}

function parseJson(bytes: Uint8Array, field: string, command: string): unknown {
  if (bytes.length > maxJsonBytes) throw refused(field, say('main-keys.at-most-4-mib-of-json'));
  try {
    return JSON.parse(new TextDecoder(isUtf16(bytes) ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The cause is left out: JSON's message quotes the text.
    throw refused(field, say('main-keys.the-json-that-aws-ec2-prints', { command }));
  }
}

/** Windows PowerShell's `>` writes UTF-16 with a byte order mark. */
function isUtf16(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** A text of the JSON; absent is empty. */
function textOf(value: unknown, name: string, maxLength: number): string {
  const text = property(value, name) ?? '';
  if (typeof text !== 'string' || text.length > maxLength)
    throw refused(name, say('main-keys.a-text-of-at-most-characters', { maxLength }));
  return text;
}

function refused(field: string, expectation: string): CofferError {
  return new CofferError('bad-request', say('main-keys.expected', { field, expectation }));
}
