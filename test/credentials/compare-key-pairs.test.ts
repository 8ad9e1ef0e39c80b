import { expect, test } from 'vitest';
import { compareKeyPairs, type HeldKeyPair } from '../../main/credentials/compare-key-pairs';
import { generateKeyPair } from '../../main/keys/generate';
import { fingerprintsOf } from '../../main/keys/fingerprints';

const signal = new AbortController().signal;

function held(id: string, hasPrivateKey: boolean, fingerprints: readonly string[]): HeldKeyPair {
  return { id, title: `Title of ${id}`, hasPrivateKey, fingerprints };
}

function listed(keyName: string, fingerprint: string) {
  return { keyName, fingerprint, keyType: '', keyPairId: '' };
}

test('EC2’s fingerprints are found whichever way the key came there, and in whatever form EC2 shows them', async () => {
  const [rsa, ed25519] = await Promise.all([generateKeyPair('rsa-2048', signal), generateKeyPair('ed25519', signal)]);
  const [ofRsa, ofEd25519] = [fingerprintsOf(rsa), fingerprintsOf(ed25519)];
  const ours = [
    held('rsa', true, [ofRsa.awsCreated, ofRsa.awsImported]),
    held('ed25519', true, [ofEd25519.awsCreated, ofEd25519.awsImported]),
    held('public only', false, ['', ofRsa.awsImported]),
  ];
  const theirs = [
    listed('made by AWS', ofRsa.awsCreated.toUpperCase()),
    listed('imported', ofRsa.awsImported),
    listed('ed25519', `${ofEd25519.awsCreated}=`),
    listed('of somebody else', 'aa:bb'),
  ];
  const compared = compareKeyPairs(theirs, ours);
  expect(compared.map(({ keyName, held: found }) => [keyName, found.map(({ id }) => id)])).toEqual([
    ['made by AWS', ['rsa']],
    ['imported', ['rsa', 'public only']],
    ['ed25519', ['ed25519']],
    ['of somebody else', []],
  ]);
});

test('an unknown fingerprint of ours is not the empty one of theirs', () => {
  expect(compareKeyPairs([listed('odd', ' ')], [held('a', false, [''])])[0]?.held).toEqual([]);
});
