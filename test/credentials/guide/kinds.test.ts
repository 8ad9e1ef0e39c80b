import { expect, test } from 'vitest';
import { exportFormats } from '../../../main/credentials/descriptor';
import { allTasks } from '../../../main/credentials/guide/tasks';
import { kindOf } from '../../../main/credentials/kinds';

/** Not fields: told by the handler of `guide:task`, which looks into the record. */
const told = ['sign-in mfa'];

test('every kind, field and export format that the guide names is there', () => {
  const strange: string[] = [];
  for (const { id, needs } of allTasks) {
    for (const { anyOf, whenMissing } of needs) {
      for (const action of whenMissing) {
        if (action.type === 'make' && kindOf(action.kind) === null) strange.push(`${id}: makes ${action.kind}`);
      }
      for (const { kind, fields, use } of anyOf) {
        const known = kindOf(kind)?.descriptor.fields ?? [];
        for (const field of fields) {
          const isThere = known.some(({ name }) => name === field) || told.includes(`${kind} ${field}`);
          if (!isThere) strange.push(`${id}: ${kind} has no field ${field}`);
        }
        for (const action of use) {
          if (action.type === 'copy' && !known.some(({ name, isCopyable }) => name === action.field && isCopyable)) {
            strange.push(`${id}: ${kind}'s ${action.field} can't be copied`);
          }
          if (action.type === 'export' && !exportFormats.some((format) => format === action.format)) {
            strange.push(`${id}: no format ${action.format}`);
          }
        }
      }
    }
  }
  expect(strange).toEqual([]);
});
