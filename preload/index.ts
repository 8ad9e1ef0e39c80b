import { contextBridge, ipcRenderer } from 'electron';
import { type CofferApi, type EventName, eventNames, requests } from './contract';

const camel = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function buildApi(): CofferApi {
  const api: Record<string, Record<string, unknown>> = {};
  for (const channel of Object.keys(requests)) {
    const [noun = '', verb = ''] = channel.split(':');
    const group = (api[camel(noun)] ??= {});
    group[camel(verb)] = (request: unknown): Promise<unknown> => ipcRenderer.invoke(channel, request);
  }
  const on = (event: EventName, callback: () => void) => {
    if (!eventNames.includes(event)) throw new TypeError('event: expected one of the names in the contract');
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
