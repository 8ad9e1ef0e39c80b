import type { CodeDayRow } from '../../../main/store/rows';
import { hashOfDay } from '../../../main/vault/ways/code-table';
import { type Defect, errors, withBody } from './defect';

/** Where the hash of a day stands in the header body of a vault with one slot: after slot, 1, skew, window and count. */
const hashAt = (index: number) => 183 + 1 + 1 + 8 + 1 + 36 * index + 4;

/** The table for codes. */
export const codeDefects: readonly Defect[] = [
  days('code-offset', 'a bit of an offset is flipped', ([one, two, three]) => [one!, flipped(two!), three!]),
  days('code-day-missing', 'a day is gone', ([one, , three]) => [one!, three!]),
  days('code-first-day-missing', 'the first day is gone', ([, two, three]) => [two!, three!]),
  days('code-day-doubled', 'a day stands there again as the next one', (all) => [
    ...all,
    { day: all[2]!.day + 1, offsets: all[2]!.offsets },
  ]),
  days('code-days-swapped', 'the offsets of two days are swapped', ([one, two, three]) => [
    one!,
    { ...two!, offsets: three!.offsets },
    { ...three!, offsets: two!.offsets },
  ]),
  days('code-days-moved', 'all days are moved on by one', (all) => all.map((row) => ({ ...row, day: row.day + 1 }))),
  days('code-table-gone', 'the table is gone', () => []),
  days('code-day-short', 'a day has an offset less', ([one, two, three]) => [
    one!,
    { ...two!, offsets: two!.offsets.slice(3) },
    three!,
  ]),
  {
    ...days('code-day-oversize', 'a day has 32 MiB', ([one, two, three]) => [
      one!,
      { ...two!, offsets: new Uint8Array(2 ** 25) },
      three!,
    ]),
    error: errors.file,
  },
  {
    ...days('code-days-many', 'there are 101 days', ([one]) =>
      Array.from({ length: 101 }, (_, n) => ({ day: one!.day + n, offsets: new Uint8Array(3) })),
    ),
    error: errors.file,
  },
  {
    name: 'code-offset-forged',
    defect: 'an offset of another day is flipped, with hash and digest that fit: the MAC of the header does not',
    hasCodes: true,
    error: errors.header,
    make: async (kit) => {
      const { rows } = await kit.vaultWithCodes();
      const third = flipped(rows.days[2]!);
      const header = withBody(rows, (body) => {
        body.set(hashOfDay(third), hashAt(2));
        return body;
      });
      kit.write({ ...rows, header, days: [rows.days[0]!, rows.days[1]!, third] });
    },
  },
  {
    name: 'code-used-again',
    defect: 'the last accepted window is set back, with a digest that fits, to use a code again',
    hasCodes: true,
    error: errors.header,
    make: async (kit) => {
      const vault = await kit.vaultWithCodes();
      await kit.forgeHeader((body) => void body.writeBigUInt64BE(1n, 185), vault);
    },
  },
  {
    name: 'code-rows-without-table',
    defect: 'a vault without codes has a row for them',
    error: errors.codes,
    derivations: 0,
    make: (kit) => kit.change('INSERT INTO code_day (day, offsets) VALUES (20000, zeroblob(8640))'),
  },
];

function flipped(row: CodeDayRow): CodeDayRow {
  return { ...row, offsets: row.offsets.map((byte, at) => (at === 8000 ? byte ^ 1 : byte)) };
}

function days(
  name: string,
  defect: string,
  change: (rows: readonly CodeDayRow[]) => readonly CodeDayRow[],
): Defect & { readonly derivations: 0 } {
  const make: Defect['make'] = async (kit) => {
    const { rows } = await kit.vaultWithCodes();
    kit.write({ ...rows, days: change(rows.days) });
  };
  return { name, defect, hasCodes: true, error: errors.codes, derivations: 0, make };
}
