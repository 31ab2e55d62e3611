// The two real servers of `npm start`, on free ports, and a browser to visit them with.
import {
  backendFaultMiddleware,
  createFaults,
  sampleStore,
  startEmulator,
  type StartOptions,
} from 'bc-customer-widget/emulator';
import puppeteer, { type Browser, type HTTPRequest, type Page } from 'puppeteer-core';
import { startLoyalty } from '../../examples/loyalty/server.js';
import { findBrowser } from './browser.js';
import { freePort } from './free-port.js';
import { sessionCookie } from './session-cookie.js';

export interface Storefront {
  url: string;
  backendUrl: string;
  close: () => Promise<void>;
}

/**
 * An emulated store with a theme, and the loyalty backend with a database in memory.
 *
 * @param start puts the store on its port
 */
export async function startStorefront(
  options: Partial<StartOptions> = {},
  start = startEmulator,
): Promise<Storefront> {
  const port = await freePort();
  const { apps, storeHash } = sampleStore;
  const { faults = createFaults() } = options;
  const backend = await startLoyalty({
    port: 0,
    databaseUrl: ':memory:',
    apps,
    storeHashes: [storeHash],
    allowedOrigins: [`http://localhost:${port}`],
    middleware: backendFaultMiddleware(faults),
  });
  const backendUrl = `${backend.url}/rewards`;
  const store = await start({
    port,
    themeDir: 'example-theme',
    ...options,
    faults,
    themeSettings: {
      bcw_app_client_id: apps[0]?.clientId,
      bcw_backend_url: backendUrl,
      ...options.themeSettings,
    },
  });
  return {
    url: store.url,
    backendUrl,
    close: async () => {
      await Promise.all([store.close(), backend.close()]);
    },
  };
}

export async function launchBrowser(): Promise<Browser> {
  const { path, args, env } = await findBrowser();
  return puppeteer.launch({ executablePath: path, args, env });
}

export interface Visit {
  page: Page;
  /** Every request of the page so far. */
  requests: HTTPRequest[];
  /** Errors on the console and uncaught ones; a strict policy's complaints are among them. */
  complaints: string[];
  close: () => Promise<void>;
}

/** A visitor with cookies of their own. */
export async function visit(browser: Browser, width = 1000): Promise<Visit> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width, height: 900 });
  const requests: HTTPRequest[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, requests, complaints, close: () => context.close() };
}

/** Signs in beside the page, which takes the cookie and opens the account: most tests are not about the form. */
export async function signIn(page: Page, url: string, email: string): Promise<void> {
  const { hostname: domain } = new URL(url);
  for (const cookie of (await sessionCookie(url, email)).split('; ')) {
    const [name = '', value = ''] = cookie.split('=');
    await page.browserContext().setCookie({ name, value, domain, path: '/', httpOnly: true });
  }
  await page.goto(`${url}/account.php`);
}

/** Fills in the form of the sign-in page that is open, and sends it. */
export async function sendSignInForm(page: Page, email: string): Promise<void> {
  await page.type('[name=login_email]', email);
  await page.type('[name=login_pass]', 'demo');
  await page.keyboard.press('Enter');
}
