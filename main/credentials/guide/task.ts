import type { Task, TaskGroup } from './shapes';

type Words = Pick<Task, 'about' | 'needs' | 'steps'> & Partial<Pick<Task, 'today' | 'sources' | 'words'>>;

/**
 * Makes a row of the guide's table.
 *
 * @param group - Heading under which it stands.
 * @param id - Stable.
 * @param title - In the user's words; finishes "I want to …".
 * @param words - The rest; what is absent is empty.
 */
export function task(group: TaskGroup, id: string, title: string, words: Words): Task {
  return { group, id, title, today: '', sources: [], words: [], ...words };
}
