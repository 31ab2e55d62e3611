// A page of the emulated storefront with whatever a document shows on it, seen by a signed-in shopper.
import { readdirSync, readFileSync } from 'node:fs';
import { after } from 'node:test';
import { createEmulator, sampleStore } from 'bc-customer-widget/emulator';
import { signCurrentCustomer } from 'bc-customer-widget/server';
import { build } from 'esbuild';
import type { Browser, Page } from 'puppeteer-core';
import { listen } from '../../../examples/listen.js';
import { startLoyalty } from '../../../examples/loyalty/server.js';
import { launchBrowser, signIn, visit, type Visit } from '../../support/storefront.js';
import { freePort } from '../../support/free-port.js';

export interface Show {
  /** Markup of the page's body. */
  body: string;
  /** A module of an application, with imports of packages. */
  script?: string;
  /** For the module: where its packages are. */
  folder?: string;
  /** What the text around the script takes for granted, as JavaScript. */
  before?: string;
  policy?: string;
  /** Whether the page leaves the element's module to the snippet. */
  withoutModule?: boolean;
  shopper?: string;
}

const MODULE = '/assets/bc-customer-widget/bc-customer-widget.min.js';

interface Stage {
  browser: Browser;
  url: string;
  backendUrl: string;
  close: () => Promise<void>;
}

let started: Promise<Stage> | undefined;
/** What is at an address instead of the emulated store's page. */
const pages = new Map<string, () => Response | Promise<Response>>([
  ['/api/customer-token', async () => Response.json({ token: await tokenOfAda() })],
  ...readdirSync('dist')
    .filter((name) => name.endsWith('.min.js'))
    .map((name) => [`/${name}`, () => script(readFileSync(`dist/${name}`, 'utf8'))] as const),
]);

after(async () => (await started)?.close());

/** The storefront with a loyalty backend on another origin, started with the first use. */
function openStage(): Promise<Stage> {
  started ??= startStage();
  return started;
}

async function startStage(): Promise<Stage> {
  const { apps, storeHash } = sampleStore;
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const [browser, backend] = await Promise.all([
    launchBrowser(),
    startLoyalty({ port: 0, databaseUrl: ':memory:', apps, storeHashes: [storeHash], allowedOrigins: [url] }),
  ]);
  const backendUrl = `${backend.url}/rewards`;
  const themeSettings = { bcw_app_client_id: apps[0]!.clientId, bcw_backend_url: backendUrl };
  const emulator = createEmulator({ themeDir: 'example-theme', themeSettings });
  const answer = (request: Request) =>
    pages.get(new URL(request.url).pathname)?.() ?? emulator.fetch(request);
  const server = await listen(answer, port);
  const close = async () => {
    await Promise.all([browser.close(), server.close(), backend.close()]);
  };
  return { browser, url, backendUrl, close };
}

/** Writes the emulated store's ids and addresses in place of those of the documents. */
export async function withOwnNames(text: string): Promise<string> {
  const { backendUrl } = await openStage();
  const backend = new URL(backendUrl).origin;
  return text
    .replaceAll(/(app-client-id=")[^"]*|(appClientId: ')[^']*/g, `$1$2${sampleStore.apps[0]!.clientId}`)
    .replaceAll(/https:\/\/(api\.example\.com|backend\.example)/g, backend)
    .replaceAll('wss://api.example.com', backend.replace('http', 'ws'));
}

/** Opens the page. It has not settled. */
export async function show(options: Show): Promise<Visit> {
  const {
    body,
    before = '',
    script: source,
    folder,
    policy,
    withoutModule,
    shopper = 'ada@example.com',
  } = options;
  const { browser, url } = await openStage();
  const visitor = await visit(browser);
  const { page } = visitor;
  await signIn(page, url, shopper);
  const nonce = 'the-nonce-of-this-page';
  const code = source && (await bundle(await withOwnNames(source), folder));
  const scripts = [
    ...(withoutModule ? [] : [`<script type="module" nonce="${nonce}" src="${MODULE}"></script>`]),
    ...(code ? [`<script type="module" nonce="${nonce}">${before}\n${code}</script>`] : []),
  ];
  const html =
    `<!doctype html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,"></head>` +
    `<body>${(await withOwnNames(body)).replaceAll('{{nonce}}', nonce)}${scripts.join('')}</body></html>`;
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const own = policy && (await withOwnNames(policy)).replaceAll('{{nonce}}', nonce);
  const path = `/snippet-${pages.size}`;
  pages.set(
    path,
    () => new Response(html, { headers: own ? { ...headers, 'content-security-policy': own } : headers }),
  );
  visitor.complaints.length = 0;
  visitor.requests.length = 0;
  await page.goto(url + path);
  return visitor;
}

/** Waits for the state that all elements of the page come to. */
export async function reaches(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const all = [...document.querySelectorAll('bc-customer-widget')];
      return all.length > 0 && all.every((element) => element.getAttribute('state') === wanted);
    },
    {},
    state,
  );
}

async function bundle(contents: string, resolveDir = '.'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
    logLevel: 'silent',
  });
  return outputFiles[0]!.text.replaceAll('</script', '<\\/script');
}

function tokenOfAda(): Promise<string> {
  const { apps, storeHash } = sampleStore;
  return signCurrentCustomer({ id: 1, email: 'ada@example.com' }, { ...apps[0]!, storeHash });
}

const script = (text: string) => new Response(text, { headers: { 'content-type': 'text/javascript' } });
