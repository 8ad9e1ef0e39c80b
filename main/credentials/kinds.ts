import { accessKeyKind } from './access-key';
import { accountKind } from './account';
import { certificateKind } from './certificate';
import type { CredentialKind } from './descriptor';
import { keyPairKind } from './key-pair';
import { signInKind } from './sign-in';
import { windowsPasswordKind } from './windows-password';

/** Every kind that this version knows, in the order in which menus show them. A new kind is its own file and a line here. */
export const allKinds: readonly CredentialKind[] = [
  accountKind,
  signInKind,
  accessKeyKind,
  certificateKind,
  keyPairKind,
  windowsPasswordKind,
];

/**
 * Looks a kind up.
 *
 * @param name - Such as `key-pair`.
 * @returns Null for a kind of a newer version, and for what is no credential.
 */
export function kindOf(name: string): CredentialKind | null {
  return allKinds.find(({ descriptor }) => descriptor.kind === name) ?? null;
}
