import type { CofferApi } from '../../preload/contract';
import type { AppState } from './app.svelte';
import type { Workspace } from './workspace.svelte';

/**
 * Takes the steps that are chosen in the menu bar while a vault is open. Behind a dialog none is taken: the dialog comes first.
 *
 * @param api - The bridge.
 * @param workspace - Of the open vault.
 * @param app - The app's state.
 * @returns Ends it.
 */
export function followMenu(api: Pick<CofferApi, 'on'>, workspace: Workspace, app: AppState): () => void {
  const { navigation } = workspace;
  const steps = {
    'menu:new-item': () => workspace.create(navigation.creating.kind),
    'menu:import': () => navigation.leave(() => (navigation.dialog = 'import')),
    'menu:settings': () => workspace.go('settings'),
    'menu:guide': () => workspace.go('guide'),
    'menu:open-vault': () => navigation.leave(() => void app.chooseExisting()),
  } as const;
  const names = Object.keys(steps) as (keyof typeof steps)[];
  const ends = names.map((name) =>
    api.on(name, () => {
      if (navigation.dialog === null && navigation.pending === null && !app.isAboutShown) steps[name]();
    }),
  );
  return () => ends.forEach((end) => end());
}
