import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { exportFormats } from '../../main/credentials/descriptor';
import { expect, test } from '@playwright/test';
import type { WayAttempt } from '../../main/vault/ways/way-requests';
import { Authenticator, fromBase32 } from '../support/authenticator';
import { filesToImport, titlesIn } from './demo-files';
import { root } from './support';

interface DemoReport {
  readonly vault: string;
  readonly password: string;
  readonly steps: readonly { name: string; ok: boolean; ms: number }[];
  readonly records: readonly {
    id: string;
    kind: string;
    title: string;
    fingerprints: { awsCreated: string; awsImported: string; openssh: string };
  }[];
  readonly totpSecretBase32: string;
  readonly recoveryCode: string;
  readonly keyFile: string;
  readonly clipboard: { readonly before: string | null; readonly after: string | null };
  readonly ways: readonly { slot: string; factors: readonly string[]; id: string }[];
  readonly drag: { file: string; mode: string; folderMode: string; dropped: string; goneAfterMs: number };
  readonly imports: readonly { file: string; outcome: string; kind: string; fingerprints: string[]; message: string }[];
  readonly exports: readonly { record: string; format: string; file: string; passphrase?: string }[];
}

let out: string;
let report: DemoReport;

test.beforeAll(async () => {
  // Some minutes by itself, more beside other tests on a slow machine: nine derivations of a key, and waiting for the next code.
  test.setTimeout(1_500_000);
  out = mkdtempSync(path.join(tmpdir(), 'coffer-demo-'));
  const given = filesToImport(out);
  await promisify(execFile)(process.execPath, [path.join(root, 'scripts/demo/run.mjs'), out, ...given]);
  report = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8')) as DemoReport;
});
test.afterAll(() => {
  rmSync(out, { recursive: true, force: true });
});

const openssl = (...args: string[]) => execFileSync('openssl', args);
const read = (file: string) => readFileSync(path.join(out, file));
const publicLineOf = (record: string) => {
  const { file } = report.exports.find((entry) => entry.record === record && entry.format === 'public') ?? { file: '' };
  return read(file).toString().trim();
};
const colons = (digest: Buffer) => digest.toString().trim().split('= ').at(-1) ?? '';

/** Formats in which the demo exports both key pairs, as ssh and openssl read them. */
const keyFormats: readonly string[] = ['pkcs1', 'pkcs8', 'openssh', 'public'];
const pairs = () => report.records.filter(({ kind }) => kind === 'key-pair');
const keyExports = () => report.exports.filter(({ format }) => keyFormats.includes(format));

test('every step of the demo succeeds, with one of each kind, both key pairs and every format', () => {
  expect(report.steps.filter(({ ok }) => !ok)).toEqual([]);
  expect(report.records.map(({ kind }) => kind)).toEqual([
    ...['key-pair', 'key-pair', 'account', 'sign-in', 'access-key', 'certificate', 'windows-password'],
  ]);
  expect(new Set(report.exports.map(({ format }) => format))).toEqual(new Set(exportFormats));
  const made = keyExports().map(({ record, format, passphrase }) => [
    report.records.findIndex(({ id }) => id === record),
    format,
    passphrase !== undefined,
  ]);
  const both = (pair: number, format: string) => [
    [pair, format, false],
    [pair, format, true],
  ];
  expect(made).toEqual([
    ...['pkcs1', 'pkcs8', 'openssh'].flatMap((format) => both(0, format)),
    [0, 'public', false],
    ...['openssh', 'pkcs8'].flatMap((format) => both(1, format)),
    [1, 'public', false],
  ]);
});

test('xclip saw the copied password, and then no more of it; the screen’s lock was among the steps', () => {
  expect(report.clipboard.before).toMatch(/^.{20}$/);
  expect(report.clipboard.after).toBe(null);
  expect(report.steps.map(({ name }) => name)).toContain('lock when the screen locks, and unlock again');
});

test('every file of the folder is told of: taken in, held, refused with its reason, or behind a passphrase', () => {
  expect(report.imports.map(({ file, outcome, kind }) => [file, outcome, kind])).toEqual([
    ['cert.pem', 'imported', 'certificate'],
    ['key', 'imported', 'key-pair'],
    ['key copy', 'held', 'key-pair'],
    ['key.pub', 'held', 'key-pair'],
    ['large.pem', 'refused', ''],
    ['letter.pem', 'refused', ''],
    ['locked', 'imported', 'key-pair'],
    ['locked.pub', 'held', 'key-pair'],
    ['other', 'passphrase', ''],
    ['other.pub', 'imported', 'key-pair'],
    ['pk.pem', 'imported', 'certificate'],
    ['rootkey.csv', 'imported', 'access-key'],
  ]);
  const fingerprintsOf = (name: string) => report.imports.find(({ file }) => file === name)?.fingerprints ?? [];
  const listed = execFileSync('ssh-keygen', ['-lf', path.join(out, 'given/key.pub')])
    .toString()
    .split(' ')[1];
  expect(fingerprintsOf('key')).toContain(listed);
  expect(fingerprintsOf('rootkey.csv')).toEqual(['AKIAIOSFODNN7AAAAAAA']);
  const certificate = openssl('x509', '-in', path.join(out, 'given/cert.pem'), '-noout', '-fingerprint', '-sha256');
  expect(fingerprintsOf('cert.pem')).toContain(certificate.toString().trim().split('=')[1]);
  const reasons = report.imports.filter(({ outcome }) => outcome === 'refused').map(({ message }) => message);
  expect(new Set(reasons).size).toBe(2);
});

test('ssh-keygen and openssl read every private key as the exported public key', () => {
  for (const { record, format, file, passphrase = '' } of keyExports().filter((entry) => entry.format !== 'public')) {
    const full = path.join(out, file);
    expect(statSync(full).mode & 0o777).toBe(file.endsWith('.pem') ? 0o400 : 0o600);
    const isRsa = record === report.records[0]?.id;
    if (format !== 'openssh' && isRsa)
      openssl('pkey', '-check', '-noout', '-passin', `pass:${passphrase}`, '-in', full);
    if (format === 'pkcs8' && !isRsa) {
      const der = openssl('pkey', '-in', full, '-passin', `pass:${passphrase}`, '-pubout', '-outform', 'DER');
      const blob = Buffer.from(publicLineOf(record).split(' ')[1] ?? '', 'base64');
      expect(der.subarray(-32).equals(blob.subarray(-32))).toBe(true);
      continue;
    }
    const line = execFileSync('ssh-keygen', ['-y', '-P', passphrase, '-f', full]).toString().trim();
    expect(line.split(' ').slice(0, 2)).toEqual(publicLineOf(record).split(' ').slice(0, 2));
  }
});

test('openssl, ssh and puttygen read the exports of the other kinds', () => {
  const fileOf = (format: string) => path.join(out, report.exports.find((one) => one.format === format)?.file ?? '');
  const passphraseOf = (format: string) => report.exports.find((one) => one.format === format)?.passphrase ?? '';
  const modulus = (tool: string, file: string) => openssl(tool, '-in', file, '-noout', '-modulus').toString();
  expect(modulus('rsa', fileOf('x509-key'))).toBe(modulus('x509', fileOf('x509-cert')));
  for (const format of ['pkcs12', 'pkcs12-legacy']) {
    const options = format === 'pkcs12' ? [] : ['-legacy'];
    const pass = `pass:${passphraseOf(format)}`;
    expect(openssl('pkcs12', '-in', fileOf(format), '-passin', pass, '-nokeys', ...options).toString()).toContain(
      'admin',
    );
  }
  const config = execFileSync('ssh', ['-G', '-F', fileOf('ssh-config'), 'demo-web']).toString();
  expect(config).toContain('hostname web.example.com');
  for (const format of ['ppk2', 'ppk3']) {
    const secret = path.join(out, `${format}-passphrase`);
    writeFileSync(secret, passphraseOf(format), { mode: 0o600 });
    const line = execFileSync('puttygen', [fileOf(format), '-L', '--old-passphrase', secret]).toString();
    rmSync(secret);
    expect(publicLineOf(pairs()[0]?.id ?? '')).toContain(line.split(' ')[1]);
  }
});

test('the fingerprints on the screens are those of openssl and ssh-keygen', () => {
  const [rsa, ed25519] = pairs();
  const pem =
    report.exports.find(({ format, passphrase }) => format === 'pkcs1' && passphrase === undefined)?.file ?? '';
  const full = path.join(out, pem);
  const pkcs8 = openssl('pkcs8', '-topk8', '-nocrypt', '-outform', 'DER', '-in', full);
  const spki = openssl('rsa', '-pubout', '-outform', 'DER', '-in', full);
  const digest = (name: string, input: Buffer) => colons(execFileSync('openssl', [name, '-c'], { input }));
  expect(rsa?.fingerprints.awsCreated).toBe(digest('sha1', pkcs8));
  expect(rsa?.fingerprints.awsImported).toBe(digest('md5', spki));
  for (const record of pairs()) {
    const listed = execFileSync('ssh-keygen', ['-lf', '-'], { input: publicLineOf(record.id) }).toString();
    expect(record.fingerprints.openssh).toBe(listed.split(' ')[1]);
  }
  expect(`SHA256:${ed25519?.fingerprints.awsCreated ?? ''}`).toBe(ed25519?.fingerprints.openssh);
});

test('the dragged key was for the user alone, was read by the program that it was dropped on, and was gone after a minute', () => {
  const { file, mode, folderMode, dropped, goneAfterMs } = report.drag;
  expect([mode, folderMode]).toEqual(['0600', '0700']);
  const line = execFileSync('ssh-keygen', ['-y', '-P', '', '-f', path.join(out, dropped)])
    .toString()
    .trim();
  expect(line).toBe(publicLineOf(pairs()[0]?.id ?? ''));
  expect(existsSync(path.join(out, file))).toBe(false);
  expect(goneAfterMs).toBeGreaterThan(59_000);
  expect(goneAfterMs).toBeLessThan(90_000);
});

test('the vault opens by each of the ways of the report, and by nothing less', async () => {
  expect(report.ways.map(({ slot, factors }) => [slot, ...factors])).toEqual([
    ['password', 'totp'],
    ['recovery'],
    ['password', 'key-file'],
  ]);
  const authenticator = new Authenticator(report.totpSecretBase32);
  // After the window whose code the demo used last.
  const laterMs = Date.now() + 60_000;
  const slotOf = (...factors: string[]) =>
    Buffer.from(
      report.ways.find((way) => way.slot === 'password' && way.factors.join() === factors.join())?.id ?? '',
      'hex',
    );
  const nothing = { code: null, keyFile: null, securityKey: null, computer: null };
  const byPassword = { kind: 'password', password: Buffer.from(report.password), ...nothing } as const;
  const byCode = { ...byPassword, slot: slotOf('totp') };
  const byFile = { ...byPassword, slot: slotOf('key-file') };
  const digest = createHash('sha256').update(read(report.keyFile)).digest();
  const otherDigest = createHash('sha256').update(digest).digest();
  const code = Buffer.from(authenticator.codeAt(laterMs));
  const titles = report.records.map(({ title }) => title);

  expect(await titlesBehind({ ...byCode, code }, laterMs)).toEqual(expect.arrayContaining(titles));
  expect(await titlesBehind({ ...byFile, keyFile: digest }, laterMs)).toEqual(expect.arrayContaining(titles));
  const recovery: WayAttempt = { kind: 'recovery', recoveryCode: Buffer.from(report.recoveryCode) };
  expect(await titlesBehind(recovery, laterMs)).toEqual(expect.arrayContaining(titles));

  const otherCode = Buffer.from(authenticator.codeAt(laterMs, 100));
  await expect(titlesBehind({ ...byCode, code: otherCode }, laterMs)).rejects.toMatchObject({ code: 'wrong-password' });
  await expect(titlesBehind({ ...byFile, keyFile: otherDigest }, laterMs)).rejects.toMatchObject({
    code: 'wrong-password',
  });
  const alone = { ...byPassword, slot: null };
  await expect(titlesBehind(alone, laterMs)).rejects.toMatchObject({ code: 'not-found' });
  const ofTheCopy = titlesBehind(recovery, laterMs, 'demo-copy.coffer');
  await expect(ofTheCopy).rejects.toMatchObject({ code: 'wrong-password' });
});

test('key file and recovery sheet are for the user alone', () => {
  for (const file of [report.keyFile, 'recovery-sheet.pdf'])
    expect(statSync(path.join(out, file)).mode & 0o777).toBe(0o600);
  expect(read(report.keyFile)).toHaveLength(32);
  expect(read('recovery-sheet.pdf').subarray(0, 5).toString()).toBe('%PDF-');
});

test('vault, backups, copy and profile hold no secret, no name and no key of the demo', () => {
  const bodies = keyExports()
    .filter(({ format }) => format !== 'public')
    .map(({ file }) => read(file).toString().split('\n')[2] ?? '');
  const needles = [
    report.password,
    ...report.records.flatMap(({ title, fingerprints }) => [title, ...Object.values(fingerprints)]),
    ...pairs().map(({ id }) => publicLineOf(id).split(' ')[1] ?? ''),
    ...keyExports().flatMap(({ file, passphrase }) => [path.basename(file), passphrase ?? report.password]),
    ...bodies.filter((line) => line.length > 30),
    'demo-web-server',
    'Made by the demo',
    report.totpSecretBase32,
    report.totpSecretBase32.match(/.{4}/g)?.join(' ') ?? '',
    report.recoveryCode,
    report.clipboard.before ?? report.password,
    report.recoveryCode.replaceAll(' ', ''),
    report.recoveryCode.replaceAll(' ', '').slice(0, 26),
  ];
  expect(needles.length).toBeGreaterThan(45);
  const keyFile = read(report.keyFile);
  const raw = { 'key file': keyFile, 'digest of the key file': createHash('sha256').update(keyFile).digest() };
  const rawSecrets = { ...raw, 'secret of the authenticator app': fromBase32(report.totpSecretBase32) };
  const backups = listFiles('demo backups');
  expect(backups.length).toBeGreaterThan(1);
  const files = [
    report.vault,
    'demo-copy.coffer',
    ...backups,
    ...listFiles('demo-copy backups'),
    ...listFiles('profile'),
  ];
  for (const file of files) {
    const content = read(file);
    for (const needle of needles) {
      expect(content.includes(needle), `${needle} in ${file}`).toBe(false);
      expect(content.includes(Buffer.from(needle, 'utf16le')), `${needle} (UTF-16) in ${file}`).toBe(false);
    }
    for (const [name, bytes] of Object.entries(rawSecrets)) {
      const forms = [
        bytes,
        ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(bytes.toString(form))),
      ];
      for (const form of forms) expect(content.includes(form), `${name} in ${file}`).toBe(false);
    }
  }
  const ownFiles = readdirSync(out).filter((name) => name.includes('.coffer'));
  expect(ownFiles.sort()).toEqual(['demo-copy.coffer', 'demo.coffer', 'demo.coffer-key']);
});

const titlesBehind = (attempt: WayAttempt, nowMs: number, file = report.vault) =>
  titlesIn(path.join(out, file), attempt, nowMs);

function listFiles(folder: string): string[] {
  return readdirSync(path.join(out, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(out, path.join(entry.parentPath, entry.name)));
}
