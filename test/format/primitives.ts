import { createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';

/** Section numbers in this folder are those of docs/FORMAT.md, from which alone it is written. */
export class Unreadable extends Error {}

/** Called with each intermediate value, for the test vectors. */
export type Trace = (name: string, value: Uint8Array | string) => void;

export const ascii = (text: string) => Buffer.from(text, 'utf8');
export const label = (purpose: string) => ascii(`coffer/1/${purpose}`);

export function unsigned(lengthBytes: number, value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.subarray(8 - lengthBytes);
}

/** Each part behind its length as u32. */
export function LP(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => [unsigned(4, part.length), part]));
}

export const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
export const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]) =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest();
export const hkdf = (material: Uint8Array, salt: Uint8Array, info: Uint8Array, lengthBytes: number) =>
  Buffer.from(hkdfSync('sha256', material, salt, info, lengthBytes));

/** RFC 6238 with SHA-1 and six digits. */
export function totp(secret: Uint8Array, window: number): number {
  const mac = createHmac('sha1', secret).update(unsigned(8, window)).digest();
  return (mac.readUInt32BE((mac[19] ?? 0) & 15) & 0x7fffffff) % 1_000_000;
}

/** @param sealed - Ciphertext and tag. */
export function openGcm(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associatedData: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
  decipher.setAAD(associatedData);
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}

/** Takes a layout apart from front to back. */
export class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(lengthBytes: number): Buffer {
    if (this.#at + lengthBytes > this.#bytes.length) throw new Unreadable('cut short');
    this.#at += lengthBytes;
    return this.#bytes.subarray(this.#at - lengthBytes, this.#at);
  }

  number(lengthBytes: number): number {
    const value = BigInt(`0x${this.take(lengthBytes).toString('hex')}`);
    if (value > 2n ** 53n - 1n) throw new Unreadable('number too high');
    return Number(value);
  }

  float(): number {
    return this.take(8).readDoubleBE();
  }

  end(): void {
    if (!this.isAtEnd) throw new Unreadable('something follows');
  }
}
