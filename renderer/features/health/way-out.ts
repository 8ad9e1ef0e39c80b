import { say } from '../../../preload/words/say';
import { ask } from '../../state/answer';
import type { FirstStep } from '../../state/navigation.svelte';
import type { HealthFinding } from '../../state/types';
import type { Workspace } from '../../state/workspace.svelte';

/** The one step that leads out of a finding. */
export interface WayOut {
  /** What happens when it is taken. */
  readonly label: string;
  readonly run: (workspace: Workspace, finding: HealthFinding) => Promise<void> | void;
}

const changePassword: WayOut = {
  label: say('health.change-password'),
  run: (workspace, finding) => edit(workspace, finding, 'password'),
};
const ways: Readonly<Record<HealthFinding['check'], WayOut>> = {
  'weak-password': changePassword,
  'reused-password': changePassword,
  'no-mfa': { label: say('health.add-a-device'), run: (workspace, finding) => show(workspace, finding, 'add-device') },
  'old-access-key': {
    label: say('health.rotate'),
    run: (workspace, finding) => show(workspace, finding, 'begin-rotation'),
  },
  'two-active-keys': {
    label: say('health.change-status'),
    run: (workspace, finding) => edit(workspace, finding, 'status'),
  },
  'certificate-ends': { label: say('health.make-a-new-one'), run: makeAnother },
  'small-rsa': { label: say('health.make-a-new-one'), run: makeAnother },
  'open-export': { label: say('common.delete-file'), run: deleteFile },
  'no-backup': { label: say('common.back-up-now'), run: backUp },
  'codes-end': { label: say('places.ways-in'), run: (workspace) => workspace.go('ways') },
};
const lookAtFiles: WayOut = { label: say('places.exported-files'), run: (workspace) => workspace.go('exports') };
/** The steps of a rotation that was begun are the first thing on the page of its key. */
const continueRotation: WayOut = {
  label: say('health.continue-rotation'),
  run: (workspace, finding) => show(workspace, finding, null),
};

/** The way out of what a check found. */
export function wayOut({ check, exportId, isUnderWay }: HealthFinding): WayOut {
  if (isUnderWay) return continueRotation;
  return check === 'open-export' && exportId === null ? lookAtFiles : ways[check];
}

function edit(workspace: Workspace, { recordId }: HealthFinding, field: string): void {
  if (recordId !== null) workspace.edit(recordId, field);
}

function show(workspace: Workspace, { recordId }: HealthFinding, step: FirstStep | null): void {
  if (recordId !== null) workspace.goTo(recordId, step);
}

/** Of the kind of the one that was found: certificates have RSA keys as well. */
function makeAnother(workspace: Workspace, { kind }: HealthFinding): void {
  workspace.create(kind);
}

async function deleteFile(workspace: Workspace, { exportId }: HealthFinding): Promise<void> {
  if (exportId === null) return;
  workspace.report(await ask(() => workspace.api.export.deleteFile({ id: exportId })), say('health.file-deleted'));
  await workspace.health.scan();
}

async function backUp(workspace: Workspace): Promise<void> {
  workspace.report(await ask(() => workspace.api.backup.make({})), say('health.backed-up'));
  await workspace.health.scan();
}
