import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from '@playwright/test';
import { makeRecoveryCode } from '../support/ways-driver';
import { password, test } from './support';

test('not even WebRTC, prefetching or a name look-up leaves the app', async ({ desk }) => {
  const connections: string[] = [];
  const server = createServer((socket) => {
    connections.push('tcp');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const datagrams = createSocket('udp4', () => connections.push('udp')).bind(port, '127.0.0.1');
  await once(datagrams, 'listening');
  try {
    const driver = await desk.start();
    await driver.page.evaluate(async (turnPort) => {
      for (const rel of ['dns-prefetch', 'preconnect', 'prefetch']) {
        const link = document.createElement('link');
        link.rel = rel;
        link.href = `http://127.0.0.1:${turnPort}/`;
        document.head.append(link);
      }
      const urls = ['127.0.0.1', 'localhost'].flatMap((host) => [
        ...['tcp', 'udp'].map((transport) => `turn:${host}:${turnPort}?transport=${transport}`),
      ]);
      const peer = new RTCPeerConnection({
        iceServers: [{ urls, username: 'u', credential: 'c' }, { urls: `stun:127.0.0.1:${turnPort}` }],
      });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
      await new Promise((resolve) => setTimeout(resolve, 2000));
      peer.close();
    }, port);
    expect(connections).toEqual([]);
  } finally {
    server.close();
    datagrams.close();
  }
});

test('every page runs in the sandbox settings, apart from the profile on disk', async ({ desk }) => {
  const driver = await desk.start();
  // Left out of Electron's types, and the only way to read what a page really runs with.
  type Readable = Electron.WebContents & { getLastWebPreferences(): Electron.WebPreferences };
  const preferences = await driver.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const { sandbox, contextIsolation, nodeIntegration, webviewTag } = (contents as Readable).getLastWebPreferences();
      return {
        ...{ sandbox, contextIsolation, nodeIntegration, webviewTag },
        isPersistent: contents.session.isPersistent(),
      };
    }),
  );
  expect(preferences).toEqual([
    { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, isPersistent: false },
  ]);
});

test('the bridge offers the requests of the contract and nothing else', async ({ desk }) => {
  const driver = await desk.start();
  const offered = await driver.page.evaluate(() =>
    Object.entries(window.coffer).flatMap(([noun, verbs]) =>
      typeof verbs === 'function' ? [noun] : Object.keys(verbs as object).map((verb) => `${noun}.${verb}`),
    ),
  );
  const { requests } = await import('../../preload/contract');
  const camel = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const expected = Object.keys(requests).map((channel) => channel.split(':').map(camel).join('.'));
  expect(offered.sort()).toEqual([...expected, 'on'].sort());
});

test('no console message and no complaint on the terminal', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.button('Settings').click();
  await makeRecoveryCode(driver, password);
  await driver.goTo('Backups');
  await driver.button('Back up now').click();
  await driver.page.locator('[data-backup]').waitFor();
  await driver.lock();
  await driver.unlock(password);
  await driver.button('Lock').waitFor();
  const complaints = driver.output
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const ofTheDebugger = /^(Debugger |For help, see|DevTools listening)/;
  expect(complaints.filter((line) => !ofTheDebugger.test(line))).toEqual([]);
});
