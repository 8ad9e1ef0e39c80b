import { type Defect, errors, headerAt } from './defect';

const four = (value: number) => (body: Buffer, at: number) => void body.writeUInt32BE(value, at);

/** Headers that anybody can forge: the digest takes no key. All are refused before a derivation is paid. */
export const headerDefects: readonly Defect[] = [
  cost('cost-4-tib', 'the slot asks Argon2id for 4 TiB', (body) => four(0xffffffff)(body, headerAt.memory)),
  cost('cost-too-cheap', 'the slot asks for 64 KiB, to make guessing cheap', (body) => four(64)(body, headerAt.memory)),
  cost('cost-passes', 'the slot asks for 4,294,967,295 passes', (body) => four(0xffffffff)(body, headerAt.passes)),
  cost('cost-product', 'memory and passes are each within bounds, their product is not', (body) => {
    four(1024 * 1024)(body, headerAt.memory);
    four(16)(body, headerAt.passes);
  }),
  cost('cost-no-lanes', 'the slot asks for no lanes', (body) => four(0)(body, headerAt.lanes)),
  cost('salt-too-short', 'the salt has 8 bytes', (body) => void (body[headerAt.saltLength] = 8)),
  cost('salt-too-long', 'the salt has 255 bytes', (body) => void (body[headerAt.saltLength] = 255)),
  slots('slots-0', 'the header has no slot', 0),
  slots('slots-17', 'the header counts 17 slots', 17),
  slots('slots-255', 'the header counts 255 slots, the most that its one byte can say', 255),
  {
    name: 'slots-16-of-1',
    defect: 'the header counts 16 slots and holds one',
    error: { code: 'vault-damaged', message: '' },
    derivations: 0,
    make: (kit) => kit.forgeHeader((body) => void (body[headerAt.slotCount] = 16)),
  },
  {
    name: 'slot-kind',
    defect: 'a slot of a kind that format 1 does not have',
    error: errors.slot,
    derivations: 0,
    make: (kit) => kit.forgeHeader((body) => void (body[headerAt.slotKind] = 3)),
  },
  {
    name: 'slot-factor',
    defect: 'a slot with a factor that format 1 does not have',
    error: errors.slot,
    derivations: 0,
    make: (kit) => kit.forgeHeader((body) => void (body[headerAt.slotFactors] = 16)),
  },
  {
    name: 'recovery-with-factors',
    defect: 'a recovery slot that asks for a key file',
    error: errors.slot,
    derivations: 0,
    make: (kit) =>
      kit.forgeHeader((body) => {
        body[headerAt.slotKind] = 2;
        body[headerAt.slotFactors] = 2;
      }),
  },
  {
    name: 'codes-without-table',
    defect: 'a slot asks for codes and there is no table for them',
    error: errors.header,
    derivations: 0,
    make: (kit) => kit.forgeHeader((body) => void (body[headerAt.slotFactors] = 1)),
  },
  {
    name: 'header-longer',
    defect: 'a byte follows the header',
    error: errors.layout,
    derivations: 0,
    make: (kit) => kit.forgeHeader((body) => Buffer.concat([body, Buffer.of(0)])),
  },
  {
    name: 'header-shorter',
    defect: 'the last byte of the header is missing',
    error: errors.layout,
    derivations: 0,
    make: (kit) => kit.forgeHeader((body) => body.subarray(0, -1)),
  },
  {
    name: 'header-magic',
    defect: 'the header does not begin with COFFER',
    error: errors.header,
    derivations: 0,
    make: (kit) => kit.forgeHeader((body) => void (body[0] = 0x63)),
  },
  {
    name: 'format-newer',
    defect: 'the header is of format 2',
    error: { code: 'newer-format', message: 'format 2' },
    derivations: 0,
    make: (kit) => kit.forgeHeader((body) => void (body[headerAt.format] = 2)),
  },
  {
    name: 'format-0',
    defect: 'the header is of format 0',
    error: errors.header,
    derivations: 0,
    make: (kit) => kit.forgeHeader((body) => void (body[headerAt.format] = 0)),
  },
  {
    name: 'header-digest',
    defect: 'a bit of the salt is flipped, the digest left as it was: damage, and not a wrong password',
    error: errors.header,
    derivations: 0,
    make: async (kit) => {
      const { rows } = await kit.vault('a');
      const body = Buffer.from(rows.header.body);
      body[headerAt.saltLength + 1] = (body[headerAt.saltLength + 1] ?? 0) ^ 1;
      kit.write({ ...rows, header: { ...rows.header, body } });
    },
  },
  {
    name: 'header-oversize',
    defect: 'the header has 65,537 bytes',
    error: errors.file,
    derivations: 0,
    make: (kit) => kit.change('UPDATE header SET body = zeroblob(65537)'),
  },
  {
    name: 'header-huge',
    defect: 'the header has 32 MiB',
    error: errors.file,
    derivations: 0,
    make: (kit) => kit.change('UPDATE header SET body = zeroblob(33554432)'),
  },
  {
    name: 'notes-oversize',
    defect: 'the notes on the ways in have 65,537 bytes',
    error: errors.file,
    derivations: 0,
    make: (kit) => kit.change('UPDATE header SET notes = zeroblob(65537)'),
  },
  {
    name: 'header-missing',
    defect: 'there is no header',
    error: errors.file,
    derivations: 0,
    make: (kit) => kit.change('DELETE FROM header'),
  },
];

function cost(name: string, defect: string, change: (body: Buffer) => undefined): Defect {
  return { name, defect, error: errors.costs, derivations: 0, make: (kit) => kit.forgeHeader(change) };
}

function slots(name: string, defect: string, count: number): Defect {
  const make: Defect['make'] = (kit) => kit.forgeHeader((body) => void (body[headerAt.slotCount] = count));
  return { name, defect, error: errors.header, derivations: 0, make };
}
