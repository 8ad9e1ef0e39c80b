import type { RawRows, RawVault } from '../raw-vault';
import { type Defect, errors } from './defect';

/** Changes the rows of vault `a`. */
type Change = (vault: RawVault, other: RawVault) => Partial<RawRows>;

/** Rows deleted, replayed, doubled, swapped. */
export const rowDefects: readonly Defect[] = [
  rows('page-missing', 'a page is gone', errors.set, ({ rows: { pages } }) => ({ pages: pages.slice(1) })),
  rows('page-doubled', 'a page stands there twice, under two numbers', errors.tag, ({ rows: { pages } }) => ({
    pages: [...pages, { ...pages[0]!, no: 9 }],
  })),
  rows('pages-swapped', 'two pages are swapped', errors.tag, ({ rows: { pages } }) => ({
    pages: pages.map((page, at) => ({ ...page, sealed: pages[1 - at]!.sealed })),
  })),
  rows('page-revision', 'the revision of a page is raised', errors.tag, ({ rows: { pages } }) => ({
    pages: pages.map((page) => ({ ...page, revision: page.revision + 1 })),
  })),
  rows('page-older', 'a page of an earlier commit is put back', errors.set, (vault) => {
    const { pages } = vault.snapshot();
    vault.saveAgain(1, 0, 'newer');
    return { pages: vault.rows.pages.map((page) => (page.no === 1 ? pages[0]! : page)) };
  }),
  rows('page-of-another-vault', 'a page of another vault with the same password', errors.tag, (vault, other) => ({
    pages: [vault.rows.pages[0]!, other.rows.pages[1]!],
  })),
  rows('page-empty', 'a page of no bytes', errors.tag, ({ rows: { pages } }) => ({
    pages: [{ ...pages[0]!, sealed: new Uint8Array() }, pages[1]!],
  })),
  rows('page-oversize', 'a page of more than 2 MiB', errors.file, ({ rows: { pages } }) => ({
    pages: [{ ...pages[0]!, sealed: new Uint8Array(2 * 1024 * 1024 + 1) }, pages[1]!],
  })),
  rows('head-older', 'the head of an earlier commit is put back', errors.set, (vault) => {
    const { head } = vault.snapshot();
    vault.saveAgain(1, 0, 'newer');
    return { head };
  }),
  rows('head-counter', 'the commit counter is turned back', errors.set, ({ rows: { head } }) => ({
    head: { ...head, counter: head.counter - 1 },
  })),
  rows('head-negative', 'the commit counter is negative', errors.set, ({ rows: { head } }) => ({
    head: { ...head, counter: -1 },
  })),
  rows('head-oversize', 'the MAC in the head has a megabyte', errors.file, ({ rows: { head } }) => ({
    head: { ...head, mac: new Uint8Array(1024 * 1024) },
  })),
  {
    ...rows(
      'record-in-two-pages',
      'one record stands in two pages, sealed and signed by somebody who has the key',
      { code: 'vault-damaged', message: 'one record stands in two pages' },
      (vault) => {
        vault.putPage(2, [...vault.pages[1]!.entries, vault.pages[0]!.entries[0]!]);
        return {};
      },
    ),
    showsAt: 'read',
  },
  rows(
    'page-overfull',
    'a page of 65 records, sealed and signed by somebody who has the key',
    { code: 'vault-damaged', message: 'more records than a page holds' },
    (vault) => {
      const entries = Array.from({ length: 65 }, (_, n) => vault.newEntry(`record 3-${n}`));
      vault.putPage(3, entries);
      return {};
    },
  ),
  {
    ...rows('secret-oversize', 'a sealed record of more than 16 MiB', errors.record, ({ rows: { secrets } }) => ({
      secrets: secrets.map((secret, at) => (at === 0 ? { ...secret, sealed: new Uint8Array(2 ** 24 + 1) } : secret)),
    })),
    showsAt: 'read',
  },
  {
    ...rows('secret-missing', 'the sealed part of a record is gone', errors.record, ({ rows: { secrets } }) => ({
      secrets: secrets.slice(1),
    })),
    showsAt: 'read',
  },
  {
    ...rows('secrets-swapped', 'two records have the sealed part of each other', errors.record, (vault) => {
      const [one, two, ...rest] = vault.rows.secrets;
      return { secrets: [{ ...one!, sealed: two!.sealed }, { ...two!, sealed: one!.sealed }, ...rest] };
    }),
    showsAt: 'read',
  },
  {
    ...rows('secret-older', 'the sealed part of an earlier commit is put back', errors.record, (vault) => {
      const old = vault.snapshot().secrets;
      vault.saveAgain(1, 0, 'newer');
      const isOther = ({ no }: { no: number }) => no !== old[0]!.no;
      return { secrets: [...vault.rows.secrets.filter(isOther), old[0]!] };
    }),
    showsAt: 'read',
  },
  {
    ...rows(
      'secret-of-another-vault',
      'a record has the sealed part of one of another vault',
      errors.record,
      (vault, other) => {
        const [one, ...rest] = vault.rows.secrets;
        return { secrets: [{ ...one!, sealed: other.rows.secrets[0]!.sealed }, ...rest] };
      },
    ),
    showsAt: 'read',
  },
  {
    ...rows('secret-changed', 'a bit of a sealed record is flipped, its tag as it was', errors.tag, (vault) => {
      const [one, ...rest] = vault.rows.secrets;
      return { secrets: [{ ...one!, sealed: one!.sealed.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) }, ...rest] };
    }),
    showsAt: 'read',
  },
  {
    ...rows(
      'secret-stray',
      'a sealed part that belongs to no record',
      { code: 'vault-damaged', message: 'belongs to no record' },
      (vault, other) => ({ secrets: [...vault.rows.secrets, { ...other.rows.secrets[0]!, no: 99 }] }),
    ),
    showsAt: 'check',
  },
];

function rows(name: string, defect: string, error: Defect['error'], change: Change): Defect {
  const make: Defect['make'] = async (kit) => {
    const vault = await kit.vault('a');
    const changed = change(vault, await kit.vault('b'));
    kit.write({ ...vault.rows, ...changed });
  };
  return { name, defect, error, make };
}
