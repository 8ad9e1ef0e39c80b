import { CofferError } from '../../main/errors';
import type { Services } from '../../main/ipc/services';

type FactorServices = Pick<Services, 'keychain' | 'computerSecrets' | 'securityKeyPrompt' | 'sheet'>;

/** What Electron and the system give, stood in for: a keychain that turns bits, a security key that answers, a sheet that is kept. */
export function fakeFactors() {
  const sealed = new Map<string, Uint8Array>();
  const state = {
    keychainReason: '',
    securityKey: { credentialId: new Uint8Array(16).fill(7), output: new Uint8Array(32).fill(9) },
    /** Nobody touches it. */
    isKeyAway: false,
    asked: [] as Parameters<FactorServices['securityKeyPrompt']['ask']>[0][],
    sheetCode: null as string | null,
    /** Where the sheet is saved; null: that is given up. */
    sheetPlace: null as { name: string; folder: string } | null,
  };
  const turn = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0xff);
  const notNow = () => {
    throw new Error('no window is open');
  };
  const services: FactorServices = {
    keychain: {
      availability: () => Promise.resolve({ isPossible: state.keychainReason === '', reason: state.keychainReason }),
      seal: (secret) => Promise.resolve(turn(secret)),
      open: (bytes) => Promise.resolve(turn(bytes)),
    },
    computerSecrets: {
      write: (slot, bytes) => {
        sealed.set(slot, bytes);
        return Promise.resolve();
      },
      read: (slot) => sealed.get(slot) ?? null,
      remove: (slot) => {
        sealed.delete(slot);
        return Promise.resolve();
      },
    },
    securityKeyPrompt: {
      ask: (task, signal) => {
        state.asked.push(task);
        if (state.isKeyAway) return untilAborted(signal);
        const { credentialId, output } = state.securityKey;
        return Promise.resolve({ credentialId: new Uint8Array(credentialId), first: new Uint8Array(output) });
      },
      task: notNow,
      report: notNow,
    },
    sheet: {
      show: ({ code }) => {
        state.sheetCode = new TextDecoder().decode(code);
        code.fill(0);
      },
      content: notNow,
      print: () => Promise.resolve(),
      savePdf: () => Promise.resolve(state.sheetPlace),
      close: () => undefined,
    },
  };
  return { services, state, sealed };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new CofferError('cancelled', 'security key: it was not asked')));
  });
}
