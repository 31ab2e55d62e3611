// Small apps in React, Vue and Svelte, and one without a framework, in a real browser: what custom-elements-everywhere
// asks of a framework, asked of the two together, and that nothing is left when a page of an app is left.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { BcCustomerWidget } from 'bc-customer-widget';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { launchBrowser } from '../support/storefront.js';
import { tokenOf } from '../support/token-endpoint.js';
import type { AppProps, Mount, MountedApp } from './apps/contract.js';
import { buildApps, frameworks } from './build-apps.js';

/** What the page's own script shares with the tests. */
interface Shared {
  mount: Mount;
  app: MountedApp;
  props: AppProps;
  heard: string[];
  tokens: number;
  open: number;
}
declare const window: Shared;

/** Milliseconds. A limit that is under way holds what it would abort, so a measurement waits for its end. */
const TIME_LIMIT = 2000;

let server: Server;
let browser: Browser;
let origin: string;

before(async () => {
  const [scripts, token] = await Promise.all([buildApps(), tokenOf(1)]);
  server = createServer(({ url = '/' }, response) => {
    const send = (type: string, body: string) => response.setHeader('content-type', type).end(body);
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const script = scripts.get(pathname);
    if (script !== undefined) send('text/javascript', script);
    else if (pathname === '/token') send('text/plain', token);
    else if (pathname.startsWith('/data')) send('application/json', `{"text":"Data of ${pathname}"}`);
    else send('text/html', pageOf(searchParams.get('app') ?? 'plain'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  server.close();
  server.closeAllConnections();
});

it('knows the tag, its properties and its events in every framework’s types', () => {
  const tsc = 'test/frameworks/node_modules/typescript/bin/tsc';
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', 'test/frameworks'], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout);
});

for (const framework of frameworks) {
  describe(`in an app: ${framework}`, () => {
    let page: Page;
    let cdp: CDPSession;
    const complaints: string[] = [];

    before(async () => {
      page = await browser.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      cdp = await page.createCDPSession();
      await cdp.send('Performance.enable');
      await page.goto(`${origin}/?app=${framework}`);
      await page.waitForFunction(() => 'mount' in window);
    });

    const element = <T>(read: (element: BcCustomerWidget) => T) => page.$eval('bc-customer-widget', read);
    const update = (change: Partial<AppProps>) =>
      page.evaluate((given) => {
        window.app.update(given);
      }, change);
    const ready = (text: string) =>
      page.waitForFunction(
        (words) =>
          document.querySelector('bc-customer-widget[state=ready]')?.shadowRoot?.textContent.includes(words),
        {},
        text,
      );

    it('gets attributes and properties: words, numbers, booleans, functions', async () => {
      await page.evaluate(() => {
        window.app = window.mount(document.querySelector<HTMLElement>('#root')!, window.props);
      });
      await ready('Data of /data/1');
      assert.deepEqual(
        await element((widget) => ({
          appClientId: widget.appClientId,
          heading: widget.heading,
          headingLevel: widget.headingLevel,
          customerId: widget.customerId,
          preview: widget.preview,
          variant: widget.getAttribute('variant'),
          tokenSource: widget.tokenSource === window.props.tokenSource,
        })),
        {
          appClientId: 'abc123',
          heading: 'Rewards',
          headingLevel: 3,
          customerId: 1,
          preview: false,
          variant: 'plain',
          tokenSource: true,
        },
      );
    });

    it('hears its events, once each', async () => {
      assert.deepEqual(await page.evaluate(() => window.heard), ['load Data of /data/1']);
    });

    it('renders again without another element, another request or another load', async () => {
      await element((widget) => (widget.id = 'same'));
      const before = await page.evaluate(() => window.tokens);
      await update({ heading: 'Points' });
      await page.waitForFunction(
        () => document.querySelector('#same [slot=empty]')?.textContent === 'Nothing under Points',
      );
      assert.equal(
        await element((widget) => widget.renderRoot.querySelector('[part=heading]')?.textContent.trim()),
        'Points',
      );
      assert.equal(await page.evaluate(() => window.tokens), before);
      assert.equal(await page.$$eval('bc-customer-widget', ({ length }) => length), 1);
    });

    it('loads again when it is given another backend', async () => {
      await update({ backendUrl: '/data/2' });
      await ready('Data of /data/2');
      assert.deepEqual(await page.evaluate(() => window.heard), [
        'load Data of /data/1',
        'load Data of /data/2',
      ]);
    });

    it('is unmounted and mounted again', async () => {
      await update({ isShown: false });
      await page.waitForFunction(() => !document.querySelector('bc-customer-widget'));
      await update({ isShown: true });
      await ready('Data of /data/2');
      assert.equal(await page.evaluate(() => window.heard.length), 3);
      assert.deepEqual(complaints, []);
    });

    it('fills a template, and keeps it through renderings and removals', async () => {
      const content = 'bc-customer-widget[state=ready] [slot=content]';
      await update({ isShown: false });
      await page.waitForFunction(() => !document.querySelector('bc-customer-widget'));
      await update({ template: '<b data-bc-text="text"></b>', isShown: true });
      await page.waitForSelector(`${content} b`);
      await page.$eval(`${content} b`, (shown) => (shown.id = 'kept'));
      await update({ heading: 'Credit' });
      await page.waitForFunction(
        () => document.querySelector('[slot=empty]')?.textContent === 'Nothing under Credit',
      );
      assert.equal(await page.$eval(`${content} #kept`, (shown) => shown.textContent), 'Data of /data/2');
      await update({ isShown: false });
      await page.waitForFunction(() => !document.querySelector('bc-customer-widget'));
      await update({ isShown: true });
      await page.waitForSelector(`${content} b:not(#kept)`);
      assert.equal((await page.$$('bc-customer-widget > template')).length, 1);
      assert.equal((await page.$$('[slot=content]')).length, 1);
      assert.deepEqual(complaints, []);
    });

    it('leaves nothing behind after 1,000 times: no listener, no channel or socket, no growing heap', async (test) => {
      await page.evaluate(() => {
        window.app.unmount();
      });
      // Until everything is compiled: what the engine keeps for that is no growth.
      await cycle(1000);
      const first = await measure();
      await cycle(1000);
      const last = await measure();
      const growth = (last.heap / first.heap - 1) * 100;
      test.diagnostic(`${framework}: heap ${first.heap} → ${last.heap} (${growth.toFixed(2)} %)`);
      assert.ok(growth <= 5, `${growth} %`);
      assert.equal(last.listeners, first.listeners);
      assert.equal(last.nodes, first.nodes);
      assert.equal(last.open, 0);
      assert.ok(last.used > 2000, 'the control: elements were mounted, and asked for a token');
    });

    /** Mounts as a guest's page does, waits until the element has asked and answered, and unmounts. */
    async function cycle(times: number): Promise<void> {
      const mountAndUnmount = async (count: number, timeout: number) => {
        const target = document.querySelector<HTMLElement>('#root')!;
        let answered!: () => void;
        let failed!: (error: Error) => void;
        const fail = ({ detail }: HTMLElementEventMap['bc-customer-error']) => {
          failed(detail.error);
        };
        target.addEventListener('bc-customer-error', fail);
        for (let index = 0; index < count; index += 1) {
          const guest = new Promise<void>((resolve, reject) => {
            answered = resolve;
            failed = reject;
          });
          const app = window.mount(target, {
            ...window.props,
            timeout,
            tokenSource: () => {
              window.tokens += 1;
              return Promise.resolve(null);
            },
            onGuest: answered,
          });
          await guest;
          app.unmount();
          target.replaceChildren();
        }
        target.removeEventListener('bc-customer-error', fail);
      };
      await page.evaluate(mountAndUnmount, times, TIME_LIMIT);
    }

    async function measure() {
      await new Promise((resolve) => setTimeout(resolve, TIME_LIMIT + 200));
      for (let round = 0; round < 3; round += 1) await cdp.send('HeapProfiler.collectGarbage');
      const { metrics } = await cdp.send('Performance.getMetrics');
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
      const { open, tokens } = await page.evaluate(() => ({ open: window.open, tokens: window.tokens }));
      return {
        heap: of('JSHeapUsedSize'),
        listeners: of('JSEventListeners'),
        nodes: of('Nodes'),
        open,
        used: tokens,
      };
    }
  });
}

/** Counts what stays open (`__name` is what tsx puts into functions), then offers the app's `mount`. */
function pageOf(app: string): string {
  return `<!doctype html><html lang="en"><title>${app}</title><body><div id="root"></div><script type="module">
    globalThis.__name = (value) => value;
    globalThis.open = 0;
    for (const name of ['BroadcastChannel', 'WebSocket']) {
      globalThis[name] = class extends globalThis[name] {
        constructor(...args) { super(...args); open += 1; }
        close(...args) { open -= 1; super.close(...args); }
      };
    }
    globalThis.heard = [];
    globalThis.tokens = 0;
    globalThis.props = {
      heading: 'Rewards', backendUrl: '/data/1', isShown: true, timeout: 10000,
      tokenSource: async () => { tokens += 1; return (await fetch('/token')).text(); },
      onLoad: ({ detail }) => heard.push('load ' + detail.data.text),
      onGuest: () => heard.push('guest'),
    };
    globalThis.mount = (await import('/${app}.js')).mount;
  </script></body></html>`;
}
