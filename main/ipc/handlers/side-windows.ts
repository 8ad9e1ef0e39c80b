import type { Handlers } from '../register';
import type { Services } from '../services';

type SideChannels = Extract<keyof Handlers, `security-key:${string}` | `sheet:${string}`>;

/** Handlers of the windows that are made for one step: the security key's and the recovery sheet's. */
export function sideWindowHandlers({
  securityKeyPrompt,
  sheet,
  dialogs,
  folders,
}: Services): Pick<Handlers, SideChannels> {
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
    'sheet:save-pdf': () =>
      sheet.savePdf((suggestedName) =>
        dialogs.askWhereToSave({
          title: 'Save the recovery sheet',
          buttonLabel: 'Save',
          suggestedPath: `${folders.documents}/${suggestedName}`,
        }),
      ),
    'sheet:close': () => {
      sheet.close();
      return {};
    },
  };
}
