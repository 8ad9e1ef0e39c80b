import { expect, test } from 'vitest';
import { systemRandom } from '../../main/crypto/random';
import { rememberText } from '../../main/crypto/remembered-text';

test('a text is known again, others and those in part are not', () => {
  const remembered = rememberText('correct horse ü', systemRandom);
  expect(remembered.is('correct horse ü')).toBe(true);
  for (const other of ['', 'correct horse', 'correct horse ü ', 'Correct horse ü'])
    expect(remembered.is(other)).toBe(false);
});

test('what is kept is not the text, differs each time, and is wiped', () => {
  const given: Uint8Array[] = [];
  const random = (length: number) => {
    const bytes = systemRandom(length);
    given.push(bytes);
    return bytes;
  };
  const remembered = rememberText('secret', random);
  rememberText('secret', random);
  expect(given.map(({ length }) => length)).toEqual([32, 32]);
  expect(given[0]).not.toEqual(given[1]);
  remembered.forget();
  expect(given[0]).toEqual(new Uint8Array(32));
  expect(remembered.is('secret')).toBe(false);
});
