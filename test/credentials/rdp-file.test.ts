import { expect, test } from 'vitest';
import { writeRdpFile } from '../../main/credentials/rdp-file';

const address = 'ec2-203-0-113-25.compute-1.amazonaws.com';

test('holds address and user name, and no password', () => {
  const text = new TextDecoder().decode(writeRdpFile({ address, userName: 'Administrator' }));
  expect(text.split('\r\n')).toEqual([
    `full address:s:${address}`,
    'username:s:Administrator',
    'prompt for credentials:i:1',
    'authentication level:i:2',
    '',
  ]);
});

test('is UTF-16 with a byte order mark if the user name needs it', () => {
  const bytes = writeRdpFile({ address, userName: 'FIRMA\\Müller' });
  expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
  expect(new TextDecoder('utf-16le').decode(bytes)).toContain('username:s:FIRMA\\Müller\r\n');
});

test.each(['203.0.113.25', '203.0.113.25:3390', '2001:db8::1', '[2001:db8::1]:3389', 'host', 'a-b.example.org.'])(
  'the address %j is taken',
  (given) => {
    expect(new TextDecoder().decode(writeRdpFile({ address: given, userName: 'x' }))).toContain(`:s:${given}\r\n`);
  },
);

test.each([
  '',
  ' ',
  'a b',
  'host\r\nalternate shell:s:calc.exe',
  'host\n',
  'host\u2028x',
  'https://host',
  'host:port',
  'a'.repeat(256),
])('the address %j is refused', (given) => {
  expect(() => writeRdpFile({ address: given, userName: 'Administrator' })).toThrow(/Address: expected/);
});

test.each(['', ' x', 'x ', 'a\r\nb', 'a:b', 'a"b', 'x'.repeat(105), '\ud800'])(
  'the user name %j is refused',
  (given) => {
    expect(() => writeRdpFile({ address, userName: given })).toThrow(/User name: expected/);
  },
);
