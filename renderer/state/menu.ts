import type { CofferApi } from '../../preload/contract';
import type { AppState } from './app.svelte';
import { stepOf } from './shortcuts';
import type { Workspace } from './workspace.svelte';

/** Steps by the names of their shortcuts. */
type Steps = ReturnType<typeof stepsOf>;

/**
 * Takes the steps that are chosen in the menu bar while a vault is open. Behind a dialog none is taken: the dialog comes first.
 *
 * @param api - The bridge.
 * @param workspace - Of the open vault.
 * @param app - The app's state.
 * @param isDialogOpen - Whether a dialog or a menu is in front.
 * @returns Ends it.
 */
export function followMenu(
  api: Pick<CofferApi, 'on'>,
  workspace: Workspace,
  app: AppState,
  isDialogOpen: () => boolean,
): () => void {
  // Locking is done by the main process.
  const { lock: _, ...withKeys } = stepsOf(workspace, app);
  const steps = { ...withKeys, help: () => workspace.go('help') };
  const names = Object.keys(steps) as (keyof typeof steps)[];
  const ends = names.map((name) =>
    api.on(`menu:${name}`, () => {
      if (!isBehind(workspace, app) && !isDialogOpen()) steps[name]();
    }),
  );
  return () => ends.forEach((end) => end());
}

/**
 * Takes the step that a key press is for, unless a dialog is open.
 *
 * @param event - Of the key; nobody else takes it then.
 * @param workspace - Of the open vault.
 * @param app - The app's state.
 * @param isDialogOpen - Whether a dialog or a menu is in front.
 */
export function followKeys(
  event: KeyboardEvent,
  workspace: Workspace,
  app: AppState,
  isDialogOpen: () => boolean,
): void {
  const steps = stepsOf(workspace, app);
  const name = stepOf(event, Object.keys(steps) as (keyof Steps)[]);
  if (name === null || isBehind(workspace, app) || isDialogOpen()) return;
  event.preventDefault();
  steps[name]();
}

function stepsOf(workspace: Workspace, app: AppState) {
  const { navigation } = workspace;
  return {
    palette: () => (navigation.dialog = 'palette'),
    'new-item': () => workspace.create(navigation.creating.kind),
    import: () => navigation.leave(() => (navigation.dialog = 'import')),
    find: () => workspace.find(),
    settings: () => workspace.go('settings'),
    guide: () => workspace.go('guide'),
    'open-vault': () => navigation.leave(() => void app.chooseExisting()),
    lock: () => void app.lock(),
  } as const;
}

/** Told by what is known before it is drawn. */
function isBehind({ navigation }: Workspace, app: AppState): boolean {
  return (
    navigation.dialog !== null ||
    navigation.pending !== null ||
    app.isAboutShown ||
    app.isShortcutsShown ||
    app.isHelpShown
  );
}
