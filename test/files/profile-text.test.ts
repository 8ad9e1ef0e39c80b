import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkProfileName, findProfile, mergeProfile } from '../../main/files/profile-text';
import { profileChange, withoutProfile } from '../../main/files/profile-undo';

/** `npm run test:long` sets COFFER_LONG, and runs twenty times as many cases. */
const runs = (usual: number) => (process.env['COFFER_LONG'] === undefined ? usual : 20 * usual);
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const keyId = 'AKIAQNZGKIQY56JQ7WML';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const values = new Map([
  ['aws_access_key_id', bytesOf(keyId)],
  ['aws_secret_access_key', bytesOf(secret)],
  ['aws_session_token', null],
]);
const merged = (text: string, profile = 'web') =>
  textOf(mergeProfile(bytesOf(text), { file: 'credentials', profile, values }));
/** What a file is after a merge and its undoing. */
function undone(before: string): string {
  const profile = { file: 'credentials', profile: 'web' } as const;
  const change = profileChange(bytesOf(before), { ...profile, values });
  return textOf(withoutProfile(mergeProfile(bytesOf(before), { ...profile, values }), profile, change));
}
const lines = `aws_access_key_id = ${keyId}\naws_secret_access_key = ${secret}\n`;

describe('where a profile goes', () => {
  test.each([
    ['an empty file', '', `[web]\n${lines}`],
    ['a file with only a byte order mark', '\xef\xbb\xbf', `\xef\xbb\xbf[web]\n${lines}`],
    ['after others', '[a]\nx = 1\n', `[a]\nx = 1\n\n[web]\n${lines}`],
    ['after a last line that is cut short', '[a]\nx = 1', `[a]\nx = 1\n\n[web]\n${lines}`],
    ['with CRLF', '[a]\r\nx = 1\r\n', `[a]\r\nx = 1\r\n\r\n[web]\r\n${lines.replaceAll('\n', '\r\n')}`],
    ['an empty section', '[web]\n\n# b\n[b]\nx=1\n', `[web]\n${lines}\n# b\n[b]\nx=1\n`],
    [
      'an empty section before an indented one',
      '[web]\n  [b]\n  x=1\n',
      `[web]\n  ${lines.replace('\n', '\n  ')}  [b]\n  x=1\n`,
    ],
    ['a section cut short', '[web]\nregion = a', `[web]\nregion = a\n${lines}`],
    [
      'values replaced where they stand, as they are written',
      `[web]\n  AWS_Access_Key_ID:old\nother=1\naws_secret_access_key   =  old  \n[b]\n`,
      `[web]\n  AWS_Access_Key_ID:${keyId}\nother=1\naws_secret_access_key   =  ${secret}\n[b]\n`,
    ],
    [
      'the token of an older key taken out, and a value over several lines',
      `[web]\naws_session_token = a\n  b\n# c\n  d\naws_access_key_id = x\n  y\naws_secret_access_key = z\n`,
      `[web]\n# c\n${lines}`,
    ],
    [
      'an option that is there twice',
      `[web]\naws_access_key_id = x\naws_access_key_id = y\naws_secret_access_key = z\n`,
      `[web]\n${lines}`,
    ],
    [
      'what looks like a section but continues a value',
      `[a]\ns3 =\n  [web]\n  aws_access_key_id = x\n`,
      `[a]\ns3 =\n  [web]\n  aws_access_key_id = x\n\n[web]\n${lines}`,
    ],
    ['bytes that are no UTF-8', '# caf\xe9 \xa0\n[a]\nx = \xff\n', `# caf\xe9 \xa0\n[a]\nx = \xff\n\n[web]\n${lines}`],
    ['a section of the config file’s form is another', '[profile web]\nx=1\n', `[profile web]\nx=1\n\n[web]\n${lines}`],
    ['other sections that are there twice', '[a]\nx=1\n[a]\ny=1\n', `[a]\nx=1\n[a]\ny=1\n\n[web]\n${lines}`],
  ])('%s', (_, before, after) => {
    expect(merged(before)).toBe(after);
    expect(merged(after)).toBe(after);
  });
});

describe('the config file', () => {
  const region = new Map([['region', bytesOf('eu-west-1')]]);
  const config = (text: string, profile = 'web') =>
    textOf(mergeProfile(bytesOf(text), { file: 'config', profile, values: region }));

  test.each([
    ['a new profile', '', 'web', '[profile web]\nregion = eu-west-1\n'],
    ['the default profile', '', 'default', '[default]\nregion = eu-west-1\n'],
    [
      'the default profile under its other name',
      '[profile default]\n',
      'default',
      '[profile default]\nregion = eu-west-1\n',
    ],
    ['a name in quotes', '[profile "web"]\nregion=x\n', 'web', '[profile "web"]\nregion=eu-west-1\n'],
    [
      'nested options stay, and are not taken for ours',
      '[profile web]\ns3 =\n  region = mine\n  max = 1\noutput = json\n',
      'web',
      '[profile web]\ns3 =\n  region = mine\n  max = 1\noutput = json\nregion = eu-west-1\n',
    ],
    [
      'a plain section of the name is another',
      '[web]\nregion=x\n',
      'web',
      '[web]\nregion=x\n\n[profile web]\nregion = eu-west-1\n',
    ],
    [
      'sessions stay',
      '[sso-session web]\nregion=x\n',
      'web',
      '[sso-session web]\nregion=x\n\n[profile web]\nregion = eu-west-1\n',
    ],
  ])('%s', (_, before, profile, after) => {
    expect(config(before, profile)).toBe(after);
    expect(config(after, profile)).toBe(after);
  });
});

describe('refused, with its reason', () => {
  test.each([
    ['a profile that is there twice', '[web]\n[a]\n[web]\n', 'twice'],
    ['a name with spaces around it', '[ web ]\n', 'spaces'],
    ['UTF-16', '\xff\xfe[\0a\0]\0', 'plain text'],
    ['NUL bytes', '[a]\0\n', 'plain text'],
  ])('%s', (_, text, reason) => {
    expect(() => merged(text)).toThrow(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining(reason) as string }),
    );
  });

  test.each(['', ' a', 'a b', 'a]', '[a', '-a', 'DEFAULT', 'a\nb', 'x'.repeat(65), 'ä'])('the name %j', (name) => {
    expect(() => checkProfileName(name)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });
});

test('what stands under a name is told without its secret', () => {
  const text = `[web]\naws_access_key_id = ${keyId} \naws_secret_access_key = ${secret}\nregion = eu-west-1\n`;
  expect(findProfile(bytesOf(text), 'credentials', 'web')).toEqual({
    accessKeyId: keyId,
    region: 'eu-west-1',
    optionNames: ['aws_access_key_id', 'aws_secret_access_key', 'region'],
  });
  expect(findProfile(bytesOf(text), 'credentials', 'we')).toBeNull();
});

test.each([
  ['a new section goes', '[a]\nx = 1\n', '[a]\nx = 1\n\n'],
  ['an empty section stays', '[web]\n', null],
  ['values that were replaced come back, spaces and all', '[web]\nAWS_Access_Key_ID=  OLD  \n# c\nregion = x\n', null],
  ['lines that say the same stay', `[web]\naws_access_key_id = ${keyId}\noutput = json\n`, null],
  ['a value of several lines comes back', '[web]\naws_secret_access_key = a\n  b\n  c\n[b]\n', null],
  ['a token that was taken out comes back', '[web]\naws_access_key_id = OLD\naws_session_token = t\n', null],
  [
    'a token comes back at the end of its section',
    '[web]\naws_session_token = t\nregion = x\n[b]\n',
    '[web]\nregion = x\naws_session_token = t\n[b]\n',
  ],
])('taken out again: %s', (_, before, after) => {
  expect(undone(before)).toBe(after ?? before);
});

test('a profile that is there just so is not changed, and nothing of it is taken out', () => {
  const change = profileChange(bytesOf(`[web]\n${lines}`), { file: 'credentials', profile: 'web', values });
  expect(change).toEqual({ isNew: false, wrote: new Set(), before: new Map() });
  expect(undone(`[web]\n${lines}`)).toBe(`[web]\n${lines}`);
});

/** Lines that such files have, and such that they rather don't. */
const anyLine = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '# note',
    '; note',
    '[a]',
    '[b] # x',
    '  [c]',
    '[profile web]',
    '[profile b]',
    '[sso-session web]',
    '[web',
    'region = eu-west-1',
    'output=json',
    's3 =',
    '  max_concurrent_requests = 20',
    '\taddressing_style: path',
    'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
    '  aws_session_token = x',
    'AWS_SECRET_ACCESS_KEY=zzz',
    'no delimiter',
    '= x',
    'credential_process = "/opt/x y" --z',
    '\xef\xbb\xbf',
    'caf\xc3\xa9 = \xa0',
    '\x0b\x0c x = 1',
  ),
  fc.string({ unit: fc.constantFrom('[', ']', ' ', '\t', '=', ':', '#', 'a', 'w', '\xc3', '\xa0') }),
);
const anyFile = fc
  .tuple(
    fc.constantFrom('', '\xef\xbb\xbf'),
    fc.array(fc.tuple(anyLine, fc.constantFrom('\n', '\n', '\r\n', '\r'))),
    fc.boolean(),
    fc.option(fc.array(fc.tuple(anyLine, fc.constantFrom('\n', '\r\n')))),
  )
  .map(([mark, body, isCut, ours]) => {
    const own: [string, string][] = ours === null ? [] : [['[web]', '\n'], ...ours];
    const text = mark + [...body, ...own, ...body.slice(0, 2)].map((pair) => pair.join('')).join('');
    return isCut ? text.replace(/[\r\n]+$/, '') : text;
  });

const ourNames = /^[ \t\v\f]*(aws_access_key_id|aws_secret_access_key|aws_session_token)[ \t]*[=:]/i;

/** What one could keep of both texts by taking lines out only: whether `part` is left of `whole`. */
function isLeftOf(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const line of whole) if (part[at] === line) at += 1;
  return at === part.length;
}

test('every byte of a generated file that is not ours survives, and merging twice equals merging once', () => {
  let mergedFiles = 0;
  fc.assert(
    fc.property(anyFile, (before) => {
      let after: string;
      try {
        after = merged(before);
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad-request' });
        return;
      }
      mergedFiles += 1;
      expect(merged(after)).toBe(after);
      const split = (text: string) => text.split(/(?<=\n|\r(?!\n))/);
      const [was, is] = [split(before), split(after)];
      const found = findProfile(bytesOf(before), 'credentials', 'web');
      if (found === null) {
        // Nothing but an end: the file, a line break where it lacked one, our section.
        expect(after.startsWith(before)).toBe(true);
        expect(after.slice(before.length)).toMatch(
          /^(\r?\n){0,2}\[web\]\r?\naws_access_key_id = \S+\r?\naws_secret_access_key = \S+\r?\n$/,
        );
        return;
      }
      // Undone, every line is there again; a token and what is there twice may be elsewhere, or be gone.
      const sorted = (text: string) =>
        split(text)
          .flatMap((line) => line.trim() || [])
          .sort();
      const isPlain = ['aws_session_token', ...found.optionNames].every(
        (name, at, all) => all.indexOf(name) === at || !ourNames.test(`${name}=`),
      );
      if (isPlain) expect(sorted(undone(before))).toEqual(sorted(before));
      // Of what was there, only our three options in our section, with the lines that continue them, may be gone.
      const own = is.filter((line) => ourNames.test(line) && (line.includes(keyId) || line.includes(secret)));
      expect(own).toHaveLength(2);
      const kept = was.filter((_, at) => !isOursAt(was, at)).map((line) => line.replace(/[\r\n]+$/, ''));
      expect(
        isLeftOf(
          kept,
          is.map((line) => line.replace(/[\r\n]+$/, '')),
        ),
      ).toBe(true);
    }),
    { numRuns: runs(3000) },
  );
  expect(mergedFiles).toBeGreaterThan(runs(1000));
});

/** Whether a line may go: one of our options, or an indented line after one, with blank lines and comments between. */
function isOursAt(all: readonly string[], at: number): boolean {
  if (ourNames.test(all[at] ?? '')) return true;
  if (!/^[ \t\v\f]+[^ \t\v\f\r\n#;]/.test(all[at] ?? '')) return false;
  const before = all.slice(0, at).findLastIndex((line) => !/^[ \t\v\f\r\n]*([#;]|$)/.test(line));
  return before >= 0 && isOursAt(all, before);
}
