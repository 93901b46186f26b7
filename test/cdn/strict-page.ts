import type { Page } from 'playwright-core';

/**
 * A page as a stranger writes it: its own origin, a policy that allows scripts from the bundle's origin and calls to the
 * API's, no inline script or style, and no markup from text but Lit's own.
 */
export function strictPage({ scripts, api, body }: { scripts: readonly string[]; api: string; body: string }): string {
  const bundles = [...new Set(scripts.map((script) => new URL(script).origin))].join(' ');
  const policy = [
    "default-src 'none'",
    `script-src ${bundles}`,
    "style-src 'self'",
    `connect-src ${api}`,
    `img-src ${api}`,
    `media-src ${api} blob:`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html 'allow-duplicates'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <title>Somebody else's page</title>
    ${scripts.map((script) => `<script type="module" src="${script}"></script>`).join('\n    ')}
  </head>
  <body>
    ${body}
  </body>
</html>`;
}

/** Everything that a page's console, its policy or its scripts complain of, and every request, from now on. */
export async function watchPage(page: Page): Promise<{ complaints: () => Promise<string[]>; requests: string[] }> {
  const heard: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => heard.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) heard.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(globalThis, { violations });
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ''}:${event.lineNumber} ${event.sample}`);
    });
  });
  const violations = (): Promise<string[]> => page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations);
  return { complaints: async () => [...heard, ...(await violations())], requests };
}
