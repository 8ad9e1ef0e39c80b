const maxKeyNameLength = 255;

/**
 * Suggests an EC2 key pair name for a title: lower-case ASCII letters, digits, dots and underscores, joined by hyphens.
 *
 * @param title - Any text.
 * @returns At most 255 characters; empty for an empty title, `key-pair` where the title has no usable character.
 * @see EC2 API, CreateKeyPair: up to 255 ASCII characters, no leading or trailing space.
 */
export function keyNameFrom(title: string): string {
  if (title === '') return '';
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .slice(0, maxKeyNameLength)
    .replace(/^[-.]+|[-.]+$/g, '');
  return slug === '' ? 'key-pair' : slug;
}
