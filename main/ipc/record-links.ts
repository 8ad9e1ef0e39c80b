import type { CredentialKind, RecordBody } from '../credentials/descriptor';
import { textOf } from '../credentials/plain-kind';

/** Links of a body, for its overview. Nothing else of the body becomes a string. */
export function linksOf({ descriptor }: CredentialKind, body: RecordBody): Record<string, string> {
  const fields = descriptor.fields.filter(({ type }) => type === 'link').map(({ name }) => name);
  return Object.fromEntries(
    fields.flatMap((name) => {
      const id = textOf(body, name);
      return id === '' ? [] : [[name, id] as const];
    }),
  );
}
