import type { Component } from 'svelte';
import type { FieldDescriptor, RecordDetail } from '../../state/types';

/** Part of the detail view that only one kind has. */
type Panel = Component<{ detail: RecordDetail }>;
/** Dialog that makes a record of a kind that is not filled in by hand; closes itself through the workspace. */
type Create = Component<{ given: Readonly<Record<string, string>> }>;
/** Input of a secret with more than a line to type in, such as a generator. */
type SecretInput = Component<{ field: FieldDescriptor; value: string; isKept?: boolean }, object, 'value'>;

/** Small picture of a kind. */
type Icon = Component<{ size?: number }>;

const iconFiles: Readonly<Record<string, Icon>> = import.meta.glob<Icon>('./*/icon.ts', {
  eager: true,
  import: 'KindIcon',
});
const panels = import.meta.glob<Panel>('./*/Panel.svelte', { eager: true, import: 'default' });
const creates = import.meta.glob<Create>('./*/Create.svelte', { eager: true, import: 'default' });
const secretInputs = import.meta.glob<SecretInput>('./*/SecretInput.svelte', { eager: true, import: 'default' });

/** The pictures of all kinds, by kind: `kinds/<kind>/icon.ts`. */
export const kindIcons: Readonly<Record<string, Icon>> = Object.fromEntries(
  Object.entries(iconFiles).map(([file, icon]) => [file.split('/')[1] ?? file, icon] as const),
);

/**
 * The picture of a kind.
 *
 * @returns Undefined for a kind that has none.
 */
export function iconOf(kind: string): Icon | undefined {
  return kindIcons[kind];
}

/**
 * What a kind adds to the detail view: `kinds/<kind>/Panel.svelte`.
 *
 * @returns Undefined for a kind that adds nothing.
 */
export function panelOf(kind: string): Panel | undefined {
  return panels[`./${kind}/Panel.svelte`];
}

/**
 * The dialog that makes a record of a kind in its own way: `kinds/<kind>/Create.svelte`.
 *
 * @returns Undefined for a kind that is filled in by hand.
 */
export function createDialogOf(kind: string): Create | undefined {
  return creates[`./${kind}/Create.svelte`];
}

/**
 * The input for the secrets of a kind: `kinds/<kind>/SecretInput.svelte`.
 *
 * @returns Undefined for a kind to which the usual one does.
 */
export function secretInputOf(kind: string): SecretInput | undefined {
  return secretInputs[`./${kind}/SecretInput.svelte`];
}
