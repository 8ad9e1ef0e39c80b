import { expect, test } from 'vitest';
import { relationsOf } from '../../renderer/state/relations';
import type { KindDescriptor } from '../../renderer/state/types';
import { idOf, sampleDetail, sampleFields, sampleRow } from './samples';

const kinds: KindDescriptor[] = [
  kind('key-pair', 'EC2 key pair', [{ ...sampleFields[0]!, name: 'account', label: 'AWS account', type: 'link' }]),
  kind('account', 'AWS account', []),
  kind('windows-password', 'Windows password', []),
];

function kind(name: string, label: string, fields: KindDescriptor['fields']): KindDescriptor {
  return { kind: name, label, labelPlural: `${label}s`, isTyped: true, isDraggable: false, fields };
}

test('what a record points to stands apart from what points to it, each by its label', () => {
  const detail = sampleDetail(1, {
    links: [{ field: 'account', ...sampleRow(2, { kind: 'account', title: 'Acme', trashedAtMs: 5 }) }],
    linkedFrom: [sampleRow(3, { kind: 'windows-password', title: 'Desk' })],
    linkedFromTotal: 120,
  });
  expect(relationsOf(detail, kinds)).toEqual({
    belongsTo: [{ key: 'account', id: idOf(2), title: 'Acme', what: 'AWS account', isInTrash: true }],
    usedBy: [{ key: idOf(3), id: idOf(3), title: 'Desk', what: 'Windows password', isInTrash: false }],
    others: 119,
  });
});

test('a record that points twice to the same one lists both fields', () => {
  const row = sampleRow(2, { kind: 'account' });
  const detail = sampleDetail(1, {
    links: [
      { field: 'account', ...row },
      { field: 'other', ...row },
    ],
  });
  expect(relationsOf(detail, kinds).belongsTo.map(({ key }) => key)).toEqual(['account', 'other']);
});
