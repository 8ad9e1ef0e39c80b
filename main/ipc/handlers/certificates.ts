import path from 'node:path';
import { say } from '../../../preload/words/say';
import { type CertificateParts, certificateIdOf, makeCertificateBody } from '../../credentials/certificate';
import { CofferError } from '../../errors';
import { readBoundedFile } from '../../files/read-file';
import { checkCertificateRequest } from '../../keys/certificate-request';
import { generateKeyPair } from '../../keys/generate';
import { readSigningPair } from '../../keys/signing-pair';
import { Cancellable } from '../cancellable';
import type { DraftKeeper } from '../draft-keeper';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault, requireStillOpen } from '../vault-guard';

type CertificateChannels = Extract<keyof Handlers, `certificate:${string}`>;
type Labels = Pick<CertificateParts, 'values'> & { readonly title: string; readonly tags: readonly string[] };
type Part = 'certificate' | 'key';

const maxFileBytes = 1024 * 1024;
const idBytes = 20;

/** Handlers that make and import signing certificates. */
export function certificateHandlers(
  { records, drafts }: { records: Records; drafts: DraftKeeper },
  { session, dialogs, folders, random, nowMs, announceRecords }: Services,
): Pick<Handlers, CertificateChannels> {
  const generating = new Cancellable();
  const picked = new Map<Part, { bytes: Uint8Array; fileName: string }>();
  const dropPicked = () => {
    for (const { bytes } of picked.values()) bytes.fill(0);
    picked.clear();
  };
  session.subscribe((event) => {
    if (event !== 'locked') return;
    generating.cancel();
    dropPicked();
  });

  const add = (labels: Labels, parts: Omit<CertificateParts, 'values'>) => {
    const body = makeCertificateBody({ ...parts, values: labels.values });
    try {
      return records.add({ kind: 'certificate', title: labels.title, tags: labels.tags, body });
    } finally {
      for (const value of body.values()) value.fill(0);
      announceRecords();
    }
  };

  return {
    'certificate:generate': async ({ title, tags, values, bits, ...said }) => {
      if (generating.isRunning)
        throw new CofferError('busy', say('main-certificate.certificate-another-one-is-being-made-wait-or'));
      const request = { ...said, notBeforeMs: nowMs() };
      checkCertificateRequest(request);
      return generating.run(async (signal) => {
        // A third of all code of the main process, with the library: read once it is needed. Nothing waits between key and certificate.
        const { makeCertificate } = await import('../../keys/certificate-make');
        const pkcs8 = await generateKeyPair(`rsa-${bits}`, signal);
        try {
          const certificateDer = makeCertificate(pkcs8, request);
          const certificateId = certificateIdOf(random(idBytes));
          return add({ title, tags, values }, { pkcs8, certificateDer, certificateId, origin: 'created' });
        } finally {
          pkcs8.fill(0);
        }
      });
    },
    'certificate:cancel': () => {
      generating.cancel();
      return {};
    },
    'certificate:pick-file': async ({ part }) => {
      const { vault } = session;
      const file = await dialogs.askForFile({
        title:
          part === 'key' ? say('main-certificate.open-the-private-key') : say('main-certificate.open-the-certificate'),
        buttonLabel: say('main-certificate.open'),
        suggestedPath: folders.home,
      });
      if (file === null) return null;
      requireStillOpen(session, vault);
      keepOffVault(session, file);
      const bytes = readBoundedFile(file, maxFileBytes, say('main-certificate.file'));
      picked.get(part)?.bytes.fill(0);
      picked.set(part, { bytes, fileName: path.basename(file) });
      return { fileName: path.basename(file) };
    },
    'certificate:import': async ({ earlier, passphrase: typedPassphrase, pasted: typedText, ...labels }) => {
      const kept = drafts.withEarlierSecrets({});
      const pasted = typedText ?? (earlier.includes('pasted') ? kept['pasted'] : null) ?? null;
      const passphrase = typedPassphrase ?? (earlier.includes('passphrase') ? kept['passphrase'] : null) ?? null;
      const [certificate, key] = pasted === null ? [picked.get('certificate'), picked.get('key')] : [];
      const first = pasted ?? certificate?.bytes;
      if (first === undefined)
        throw new CofferError('bad-request', say('main-certificate.certificate-choose-its-file-first'));
      const pair = await readSigningPair(first, key?.bytes ?? null, passphrase);
      try {
        const certificateId = idIn(certificate?.fileName ?? '') ?? certificateIdOf(random(idBytes));
        const detail = add(labels, { ...pair, certificateId, origin: 'imported' });
        dropPicked();
        return detail;
      } finally {
        pair.pkcs8.fill(0);
      }
    },
  };
}

/** The id that AWS put in a file's name. */
function idIn(fileName: string): string | null {
  return /^cert-([A-Z0-9]{24,32})\.pem$/i.exec(fileName)?.[1]?.toUpperCase() ?? null;
}
