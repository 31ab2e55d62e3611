// The Back button after a sign-out, in browsers that really keep the page.
import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { after, before, describe, it, type TestContext } from 'node:test';
import { serve } from '@hono/node-server';
import { createEmulator, type RunningEmulator, type StartOptions } from 'bc-customer-widget/emulator';
import { engineNames, type Engine } from '../support/engines.js';
import { startStorefront, type Storefront } from '../support/storefront.js';
import { arrive, inEngines, type Shopper } from './shopper.js';

let store: Storefront;
before(async () => {
  store = await startStorefront({}, startKeepableStore);
});
after(() => store.close());

/** Pages with `no-store` are thrown away by some engines; a theme's pages are not all sent with it. */
function startKeepableStore({ port, ...options }: StartOptions): Promise<RunningEmulator> {
  const emulator = createEmulator(options);
  const fetch = async (request: Request) => {
    const response = await emulator.fetch(request);
    if (response.headers.get('content-type')?.includes('html')) response.headers.delete('cache-control');
    return response;
  };
  return new Promise((resolve) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, () => {
      resolve({
        url: `http://localhost:${port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => {
              closed();
            });
            server.closeAllConnections();
          }),
      });
    }) as Server;
  });
}

interface Return {
  /** Whether the page came out of the back/forward cache. */
  wasKept: boolean;
  /** What the widget showed at the first moment. */
  atFirst: string;
  /** What the page showed beside it. */
  beside: string | null | undefined;
}

/**
 * Ada's account page, a page elsewhere, and Back: what the widget shows at the first moment. A browser may throw a page
 * away at any time, when memory is short; then the way is gone again.
 */
async function comeBack(shopper: Shopper, meanwhile?: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    await leave(shopper);
    if (meanwhile) await shopper.evaluate((address) => fetch(address).then(() => true), meanwhile);
    await shopper.back();
    await shopper.until(() => /^\/(account|login)\.php$/.test(location.pathname));
    await shopper.until(() => document.readyState === 'complete');
    const returned = await shopper.evaluate(
      () => (window as unknown as { returned?: Return }).returned ?? null,
    );
    assert.ok(returned?.wasKept === true || attempt < 4, 'The browser does not keep the page.');
    if (!returned?.wasKept) continue;
    // The page is the one that was left: what the widget does not show, it has taken away itself.
    assert.equal(returned.beside, '1,240');
    return returned.atFirst;
  }
}

async function leave({ goTo, evaluate, until, signIn, widgetText }: Shopper): Promise<void> {
  await goTo(`${store.url}/login.php?action=logout`);
  await signIn(store.url, 'ada@example.com');
  assert.match(await widgetText('ready'), /1,240/);
  await until(() => document.readyState === 'complete');
  await evaluate(() => {
    const note = document.querySelector('bc-customer-widget')!.appendChild(document.createElement('p'));
    note.id = 'note';
    note.slot = 'empty';
    note.textContent = '1,240';
    addEventListener(
      'pageshow',
      ({ persisted }) => {
        const widget = document.querySelector('bc-customer-widget')!;
        const returned: Return = {
          wasKept: persisted,
          atFirst: widget.shadowRoot!.textContent,
          beside: document.querySelector('#note')?.textContent,
        };
        Object.assign(window, { returned });
      },
      { capture: true },
    );
  });
  await goTo(`${store.url}/products.php?productId=101`);
}

for (const engine of inEngines) {
  describe('Back', () => {
    it(`in ${engineNames[engine]} shows nothing at first, then the data of the same customer`, async (test) => {
      const shopper = await visit(test, engine);
      assert.doesNotMatch(await comeBack(shopper), /1,240/);
      assert.match(await shopper.widgetText('ready'), /1,240/);
    });

    it(`in ${engineNames[engine]} shows nothing at all to one who has signed out`, async (test) => {
      const shopper = await visit(test, engine);
      assert.doesNotMatch(await comeBack(shopper, '/login.php?action=logout'), /1,240/);
      assert.doesNotMatch(await shopper.widgetText('guest'), /1,240/);
    });
  });
}

async function visit(test: TestContext, engine: Engine): Promise<Shopper> {
  const shopper = await arrive(engine);
  test.after(() => shopper.close());
  return shopper;
}
