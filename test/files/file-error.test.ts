import { expect, test } from 'vitest';
import { CofferError } from '../../main/errors';
import { translateFileError } from '../../main/files/file-error';

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'no-permission'],
  ['EPERM', 'no-permission'],
  ['EROFS', 'no-permission'],
  ['EEXIST', 'file-exists'],
  ['ENOENT', 'not-found'],
  ['EIO', 'io-failed'],
])('%s becomes %s, with the thing’s name, and without the path', (systemCode, code) => {
  const error = Object.assign(new Error(`${systemCode}: x, open '/home/jo/my key'`), { code: systemCode });
  const translated = translateFileError(error, 'export folder');
  expect(translated).toBeInstanceOf(CofferError);
  expect(translated.code).toBe(code);
  expect(translated.message).toMatch(new RegExp(`^export folder: .*\\(${systemCode}\\)$`));
  expect(translated.message).not.toContain('my key');
  expect(translated.cause).toBeUndefined();
});

test('what is translated already stays', () => {
  const error = new CofferError('bad-request', 'x');
  expect(translateFileError(error, 'file')).toBe(error);
});

test.each([[new Error('plain')], ['text'], [null], [undefined], [{ code: 'ENOSPC' }]])('%s is a failure', (error) => {
  expect(translateFileError(error, 'file')).toMatchObject({
    code: 'io-failed',
    message: 'file: reading or writing failed',
  });
});
