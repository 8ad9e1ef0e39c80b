import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { GuideAction } from '../../../main/credentials/guide/shapes';
import { allSources, allTasks, sourcesOf, taskGroups, taskOf } from '../../../main/credentials/guide/tasks';

const page = readFileSync(new URL('../../../docs/GUIDE.md', import.meta.url), 'utf8');

/** Rows of a table of docs/GUIDE.md, cell by cell, without its head. */
function rowsUnder(heading: string): string[][] {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function idsIn(cell: string): string[] {
  return [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(([, id]) => id ?? '');
}

describe('docs/GUIDE.md and the table', () => {
  const described = rowsUnder('What AWS’s texts describe');

  test('every interface, task and credential that is described has its row', () => {
    expect(described.length).toBeGreaterThanOrEqual(40);
    for (const [what = '', rows = ''] of described) {
      const ids = idsIn(rows);
      expect(ids, what).not.toEqual([]);
      for (const id of ids) expect(taskOf(id), `${what}: ${id}`).not.toBeNull();
    }
  });

  test('every row is listed there, by its title and under its heading', () => {
    const listed = rowsUnder('Rows').map(([id = '', title, group]) => [idsIn(id)[0], title, group]);
    const labelOf = (group: string) => taskGroups.find(({ id }) => id === group)?.label;
    expect(listed).toEqual(allTasks.map(({ id, title, group }) => [id, title, labelOf(group)]));
  });

  test('every row is described there', () => {
    const named = new Set(described.flatMap(([, rows = '']) => idsIn(rows)));
    expect(allTasks.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });
});

describe('the table', () => {
  test('ids are unique, and each heading has its rows in one piece', () => {
    const ids = allTasks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const order = allTasks.map(({ group }) => group).filter((group, at, all) => group !== all[at - 1]);
    expect(order).toEqual(taskGroups.map(({ id }) => id));
  });

  for (const task of allTasks) {
    test(`${task.id}: says what to do, and how to get each thing that it needs`, () => {
      expect(task.title.length).toBeGreaterThan(8);
      expect(task.about.length).toBeGreaterThan(30);
      expect(task.steps.length).toBeGreaterThan(0);
      const needIds = task.needs.map(({ id }) => id);
      expect([needIds.length > 0, new Set(needIds).size]).toEqual([true, needIds.length]);
      const wanted = new Set([...task.needs.map(({ source }) => source), ...task.sources]);
      expect(sourcesOf(task).map(({ id }) => id)).toEqual([...wanted]);
      for (const { whenMissing, anyOf } of task.needs) {
        expect(whenMissing.length).toBeGreaterThan(0);
        expect(anyOf.length).toBeGreaterThan(0);
        for (const { fields, use } of anyOf) expect([fields.length > 0, use.length > 0]).toEqual([true, true]);
      }
    });
  }

  test('each source says what to do and what if it is lost, and some task leads to it', () => {
    const used = new Set(allTasks.flatMap((task) => sourcesOf(task).map(({ id }) => id)));
    for (const { id, steps, whenLost, today } of allSources) {
      expect([id, used.has(id), steps.length > 1, whenLost !== '', today !== '']).toEqual([id, true, true, true, true]);
    }
  });

  test('whatever is copied from a record is a field that it was found to have, or an optional one', () => {
    const copied = (use: readonly GuideAction[]) => use.flatMap((one) => (one.type === 'copy' ? [one.field] : []));
    const loose = new Set(['certificateId', 'userName', 'address', 'publicKey', 'keyName', 'consoleAddress']);
    const offers = allTasks.flatMap(({ needs }) => needs.flatMap(({ anyOf }) => anyOf));
    const strange = offers.flatMap(({ fields, use }) =>
      copied(use).filter((field) => !fields.includes(field) && !loose.has(field)),
    );
    expect(strange).toEqual([]);
  });
});
