import { contextBridge, ipcRenderer } from 'electron';
import { type EventName, channels, eventNames } from './channels';
import type { CofferApi } from './contract';

const camel = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function buildApi(): CofferApi {
  const api: Record<string, Record<string, unknown>> = {};
  for (const channel of channels) {
    const [noun = '', verb = ''] = channel.split(':');
    const group = (api[camel(noun)] ??= {});
    group[camel(verb)] = (request: unknown): Promise<unknown> => ipcRenderer.invoke(channel, request);
  }
  const on = (event: EventName, callback: () => void) => {
    if (!eventNames.includes(event)) throw new TypeError('event: expected one of the names in channels.ts');
    const listener = () => {
      callback();
    };
    ipcRenderer.on(event, listener);
    return () => {
      ipcRenderer.off(event, listener);
    };
  };
  return { ...api, on } as unknown as CofferApi;
}

contextBridge.exposeInMainWorld('coffer', buildApi());
