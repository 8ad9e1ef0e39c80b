import { say } from '../../../preload/words/say';
import type { Source, Task, TaskGroup } from './shapes';
import { accountSources } from './sources-account';
import { keySources } from './sources-keys';
import { accountTasks } from './tasks-account';
import { credentialTasks } from './tasks-credentials';
import { imageTasks } from './tasks-images';
import { instanceTasks } from './tasks-instances';
import { interfaceTasks } from './tasks-interfaces';
import { sharingTasks } from './tasks-sharing';

/** Headings of the guide, in the order of the screen. */
export const taskGroups: readonly { readonly id: TaskGroup; readonly label: string }[] = [
  { id: 'account', label: say('main-guide.your-aws-account') },
  { id: 'interfaces', label: say('main-guide.ways-of-using-ec2') },
  { id: 'instances', label: say('main-guide.instances') },
  { id: 'sharing', label: say('main-guide.sharing') },
  { id: 'images', label: say('main-guide.images') },
  { id: 'credentials', label: say('main-guide.getting-a-credential') },
  { id: 'lost', label: say('main-guide.something-is-lost') },
];

/** The guide's table, in the order of the screen. */
export const allTasks: readonly Task[] = [
  ...accountTasks,
  ...interfaceTasks,
  ...instanceTasks,
  ...sharingTasks,
  ...imageTasks,
  ...credentialTasks,
];

/** How to get each credential from AWS. */
export const allSources: readonly Source[] = [...accountSources, ...keySources];

/**
 * Looks a task up.
 *
 * @param id - Such as `share-ami`.
 * @returns Null if there is none.
 */
export function taskOf(id: string): Task | null {
  return allTasks.find((task) => task.id === id) ?? null;
}

/**
 * How to get what a task needs, and what else it is about; each once, in the order of the needs.
 *
 * @param task - Not changed.
 */
export function sourcesOf({ needs, sources }: Task): readonly Source[] {
  const ids = new Set([...needs.map(({ source }) => source), ...sources]);
  return [...ids].flatMap((id) => allSources.find((source) => source.id === id) ?? []);
}
