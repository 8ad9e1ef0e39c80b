import { expect, test } from 'vitest';
import { certificateExports } from '../../main/credentials/certificate-exports';
import { dragChoicesOf, dragFormats } from '../../main/credentials/drag-choices';
import { keyPairExports } from '../../main/credentials/key-pair-exports';
import { allKinds } from '../../main/credentials/kinds';
import { dragFormat } from '../../preload/format-shapes';

const names = { keyName: 'Web server', title: '' };
const shown = (options: Parameters<typeof dragChoicesOf>[0]) =>
  dragChoicesOf(options).map(({ format, files }) => [format, ...files.map(({ fileName }) => fileName)]);

test('an RSA key begins with the .pem of AWS, an Ed25519 key with that of OpenSSH', () => {
  expect(shown(keyPairExports({ isEd25519: false, hasPrivateKey: true }, names))).toEqual([
    ['pkcs1', 'Web-server.pem'],
    ['pkcs8', 'Web-server-pkcs8.pem'],
    ['openssh', 'Web-server'],
    ['ppk3', 'Web-server.ppk'],
    ['ppk2', 'Web-server-v2.ppk'],
    ['public', 'Web-server.pub'],
  ]);
  expect(shown(keyPairExports({ isEd25519: true, hasPrivateKey: true }, names))[0]).toEqual(['openssh', 'Web-server']);
});

test('a public key alone is dragged as such', () => {
  expect(shown(keyPairExports({ isEd25519: true, hasPrivateKey: false }, names))).toEqual([
    ['public', 'Web-server.pub'],
  ]);
});

test('a certificate begins with both its files, and needs no passphrase for any', () => {
  const choices = dragChoicesOf(certificateExports('ABC'));
  expect(shown(certificateExports('ABC'))).toEqual([
    ['x509-pair', 'pk-ABC.pem', 'cert-ABC.pem'],
    ['x509-key', 'pk-ABC.pem'],
    ['x509-cert', 'cert-ABC.pem'],
  ]);
  expect(choices.flatMap(({ files }) => files).filter(({ passphrase }) => passphrase === 'required')).toEqual([]);
});

test('no option asks for more than a format, and all are files', () => {
  const keyPairs = keyPairExports({ isEd25519: false, hasPrivateKey: true }, names);
  for (const { files } of [...dragChoicesOf(keyPairs), ...dragChoicesOf(certificateExports('ABC'))]) {
    for (const { destinations, fields } of files) {
      expect(destinations).toContain('dialog');
      expect(fields.filter(({ isRequired }) => isRequired)).toEqual([]);
    }
  }
});

test('the bridge knows the same formats, and key pairs and certificates are what can be dragged', () => {
  expect(dragFormat.options).toEqual(dragFormats);
  const draggable = allKinds
    .filter(({ descriptor }) => descriptor.isDraggable)
    .map(({ descriptor }) => descriptor.kind);
  expect(draggable).toEqual(['certificate', 'key-pair']);
});
