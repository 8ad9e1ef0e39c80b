import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyNameFrom } from '../../renderer/state/key-name';

describe('EC2 name suggested for a title', () => {
  const cases: [title: string, name: string][] = [
    ['Web server, production', 'web-server-production'],
    ['  spaces around  ', 'spaces-around'],
    ['Größe Café', 'gro-e-cafe'],
    ['../../.bashrc', 'bashrc'],
    ['v1.2_final', 'v1.2_final'],
    ['مفتاح الخادم', 'key-pair'],
    ['🔑', 'key-pair'],
    ['', ''],
  ];
  for (const [title, name] of cases) {
    test(`${JSON.stringify(title)} gives ${JSON.stringify(name)}`, () => expect(keyNameFrom(title)).toBe(name));
  }

  test('any title gives a name that EC2 takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 600 }), (title) => {
        expect(keyNameFrom(title)).toMatch(/^[a-z0-9_][a-z0-9._-]{0,254}$/);
        expect(keyNameFrom(title)).not.toMatch(/[-.]$/);
      }),
    );
  });
});
