import path from 'node:path';
import { type Session, net } from 'electron';
import { StaticFiles } from '../files/static-files';
import { appOrigin, contentSecurityPolicy } from './app-origin';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Answers the app's origin from the built renderer and cancels every other request, so that nothing leaves the app.
 *
 * @param session - Of the app's pages; in memory, so that nothing of them reaches the disk.
 * @param folder - The built renderer.
 * @param devServer - Only in development: where pages come from instead.
 */
export function serveApp(session: Session, folder: string, devServer: URL | null): void {
  // Listed at the first request, when the page's process has started.
  let files: StaticFiles | null = null;
  const headers = { 'content-security-policy': contentSecurityPolicy(devServer), 'x-content-type-options': 'nosniff' };
  session.protocol.handle('https', async ({ url }) => {
    const { origin, pathname, search } = new URL(url);
    if (origin !== appOrigin) return new Response(null, { status: 403 });
    if (devServer !== null) return fromDevServer(new URL(pathname + search, devServer), headers);
    files ??= new StaticFiles(folder);
    const bytes = files.read(pathname);
    if (bytes === null) return new Response(null, { status: 404 });
    const contentType = contentTypes[path.extname(pathname)] ?? 'application/octet-stream';
    return new Response(bytes, { headers: { ...headers, 'content-type': contentType } });
  });
  const allowed = [`${appOrigin}/`, ...(devServer === null ? [] : [`ws://${devServer.host}/`])];
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isInlineImage = url.startsWith('data:image/');
    answer({ cancel: !isInlineImage && !allowed.some((prefix) => url.startsWith(prefix)) });
  });
}

/**
 * Loads what Electron needs for an answer of {@link serveApp}, which it does at the first one otherwise: some 20 ms. For a moment in
 * which nobody waits for this process, such as that in which a page's starts.
 */
export function warmUpAnswers(): void {
  new Response(null);
}

async function fromDevServer(url: URL, headers: Record<string, string>): Promise<Response> {
  const response = await net.fetch(url.href);
  const contentType = response.headers.get('content-type') ?? 'text/html';
  return new Response(response.body, {
    status: response.status,
    headers: { ...headers, 'content-type': contentType, 'cache-control': 'no-store' },
  });
}
