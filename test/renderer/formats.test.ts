import { expect, test } from 'vitest';
import { inSentence } from '../../renderer/state/formats';

test.each([
  ['Access key', 'access key'],
  ['AWS account', 'AWS account'],
  ['X.509 signing certificate', 'X.509 signing certificate'],
  ['Windows password', 'Windows password'],
  ['', ''],
])('%j within a sentence is %j', (label, within) => {
  expect(inSentence(label)).toBe(within);
});
