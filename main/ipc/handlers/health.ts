import { say } from '../../../preload/words/say';
import type { ExportFormat } from '../../credentials/descriptor';
import type { ResponseOf } from '../../../preload/contract';
import type { ExportLedger } from '../export-ledger';
import { HealthScan } from '../health';
import type { Handlers } from '../register';
import type { Services } from '../services';

type Found = ResponseOf<'health:scan'>['findings'][number];

const dayMs = 86_400_000;
/** A vault that is used has a backup of each day; one of a week ago means that they fail, or go to a folder that is not there. */
const mostBackupAgeDays = 7;
/** Files that hold a private key or a secret as they are, unless a passphrase was given. */
const privateFormats: readonly ExportFormat[] = [
  ...(['pkcs1', 'pkcs8', 'openssh', 'ppk2', 'ppk3', 'x509-key', 'access-key-csv'] as const),
  ...(['env-sh', 'env-powershell', 'env-fish'] as const),
];
const mostFindings = 5000;

/** Handler of the health of what the vault holds. */
export function healthHandlers(ledger: ExportLedger, services: Services): Pick<Handlers, 'health:scan'> {
  // One at a time, however often the page asks.
  let running: Promise<Found[]> | null = null;
  return {
    'health:scan': async () => {
      running ??= new HealthScan(services).run().finally(() => (running = null));
      const findings = await running;
      const all = [...aboutVault(services), ...findings, ...(await openExports(ledger))];
      return { findings: all.slice(0, mostFindings), total: all.length };
    },
  };
}

function aboutVault({ backups, session, nowMs }: Services): Found[] {
  const found: Found[] = [];
  const about = { recordId: null, kind: '', title: '', exportId: null, isUnderWay: false };
  const newestAtMs = Math.max(
    0,
    ...backups
      .list()
      .filter(({ problem }) => problem === '')
      .map(({ atMs }) => atMs),
  );
  const days = Math.floor((nowMs() - newestAtMs) / dayMs);
  if (newestAtMs === 0)
    found.push({ ...about, check: 'no-backup', text: say('main-health.there-is-no-backup-that-can') });
  else if (days > mostBackupAgeDays)
    found.push({ ...about, check: 'no-backup', text: say('main-health.the-newest-is-days-old', { days }) });
  const { codes } = session.ways;
  if (codes?.isEndingSoon === true) {
    const day = new Date(codes.endsAtMs).toISOString().slice(0, 10);
    found.push({
      ...about,
      check: 'codes-end',
      text: say('main-health.the-table-for-codes-ends-on-log-in', { day }),
    });
  }
  return found;
}

/**
 * What was merged into another program's file is meant to stay there; a copy of that file, made before, is not. Nobody knows where what was
 * dragged out lies now. Files that were changed since are the user's to delete: they have no `exportId`.
 */
async function openExports(ledger: ExportLedger): Promise<Found[]> {
  const listed = await ledger.list();
  return listed
    .filter(({ state, hasPassphrase, format, isBackup }) => {
      const isSecret = isBackup ? format === 'aws-credentials' : privateFormats.includes(format);
      return state !== 'gone' && state !== 'dragged' && !hasPassphrase && isSecret;
    })
    .map(({ id, recordId, recordTitle, fileName, folder, state }) => ({
      ...{ recordId, title: recordTitle, check: 'open-export' as const, exportId: state === 'there' ? id : null },
      ...{ kind: '', text: say('main-health.file-in-folder', { fileName, folder }), isUnderWay: false },
    }));
}
