// What each snippet for a page does when it runs there, by the block's key.
import assert from 'node:assert/strict';
import type { Visit } from '../../support/storefront.js';
import { reaches, show, type Show } from './page-stage.js';

type Run = (text: string, folder: string) => Promise<void>;

const ELEMENT =
  '<bc-customer-widget app-client-id="your-client-id" backend-url="https://api.example.com/rewards"></bc-customer-widget>';
const element = "const element = document.querySelector('bc-customer-widget');";

export const inBrowser: Record<string, Run> = {
  'README.md#anywhere-else': tokenFromRoute,
  'docs/headless.md#the-element': tokenFromRoute,

  'docs/headless.md#when-somebody-signs-in-or-out': (text, folder) => {
    const [imports = ''] = /^import.*$/m.exec(text) ?? [];
    // What the snippet does when a shopper clicks on "Sign out".
    const script = `${imports}; globalThis.leave = async () => { ${text.replace(imports, '')} };`;
    const before = "globalThis.signOut = () => fetch('/login.php?action=logout');";
    return on({ body: ELEMENT, before, script, folder, withoutModule: true }, async ({ page }) => {
      await reaches(page, 'ready');
      await page.evaluate(() => (globalThis as unknown as { leave: () => Promise<void> }).leave());
      await reaches(page, 'guest');
    });
  },

  'docs/headless.md#without-the-element': (script, folder) => {
    const before = 'globalThis.seen = []; const render = (...values) => seen.push(values);';
    return on({ body: '<p></p>', before, script, folder }, async ({ page }) => {
      await page.waitForFunction(() => {
        const { seen } = globalThis as unknown as { seen: [string, object | undefined][] };
        return seen.some(([state, data]) => state === 'ready' && data && 'facts' in data);
      });
    });
  },

  'docs/headless.md#server-rendering-2': (script, folder) =>
    on({ body: ELEMENT, script, folder, withoutModule: true }, ({ page }) => reaches(page, 'ready')),

  'docs/cards.md#your-own-template': (script, folder) =>
    on({ body: ELEMENT, before: element, script, folder }, async ({ page }) => {
      await reaches(page, 'ready');
      await page.waitForFunction(
        () => document.querySelector('bc-customer-widget')?.shadowRoot?.querySelector('b') !== null,
      );
    }),

  'docs/cards.md#actions': (script, folder) =>
    on(
      {
        body: ELEMENT,
        before: element,
        script: script.replace('=> {}', '=> { globalThis.ended = { href, data, error }; }'),
        folder,
      },
      async ({ page }) => {
        await reaches(page, 'ready');
        await page.evaluate(() => {
          const root = document.querySelector('bc-customer-widget')!.shadowRoot!;
          root.querySelector<HTMLButtonElement>('button[part~="action"]')!.click();
        });
        await page.waitForFunction(() => {
          const { shadowRoot } = document.querySelector('bc-customer-widget')!;
          const yes = shadowRoot!.querySelector<HTMLButtonElement>('dialog .primary');
          yes?.click();
          return yes !== null;
        });
        await page.waitForFunction(() => 'ended' in globalThis);
      },
    ),

  'docs/theme.md#2-npm-and-your-themes-bundler': (script, folder) =>
    on({ body: ELEMENT, script, folder, withoutModule: true }, ({ page }) => reaches(page, 'ready')),
};

async function tokenFromRoute(script: string, folder: string): Promise<void> {
  await on({ body: ELEMENT, script, folder, withoutModule: true }, async ({ page, requests }) => {
    await reaches(page, 'ready');
    assert.ok(requests.some((request) => request.url().endsWith('/api/customer-token')));
  });
}

async function on(options: Show, look: (shown: Visit) => Promise<unknown>): Promise<void> {
  const shown = await show(options);
  try {
    await look(shown);
    assert.deepEqual(
      shown.complaints.filter((one) => !one.includes('404')),
      [],
    );
  } finally {
    await shown.close();
  }
}
