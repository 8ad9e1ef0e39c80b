import { createContext } from 'svelte';
import type { AppState } from './app.svelte';
import type { Workspace } from './workspace.svelte';

const app = createContext<AppState>();
const workspace = createContext<Workspace>();

/** Gives the app's state to a component; throws outside the tree of App. */
export const useApp = app[0];
/** Hands the app's state down; App alone calls it. */
export const provideApp = app[1];
/** Gives the state of the unlocked vault to a component; throws outside the tree of Workspace. */
export const useWorkspace = workspace[0];
/** Hands the state of the unlocked vault down; Workspace alone calls it. */
export const provideWorkspace = workspace[1];
