import type { Dialogs, FileQuestion } from '../../main/ipc/services';

/** In place of the system's dialogs: what was asked, and what tests have answered beforehand. */
export function fakeDialogs() {
  const answers: (string | null)[] = [];
  const questions: FileQuestion[] = [];
  const replaceQuestions: string[] = [];
  const replaceAnswers: boolean[] = [];
  const deleteQuestions: string[][] = [];
  /** To what is asked before files are deleted; yes unless told. */
  const deleteAnswers: boolean[] = [];
  let duringDialog = () => Promise.resolve();
  /** Does something while the next dialogs are open. */
  const whileDialogsAreOpen = (act: () => Promise<unknown>) => {
    duringDialog = async () => {
      await act();
    };
  };
  const ask = async (question: FileQuestion) => {
    questions.push(question);
    await duringDialog();
    return answers.shift() ?? null;
  };
  const dialogs: Dialogs = {
    askWhereToSave: ask,
    askForFile: ask,
    askForFiles: async (question) => {
      const answer = await ask(question);
      return answer === null ? [] : answer.split('\n');
    },
    askForFolder: ask,
    askToReplace: async ({ fileName }, signal) => {
      replaceQuestions.push(fileName);
      await duringDialog();
      return !signal.aborted && (replaceAnswers.shift() ?? false);
    },
    askToDelete: async (files, signal) => {
      deleteQuestions.push(files.map(({ fileName }) => fileName));
      await duringDialog();
      return !signal.aborted && (deleteAnswers.shift() ?? true);
    },
    askToReplaceEntry: async ({ entry }, signal) => {
      replaceQuestions.push(entry);
      await duringDialog();
      return !signal.aborted && (replaceAnswers.shift() ?? false);
    },
  };
  return {
    dialogs,
    whileDialogsAreOpen,
    answers,
    questions,
    replaceQuestions,
    replaceAnswers,
    deleteQuestions,
    deleteAnswers,
  };
}
