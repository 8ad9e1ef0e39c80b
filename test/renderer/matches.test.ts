import { expect, test } from 'vitest';
import { piecesOf } from '../../renderer/state/matches';

test.each([
  ['Web server', 'web', ['[Web]', ' server']],
  ['Web server', 'SER we', ['[We]', 'b ', '[ser]', 'ver']],
  ['Produção', 'cao', ['Produ', '[ção]']],
  ['Straße', 'ss', ['Stra', '[ß]', 'e']],
  ['aaa', 'aa', ['[aaa]']],
  ['cafe\u0301s', 'cafes', ['[cafe\u0301s]']],
  ['e\u0301a', 'e', ['[e\u0301]', 'a']],
  ['\u0301a', 'a', ['\u0301', '[a]']],
  ['abab', 'x', ['abab']],
  ['', 'x', []],
  ['any', '  ', ['any']],
])('%j searched for %j is marked as %j', (text, query, pieces) => {
  expect(piecesOf(text, query).map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))).toEqual(pieces);
});
