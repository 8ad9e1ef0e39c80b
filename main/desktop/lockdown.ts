import type { App, Session } from 'electron';

/** Denies what no page of the app has a use for: navigation, windows, webviews, permissions, downloads. */
export function lockDown(app: App): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    // WebRTC asks nobody before it sends; TCP is what silenceNetwork is for.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}

/**
 * Lets Chromium resolve no host at all, IP addresses included. Requests are cancelled elsewhere; this stops what is no request:
 * WebRTC over TCP, DNS prefetching, Chromium's own services. To be called before the app is ready.
 *
 * @param hosts - Those that stay: the development server's, and that of releases where the user wants to hear of updates.
 */
export function silenceNetwork(app: App, hosts: readonly string[]): void {
  const rules = ['MAP * ~NOTFOUND', ...hosts.map((host) => `EXCLUDE ${host}`)];
  app.commandLine.appendSwitch('host-resolver-rules', rules.join(', '));
}

/** Denies a session's permissions, devices and downloads. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false); // it would fetch dictionaries
}

/**
 * Whether a packaged app was started in a way that lets another program look into it.
 *
 * @param argv - Of the process.
 */
export function isStartedForDebugging(argv: readonly string[]): boolean {
  return argv.some((argument) => /^(--?|\/)(inspect|remote-debugging)/i.test(argument));
}
