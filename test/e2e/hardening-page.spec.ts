import { readdirSync } from 'node:fs';
import { expect } from '@playwright/test';
import { password, test } from './support';

test('the page can reach nothing but the app, run no other code and open nothing', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  // What code in the page could try. Each attempt says by itself whether it got anywhere.
  const outcomes = await driver.page.evaluate(async () => {
    const away = 'https://example.com/';
    const loading = (tag: 'img' | 'iframe' | 'video' | 'object' | 'embed' | 'link' | 'script', set: object) =>
      new Promise((resolve, reject) => {
        const element = Object.assign(document.createElement(tag), set);
        element.onload = resolve;
        element.onerror = () => reject(new Error('error'));
        document.body.append(element);
        // Policies keep some of them silent; what is denied then never loads.
        setTimeout(() => reject(new Error('nothing loaded')), 1500);
      });
    const opened = (target: EventTarget) =>
      new Promise((resolve, reject) => {
        target.addEventListener('open', resolve);
        target.addEventListener('error', () => reject(new Error('error')));
      });
    const unless = (isDenied: boolean) => {
      if (isDenied) throw new Error('denied');
    };
    const granted = async (name: string) =>
      unless((await navigator.permissions.query({ name: name as PermissionName })).state !== 'granted');
    const device = (name: string, ask: (api: { requestDevice: (options: unknown) => unknown }) => unknown) => () => {
      const api = (navigator as unknown as Record<string, Parameters<typeof ask>[0] | undefined>)[name];
      if (api === undefined) throw new Error('absent');
      return ask(api);
    };
    const ran = (script: () => void) => {
      Reflect.set(window, 'ran', false);
      script();
      unless(Reflect.get(window, 'ran') !== true);
    };
    const attempts: Record<string, () => unknown> = {
      fetch: () => fetch(away),
      'fetch of its own files': () => fetch('/index.html'),
      XMLHttpRequest: () =>
        new Promise((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.onload = resolve;
          request.onerror = () => reject(new Error('error'));
          request.open('GET', away);
          request.send();
        }),
      EventSource: () => opened(new EventSource(away)),
      WebSocket: () => opened(new WebSocket('wss://example.com')),
      WebTransport: () => new WebTransport(away).ready,
      'remote image': () => loading('img', { src: `${away}x.png` }),
      'image by http': () => loading('img', { src: 'http://example.com/x.png' }),
      'image by file:': () => loading('img', { src: 'file:///etc/hostname' }),
      'frame by file:': () => loading('iframe', { src: 'file:///etc/hostname' }).then(() => unless(true)),
      'remote style': () => loading('link', { rel: 'stylesheet', href: `${away}x.css` }),
      'remote script': () => loading('script', { async: true }),
      object: () => loading('object', { data: away }),
      embed: () => loading('embed', { src: away }),
      'window.open': () => unless(window.open(away) === null),
      'window.open of an empty page': () => unless(window.open('about:blank') === null),
      eval: () => (0, eval)('1') as unknown,
      'new Function': () => Reflect.construct(Function, ['return 1']),
      'setTimeout of text': () => setTimeout('window.ran = true' as unknown as () => void),
      'import of data:': () => import(/* @vite-ignore */ ['data:text/javascript', 'export{}'].join(',')),
      WebAssembly: () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
      'worker of a blob': () =>
        new Promise((resolve, reject) => {
          const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
          worker.onmessage = resolve;
          worker.onerror = () => reject(new Error('error'));
        }),
      'service worker': () => navigator.serviceWorker.register('/x.js'),
      'inline script': () =>
        ran(() => {
          const script = document.createElement('script');
          script.append('window.ran = true');
          document.body.append(script);
        }),
      'inline handler': () =>
        ran(() => {
          const button = document.createElement('button');
          button.setAttribute('onclick', 'window.ran = true');
          button.click();
        }),
      'javascript: link': () =>
        ran(() => {
          Object.assign(document.createElement('a'), { href: 'javascript:window.ran = true' }).click();
        }),
      'HTML from text': () => (document.createElement('div').innerHTML = '<b>x</b>'),
      'document.write': () => (document as unknown as { write: (text: string) => unknown }).write('x'),
      geolocation: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      camera: () => navigator.mediaDevices.getUserMedia({ video: true, audio: true }),
      screen: () => navigator.mediaDevices.getDisplayMedia(),
      'clipboard reading': () => navigator.clipboard.readText(),
      notifications: async () => unless((await Notification.requestPermission()) !== 'granted'),
      'permission for the camera': () => granted('camera'),
      'permission for notifications': () => granted('notifications'),
      'permission for geolocation': () => granted('geolocation'),
      MIDI: () => navigator.requestMIDIAccess({ sysex: true }),
      USB: device('usb', (api) => api.requestDevice({ filters: [] })),
      HID: device('hid', async (api) => unless(((await api.requestDevice({ filters: [] })) as unknown[]).length === 0)),
      Bluetooth: device('bluetooth', (api) => api.requestDevice({ acceptAllDevices: true })),
      'file picker': () => (window as unknown as { showOpenFilePicker: () => unknown }).showOpenFilePicker(),
      'local fonts': async () =>
        unless(
          (await (window as unknown as { queryLocalFonts: () => Promise<unknown[]> }).queryLocalFonts()).length === 0,
        ),
      webview: () => unless(!('getWebContentsId' in document.createElement('webview'))),
      Node: () => unless(!('process' in window) && !('require' in window)),
      Electron: () => unless(!('ipcRenderer' in window) && !('electron' in window)),
    };
    const allowed: string[] = [];
    for (const [name, attempt] of Object.entries(attempts)) {
      const patience = new Promise((_, reject) => setTimeout(() => reject(new Error('nothing came')), 3000));
      try {
        await Promise.race([attempt(), patience]);
        allowed.push(name);
      } catch {
        // Denied, as it should be.
      }
    }
    return allowed;
  });
  expect(outcomes).toEqual([]);
  const pages = await driver.app.evaluate(({ webContents, BaseWindow }) => [
    webContents.getAllWebContents().length,
    BaseWindow.getAllWindows().length,
  ]);
  expect(pages).toEqual([1, 1]);
});

test('the page can leave the app by no way, and save no file', async ({ desk }) => {
  const driver = await desk.start();
  const before = readdirSync(desk.folder, { recursive: true }).length;
  const address = driver.page.url();
  const leaving: (() => void)[] = [
    () => (location.href = 'https://example.com/'),
    () => (location.href = 'file:///etc/passwd'),
    () => (location.href = 'data:text/html,x'),
    () => location.assign('javascript:document.title="left"'),
    () => Object.assign(document.createElement('a'), { href: 'https://example.com/', target: '_blank' }).click(),
    () =>
      Object.assign(document.createElement('a'), {
        href: 'https://example.com/',
        ping: 'https://example.com/',
      }).click(),
    () => {
      const form = Object.assign(document.createElement('form'), { action: 'https://example.com/', method: 'post' });
      document.body.append(form);
      form.submit();
    },
    () => {
      const frame = Object.assign(document.createElement('iframe'), { src: 'https://example.com/' });
      document.body.append(frame);
    },
    () => {
      const content = URL.createObjectURL(new Blob(['secret']));
      Object.assign(document.createElement('a'), { href: content, download: 'stolen.txt' }).click();
    },
    () => Object.assign(document.createElement('a'), { href: '/index.html', download: 'stolen.html' }).click(),
  ];
  for (const leave of leaving) {
    await driver.page.evaluate(leave).catch(() => undefined);
    await driver.page.waitForTimeout(200);
    expect(driver.page.url()).toBe(address);
  }
  const frames = driver.page.frames().map((frame) => frame.url());
  expect(frames.filter((url) => url !== address && url !== '' && !url.startsWith('chrome-error:'))).toEqual([]);
  await driver.page.waitForTimeout(500);
  const stolen = readdirSync(desk.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('stolen'),
  );
  expect(stolen).toEqual([]);
  expect(readdirSync(desk.folder, { recursive: true }).length).toBeGreaterThanOrEqual(before);
  expect(await driver.page.title()).not.toBe('left');
});

test('an empty page, which Chromium lets any page turn into, gets no answer', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.page.evaluate(() => (location.href = 'about:blank')).catch(() => undefined);
  await driver.page.waitForURL('about:blank');
  const codes = await driver.page.evaluate(async () => {
    if (!('coffer' in window)) return [];
    const answers = await Promise.all([window.coffer.app.status({}), window.coffer.vault.lock({})]);
    return answers.map((answer) => (answer.ok ? 'answered' : answer.error.code));
  });
  expect(codes.filter((code) => code !== 'refused')).toEqual([]);
});
