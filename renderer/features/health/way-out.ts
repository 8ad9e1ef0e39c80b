import { say } from '../../../preload/words/say';
import { ask } from '../../state/answer';
import type { HealthFinding } from '../../state/types';
import type { Workspace } from '../../state/workspace.svelte';

/** The one step that leads out of a finding. */
export interface WayOut {
  readonly label: string;
  readonly run: (workspace: Workspace, finding: HealthFinding) => Promise<void>;
}

const ways: Readonly<Record<HealthFinding['check'], WayOut>> = {
  'weak-password': { label: say('health.change-password'), run: edit },
  'reused-password': { label: say('health.change-password'), run: edit },
  'no-mfa': { label: say('health.add-a-device'), run: show },
  'old-access-key': { label: say('health.rotate'), run: show },
  'two-active-keys': { label: say('health.end-rotation'), run: show },
  'certificate-ends': { label: say('health.make-a-new-one'), run: (workspace) => make(workspace, 'certificate') },
  'small-rsa': { label: say('health.make-a-new-one'), run: (workspace) => make(workspace, 'key-pair') },
  'open-export': { label: say('common.delete-file'), run: deleteFile },
  'no-backup': { label: say('common.back-up-now'), run: backUp },
  'codes-end': {
    label: say('places.ways-in'),
    run: (workspace) => {
      workspace.go('ways');
      return Promise.resolve();
    },
  },
};

const lookAtFiles: WayOut = {
  label: say('places.exported-files'),
  run: (workspace) => {
    workspace.go('exports');
    return Promise.resolve();
  },
};

/** The way out of what a check found. */
export function wayOut({ check, exportId }: HealthFinding): WayOut {
  return check === 'open-export' && exportId === null ? lookAtFiles : ways[check];
}

async function edit(workspace: Workspace, { recordId }: HealthFinding): Promise<void> {
  if (recordId === null) return;
  workspace.goTo(recordId);
  await workspace.current.open(recordId);
  workspace.current.isEditing = workspace.current.detail?.id === recordId;
}

function show(workspace: Workspace, { recordId }: HealthFinding): Promise<void> {
  if (recordId !== null) workspace.goTo(recordId);
  return Promise.resolve();
}

function make(workspace: Workspace, kind: string): Promise<void> {
  workspace.create(kind);
  return Promise.resolve();
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
