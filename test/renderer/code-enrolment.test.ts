import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { CodeEnrolment } from '../../renderer/state/code-enrolment.svelte';
import { type QrPath, qrPath } from '../../renderer/state/qr-path';
import { TestBridge, refuse } from './bridge';
import { isWiped, text } from './samples';

const secretText = 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP';
const uri = `otpauth://totp/Coffer:W%C3%B6rk?secret=${secretText.replaceAll(' ', '')}&issuer=Coffer`;
const bytesOf = (value: string) => new TextEncoder().encode(value);

/** Paints the path as a screen would, four pixels a square, and reads it as a phone would. */
function read({ size, path }: QrPath): string {
  const scale = 4;
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < scale; row += 1) {
      const start = ((Number(y) * scale + row) * width + Number(x) * scale) * 4;
      for (let at = 0; at < scale; at += 1) data.set([0, 0, 0, 255], start + at * 4);
    }
  }
  return decodeQR({ width, height: width, data });
}

function setup(prove: () => Record<string, never> | ReturnType<typeof refuse> = () => ({})) {
  const proved: string[][] = [];
  const bridge = new TestBridge({
    'ways:begin-codes': () => ({ secretText: bytesOf(secretText), uri: bytesOf(uri) }),
    'ways:prove-codes': ({ first, second }) => {
      proved.push([text(first), text(second)]);
      return prove();
    },
  });
  return { bridge, proved, codes: new CodeEnrolment(bridge.api) };
}

test('a QR code says what it was made of', () => {
  for (const said of [uri, 'a', 'ü'.repeat(100)]) expect(read(qrPath(said))).toBe(said);
});

test('the secret is shown to scan and to type, and asked for once', async () => {
  const { bridge, codes } = setup();
  await codes.begin();
  await codes.begin();
  expect(bridge.requestsOf('ways:begin-codes')).toHaveLength(1);
  expect(codes.groups.join(' ')).toBe(secretText);
  expect(read(codes.qr!)).toBe(uri);
});

test('two codes prove it; then the secret is dropped and the bytes are wiped', async () => {
  const { bridge, proved, codes } = setup();
  await codes.begin();
  codes.first = '123 456';
  expect(await codes.prove()).toBe(false);
  expect(codes.failure).toContain('six digits');
  codes.second = '654321';
  expect(await codes.prove()).toBe(true);
  expect(proved).toEqual([['123456', '654321']]);
  expect([codes.isProved, codes.qr, codes.groups, codes.first]).toEqual([true, null, [], '']);
  const [sent] = bridge.requestsOf('ways:prove-codes');
  expect([isWiped(sent?.['first']), isWiped(sent?.['second'])]).toEqual([true, true]);
  expect(await codes.prove()).toBe(true);
  expect(proved).toHaveLength(1);
});

test('codes that do not follow each other are refused, and the secret stays', async () => {
  const { codes } = setup(() => refuse('wrong-code', 'The two codes do not follow each other'));
  await codes.begin();
  codes.first = '123456';
  codes.second = '123456';
  expect(await codes.prove()).toBe(false);
  expect([codes.failure, codes.isProved, codes.first]).toEqual(['The two codes do not follow each other.', false, '']);
  expect(codes.qr).not.toBeNull();
  codes.clear();
  expect([codes.qr, codes.groups]).toEqual([null, []]);
});
