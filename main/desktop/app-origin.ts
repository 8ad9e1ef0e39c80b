/** The one origin that the app lives on. WebAuthn refuses custom schemes, so it is https, answered in this process. */
export const appOrigin = 'https://coffer.localhost';

/** First page of the app. */
export const appUrl = `${appOrigin}/index.html`;

/**
 * Content security policy of every page.
 *
 * @param devServer - Only in development: the Vite server whose modules and styles are let in.
 */
export function contentSecurityPolicy(devServer: URL | null): string {
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    // Vite puts styles into the page by script while developing.
    'style-src': devServer === null ? "'self'" : "'self' 'unsafe-inline'",
    'font-src': "'self'",
    'img-src': "'self' data:",
    'connect-src': devServer === null ? "'none'" : `'self' ws://${devServer.host}`,
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': devServer === null ? 'svelte-trusted-html' : "svelte-trusted-html 'allow-duplicates' *",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
