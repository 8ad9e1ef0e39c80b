/** What the writer does at step `n`, decided by the step and the titles that are there, so that parent and child agree. */
export type Operation =
  | { readonly kind: 'add'; readonly title: string; readonly body: string }
  | { readonly kind: 'update'; readonly title: string; readonly body: string }
  | { readonly kind: 'remove'; readonly title: string };

/** The operation of a step. */
export function operationAt(n: number, titles: readonly string[]): Operation {
  const body = `body ${n} `.repeat(1 + (n % 200));
  const [oldest] = titles;
  const newest = titles.at(-1);
  if (n % 4 === 3 && oldest !== undefined && titles.length > 70) return { kind: 'remove', title: oldest };
  if (n % 4 === 2 && newest !== undefined) return { kind: 'update', title: newest, body };
  return { kind: 'add', title: `record ${n}`, body };
}

/** What the vault holds after a step, by title. */
export function applyTo(model: ReadonlyMap<string, string>, operation: Operation): Map<string, string> {
  const next = new Map(model);
  if (operation.kind === 'remove') next.delete(operation.title);
  else next.set(operation.title, operation.body);
  return next;
}
