/**
 * Lends the secrets of a form to one call as UTF-8 bytes and wipes the bytes afterwards.
 *
 * @param texts - What was typed, by field name. The strings cannot be wiped: callers clear their inputs.
 * @param use - Called once; must not keep the bytes.
 * @returns What `use` gave.
 */
export async function withSecretBytes<T>(
  texts: Readonly<Record<string, string>>,
  use: (secrets: Record<string, Uint8Array>) => Promise<T>,
): Promise<T> {
  const secrets = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)] as const),
  );
  try {
    return await use(secrets);
  } finally {
    for (const bytes of Object.values(secrets)) bytes.fill(0);
  }
}
