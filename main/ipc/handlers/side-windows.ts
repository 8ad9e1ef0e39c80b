import path from 'node:path';
import { say } from '../../../preload/words/say';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault } from '../vault-guard';

type SideChannels = Extract<keyof Handlers, `security-key:${string}` | `sheet:${string}`>;

/** Handlers of the windows that are made for one step: the security key's and the recovery sheet's. */
export function sideWindowHandlers({
  session,
  securityKeyPrompt,
  sheet,
  sheetDialogs: dialogs,
  folders,
}: Services): Pick<Handlers, SideChannels> {
  let saving: AbortController | null = null;
  session.subscribe((event) => {
    if (event !== 'locked') return;
    saving?.abort();
    sheet.close();
  });
  return {
    'security-key:task': () => securityKeyPrompt.task(),
    'security-key:report': (report) => {
      securityKeyPrompt.report(report);
      return {};
    },
    'sheet:content': () => sheet.content(),
    'sheet:print': async () => {
      await sheet.print();
      return {};
    },
    'sheet:save-pdf': () => {
      const question = new AbortController();
      saving = question;
      return sheet.savePdf({
        askWhere: async () => {
          const { vaultName } = sheet.content();
          const suggestedPath = path.join(folders.documents, `${vaultName} recovery sheet.pdf`);
          const chosen = await dialogs.askWhereToSave({
            title: say('main-records.save-the-recovery-sheet'),
            buttonLabel: say('main-records.save'),
            suggestedPath,
          });
          if (chosen === null) return null;
          const file = /\.pdf$/i.test(chosen) ? chosen : `${chosen}.pdf`;
          keepOffVault(session, file);
          return file;
        },
        askToReplace: ({ folder, name }) => dialogs.askToReplace({ folder, fileName: name }, question.signal),
      });
    },
    'sheet:close': () => {
      sheet.close();
      return {};
    },
  };
}
