// A window of any of the three engines, for tests that mean the same in each.
import puppeteer, { type Browser } from 'puppeteer-core';
import { findWholeBrowser } from './browser.js';
import { findFirefox, findWebKit, type Engine } from './engines.js';
import { startWebKit } from './webdriver.js';

export interface BrowserWindow {
  goTo: (url: string) => Promise<void>;
  /** Begins to go back; the page comes a little later. */
  back: () => Promise<void>;
  /** Runs a function in the page; what it uses has to be handed over. */
  evaluate: <Result, Values extends unknown[]>(
    job: (...values: Values) => Result,
    ...values: Values
  ) => Promise<Awaited<Result>>;
  close: () => Promise<void>;
}

/** The window of a browser of its own. @throws Error that says what to install, when there is no such browser. */
export async function openWindow(engine: Engine): Promise<BrowserWindow> {
  if (engine === 'webkit') return startWebKit(findWebKit());
  const browser = await (engine === 'firefox' ? launchFirefox() : launchWholeBrowser());
  const page = await browser.newPage();
  return {
    goTo: async (url) => {
      await page.goto(url);
    },
    // Not `goBack()`: in Firefox it waits for a load event, which a page that was kept does not have.
    back: () =>
      page.evaluate(() => {
        setTimeout(() => {
          history.back();
        });
      }),
    evaluate: (job, ...values) => page.evaluate(job as never, ...values),
    close: () => browser.close(),
  };
}

function launchFirefox(): Promise<Browser> {
  return puppeteer.launch({ browser: 'firefox', executablePath: findFirefox() });
}

function launchWholeBrowser(): Promise<Browser> {
  const { path, args, env } = findWholeBrowser();
  return puppeteer.launch({ executablePath: path, args, env });
}
