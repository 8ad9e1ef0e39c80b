import type { AppDriver } from '../support/app-driver';

/** RFC 6238's secret for SHA-1, in base32. */
export const codeSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
/** A title that would name a key, turn text around and break a line. */
const hostileTitle = 'R&D a_b \u202egnp.exe\n';

/** Makes an account, an access key, a key pair and a sign-in with a virtual MFA device, by the bridge; gives their ids. */
export async function fillVault({ page }: AppDriver): Promise<Record<'account' | 'key' | 'pair' | 'signIn', string>> {
  return page.evaluate(
    async ({ secret, hostile }) => {
      const bytes = (text: string) => new TextEncoder().encode(text);
      const made = async (kind: string, title: string, values: Record<string, string>, secrets = {}) => {
        const answer = await window.coffer.record.create({ kind, title, tags: [], values, secrets });
        if (!answer.ok) throw new Error(answer.error.message);
        return answer.value.id;
      };
      const account = await made('account', 'Acme', { accountId: '123456789012' });
      const key = await made(
        'access-key',
        'Deploy key',
        { accessKeyId: 'AKIAQNZGKIQY56JQ7WML' },
        { secretAccessKey: bytes('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY') },
      );
      const signIn = await made(
        'sign-in',
        hostile,
        { email: 'owner@example.com' },
        { password: bytes('Console pass 1') },
      );
      const device = { id: signIn, name: 'phone', text: bytes(secret) };
      const added = await window.coffer.signIn.addVirtual(device);
      if (!added.ok) throw new Error(added.error.message);
      const texts = { account: '', keyName: 'web', region: '', comment: '', notes: '', tags: [] };
      const pair = await window.coffer.keyPair.generate({ algorithm: 'ed25519', title: 'Web server', ...texts });
      if (!pair.ok) throw new Error(pair.error.message);
      return { account, key, signIn, pair: pair.value.id };
    },
    { secret: codeSecret, hostile: hostileTitle },
  );
}
