// The element rendered on a server by @lit-labs/ssr, and what becomes of it in a browser.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { build } from 'esbuild';
import { html } from 'lit';
import type { Browser, Page } from 'puppeteer-core';
import '../../src/index.js';
import { launchBrowser } from '../support/storefront.js';
import { tokenOf } from '../support/token-endpoint.js';

const HYDRATION = '@lit-labs/ssr-client/lit-element-hydrate-support.js';
const widget = html`<bc-customer-widget
  app-client-id="abc123"
  backend-url="/data"
  token-url="/token"
  heading="Your rewards"
></bc-customer-widget>`;

let markup: string;
let server: Server;
let browser: Browser;
let origin: string;
const requests: string[] = [];

before(async () => {
  markup = await collectResult(render(widget));
  const scripts = {
    '/hydrated.js': await script(`import '${HYDRATION}'; import './src/index.js';`),
    '/plain.js': await script(`import './src/index.js';`),
  };
  const token = await tokenOf(1);
  server = createServer(({ url = '/' }, response) => {
    requests.push(url);
    const send = (type: string, body: string) => response.setHeader('content-type', type).end(body);
    if (url in scripts) send('text/javascript', scripts[url as keyof typeof scripts]);
    else if (url.startsWith('/token')) send('text/plain', token);
    else if (url === '/data') send('application/json', '{"text":"Hello 1"}');
    else send('text/html', `<!doctype html><html lang="en"><body>${markup}</body></html>`);
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

describe('on a server', () => {
  it('renders heading and skeleton into declarative shadow DOM, and asks for nothing', () => {
    assert.match(markup, /<bc-customer-widget[^>]* heading="Your rewards"/);
    assert.match(markup, /<template shadowroot="open" shadowrootmode="open">/);
    assert.match(markup, /aria-level="2"><!--lit-part-->Your rewards</);
    assert.match(markup, /part="skeleton"/);
    assert.deepEqual(requests, []);
  });

  it('renders a preview and a manual widget too', async () => {
    const odd = html`<bc-customer-widget preview></bc-customer-widget
      ><bc-customer-widget loading="manual"> </bc-customer-widget>`;
    assert.match(await collectResult(render(odd)), /<\/bc-customer-widget>/);
  });
});

describe('in the browser', () => {
  it('shows the skeleton before any script runs', async () => {
    const page = await open();
    assert.equal(
      await page.$eval('bc-customer-widget', ({ shadowRoot }) => shadowRoot?.querySelectorAll('i').length),
      8,
    );
    await page.close();
  });

  it('hydrates: the same nodes, the same words, then the data', async () => {
    const page = await open();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    const sections = await remember(page);
    await start(page, '/hydrated.js');
    assert.deepEqual(await shown(page), {
      sections: 1,
      isSame: true,
      busy: 'false',
      words: ['Hello 1', 'Loaded.', 'Your rewards'],
    });
    assert.deepEqual(complaints, []);
    await sections.dispose();
    await page.close();
  });

  it('draws itself anew, once, where Lit’s hydration is not loaded', async () => {
    const page = await open();
    await remember(page);
    await start(page, '/plain.js');
    assert.deepEqual(await shown(page), {
      sections: 1,
      isSame: false,
      busy: 'false',
      words: ['Hello 1', 'Loaded.', 'Your rewards'],
    });
    await page.close();
  });
});

async function open(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(origin);
  return page;
}

const remember = (page: Page) =>
  page.evaluateHandle(() => {
    const section = document.querySelector('bc-customer-widget')?.shadowRoot?.querySelector('section');
    return ((globalThis as { rendered?: unknown }).rendered = section);
  });

async function start(page: Page, url: string): Promise<void> {
  await page.addScriptTag({ type: 'module', url });
  await page.waitForSelector('bc-customer-widget[state=ready]');
  await page.$eval('bc-customer-widget', (element) => element.updateComplete);
}

const shown = (page: Page) =>
  page.$eval('bc-customer-widget', ({ shadowRoot }) => {
    const sections = [...(shadowRoot?.querySelectorAll('section') ?? [])];
    return {
      sections: sections.length,
      isSame: sections[0] === (globalThis as { rendered?: unknown }).rendered,
      busy: shadowRoot?.querySelector('.data')?.getAttribute('aria-busy'),
      words: sections[0]?.textContent.match(/Your rewards|Load\w+\W|Hello 1/g)?.sort(),
    };
  });

async function script(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.', loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
  });
  return outputFiles[0]?.text ?? '';
}
