import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { sayFirst } from '../../preload/words/first';
import { say } from '../../preload/words/say';
import { areas, firstArea } from '../../scripts/lib/words';
import { messages, readMain, readScreens, readShared, wronglyAsked } from '../support/messages';

const root = path.resolve(import.meta.dirname, '../..');
const keys = Object.keys(messages);
const main = readMain();
const [screens, shared] = [readScreens(), readShared()];

/** What is no language, or is not shown, with the reason. */
const exceptions: readonly (readonly [file: RegExp, text: RegExp, reason: string])[] = [
  [/^main\/dbus\//, /./, 'what the bus is told, and errors that end where its callers catch them'],
  [/^main\/desktop\/auto-lock\/linux-watch/, /^(\$\{\}[. ])?[A-Z]\w+( [A-Z]\w+)?$/, 'names of the bus'],
  [/^main\/store\//, /^(SELECT|INSERT|DELETE|UPDATE|CREATE|BEGIN|typeof)\b/, 'SQL'],
  [/^main\/(index|compose|ipc\/gate)\.ts$/, /./, 'the log, read in a terminal'],
  [/./, /-----?(BEGIN|END)? ?|PRIVATE KEY|PUBLIC KEY$|CERTIFICATE/, 'marks of files with keys'],
  [/^main\/keys\/ppk-/, /^(Encryption|Comment|Key|Argon2|Public|Private|PuTTY-User)(-|:|$)/, 'lines of PuTTY’s files'],
  [
    /^main\/keys\/(public-write|legacy-pem|pbes2)\.ts$/,
    /^(Camellia|Blowfish|#cloud-config|Comment: |Proc-Type|DEK-Info: A)/,
    'lines of key files, and names of ciphers',
  ],
  [
    /^main\/(ipc\/import\/(aws-answers|left-over|tables|recognise|public-keys)|keys\/aws-json)\.ts$/,
    /^([A-Z][A-Za-z]+|user name|(secret )?access key id|secret access key|console (login link|sign-in url)| AAAA)$|^(PuTTY-User|SSH PRIVATE|Private-MAC)/,
    'names in what AWS and others hand out',
  ],
  [/^main\/ipc\/import\/(settle|relations)\.ts$/, /^(public half|private key)$/, 'names in the program'],
  [/^main\/ipc\/import\/places\.ts$/, /^Downloads$/, 'name of a folder'],
  [
    /^main\/credentials\/(certificate|key-pair|key-pair-parts|sign-in)\.ts$/,
    /^(Created here|Imported( from a file)?|[Pp]ublic key alone|IAM user · \$\{\})$/,
    'is stored with the item',
  ],
  [/^main\/credentials\//, /^(RSA |Ed25519)$/, 'names of algorithms'],
  [/^main\/credentials\/regions\.ts$/, /./, 'what AWS calls its Regions'],
  [/^main\/credentials\/guide\//, /^`[^`]+`[.]?$/, 'to be typed as it stands'],
  [/^main\/credentials\/(shell-lines|rdp-file|certificate-exports)\.ts$/, /./, 'lines of files, and a program'],
  [/^main\/credentials\/access-key-exports\.ts$/, /^Access key ID,Secret access key/, 'AWS’s own file'],
  [/^main\/credentials\/key-pair-exports\.ts$/, /^(ec2-user|admin) \(/, 'names of users and systems'],
  [/^main\/credentials\/windows-password\.ts$/, /^Administrator$/, 'name of a user'],
  [/^main\/files\/ssh-/, /^(HostName|User|IdentityFile|IdentitiesOnly|Host \$\{\}\$\{\})/, 'lines of ssh’s file'],
  [/^main\/ipc\/export-merge\.ts$/, /^(HostName|User|IdentityFile)$/, 'lines of ssh’s file'],
  [/^main\/files\/autostart-file\.ts$/, /=|^\[Desktop Entry\]/, 'lines of a file of the desktop'],
  [/^main\/files\/(vault-file|owner-only)\.ts$/, /^(SQLite format|System32$)/, 'names of a format and of a folder'],
  [/^main\/files\/backup-folder\.ts$/, /^\$\{\} backups$/, 'name of a folder'],
  [/^main\/vault\//, /^(by hand|before restore)$/, 'part of the name of a file'],
  [/^main\/ipc\/handlers\//, /\.(coffer|pdf)$/, 'names of files'],
  [
    /^main\/ipc\/handlers\/computer\.ts$/,
    /^(Coffer|Electron|Chromium|Node) \$|^ \(evaluation runtime\)$/,
    'versions, for reports of defects',
  ],
  [/^main\/(ipc\/accelerator|files\/preferences)\.ts$/, /^[A-Z][A-Za-z+]+$/, 'keys, as Electron names them'],
  [
    /^main\/ipc\/(warm-up|wire-errors)\.ts$/,
    /^(Test|Old|\$\{\} server \$\{\}| {4}at )$/,
    'made up, or read by programs',
  ],
  [/^main\/desktop\/(app-protocol|clipboard\/|update-check|print-page|tray-icon)/, /./, 'formats, scripts and files'],
  [/^main\/(desktop\/|errors)/, /^Coffer(Error)?$/, 'name of the product'],
];

describe('the file of messages', () => {
  test('is sorted by key, and each key says its area', () => {
    expect(keys).toEqual([...keys].sort());
    expect(keys.filter((key) => !/^[a-z0-9-]+[.][a-z0-9-]+$/.test(key))).toEqual([]);
  });

  test('has messages that are whole and that the library reads', () => {
    for (const [key, message] of Object.entries(messages)) {
      expect(message, key).toBe(message.trim());
      expect(message, key).not.toBe('');
      // The typographic apostrophe: the other one quotes.
      expect(message, key).not.toMatch(/'/);
      expect(() => new IntlMessageFormat(message, 'en'), key).not.toThrow();
      // The library knows no difference between them.
      const tags = [...message.matchAll(/<([a-z]+)>/g)].map(([, tag]) => tag);
      expect(
        tags.filter((tag) => new RegExp(`[{]${tag}[,}]`).test(message)),
        `${key}: values with the name of a tag`,
      ).toEqual([]);
    }
  });

  test('has no message that nothing uses', () => {
    const used = (key: string) => [main, screens, shared].some(({ strings }) => strings.has(key));
    expect(keys.filter((key) => !used(key))).toEqual([]);
  });

  test('has nothing but text and values in what is said before the library is there', () => {
    const first = keys.filter((key) => firstArea.test(key));
    expect(first.filter((key) => /[{](?!\w+[}])|[<']/.test(messages[key] ?? ''))).toEqual([]);
    expect(sayFirst('main-first.expected-a-plain-file', { what: 'vault' })).toBe('vault: expected a plain file');
    expect(say('main-first.expected-a-plain-file', { what: 'vault' })).toBe('vault: expected a plain file');
  });
});

describe('the main process', () => {
  test('has no words but those of the messages', () => {
    const left = main.texts.filter(
      ({ file, text }) => !exceptions.some(([of, what]) => of.test(file) && what.test(text)),
    );
    expect(left.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
  });

  test('needs every exception that is made for it', () => {
    const isNeeded = ([of, what]: (typeof exceptions)[number]) =>
      main.texts.some(({ file, text }) => of.test(file) && what.test(text));
    expect(exceptions.filter((exception) => !isNeeded(exception))).toEqual([]);
  });

  test('gives the values that each message asks for, no more and no less', () => {
    expect(main.asked.length).toBeGreaterThan(1000);
    expect(wronglyAsked(main)).toEqual([]);
  });

  test('asks for no message that its build leaves out', () => {
    const asked = [...main.asked, ...shared.asked].filter(({ key }) => !areas.main.test(key) && !firstArea.test(key));
    expect(asked).toEqual([]);
  });

  test('says what it has to say before the window without the library and the other messages', () => {
    const early = loadedBy('main/index.ts', loadedBy('main/ipc/first-answer.ts'));
    expect(early).toContain('preload/words/first.ts');
    expect(early).not.toContain('preload/words/say.ts');
    const late = main.asked.filter(({ file, key }) => firstArea.test(key) !== early.has(file));
    expect(late).toEqual([]);
  });
});

/** Files that are loaded with one: what it imports for more than types, and so on. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const { statements } = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  for (const statement of statements.filter(ts.isImportDeclaration)) {
    const { importClause, moduleSpecifier } = statement;
    const from = (moduleSpecifier as ts.StringLiteral).text;
    const named = importClause?.namedBindings;
    const names = named !== undefined && ts.isNamedImports(named) ? named.elements : [];
    const isOfTypes = names.length > 0 && names.every(({ isTypeOnly }) => isTypeOnly);
    if (!from.startsWith('.') || importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword || isOfTypes) continue;
    const target = path.posix.join(path.posix.dirname(file), from);
    const imported = [`${target}.ts`, `${target}/index.ts`].find((name) => existsSync(path.join(root, name)));
    if (imported !== undefined) loadedBy(imported, found);
  }
  return found;
}
