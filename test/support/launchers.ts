// How @web/test-runner starts a page in each engine.
import type { TestRunnerConfig } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import { findBrowser } from './browser.js';
import { countPage, isCovered, keepCounts } from './coverage/index.js';
import { findFirefox, findWebKit, type Engine, type WebKit } from './engines.js';
import { startWebKit } from './webdriver.js';
import type { BrowserWindow } from './window.js';

type Launcher = NonNullable<TestRunnerConfig['browsers']>[number];

/** @throws Error that says what to install, when there is no such browser. */
export const launchers: Record<Engine, () => Launcher | Promise<Launcher>> = {
  async chromium() {
    const { path, args, env } = await findBrowser();
    const launcher = chromeLauncher({
      launchOptions: {
        executablePath: path,
        // Code out of the cache counts for nothing.
        args: isCovered() ? [...args, '--v8-cache-options=none'] : args,
        env,
      },
      // A hidden tab gets no frames and no IntersectionObserver calls.
      async createPage({ context }) {
        const page = await context.newPage();
        await page.emulateFocusedPage(true);
        if (isCovered()) await countPage(page);
        return page;
      },
    });
    return isCovered() ? counting(launcher) : launcher;
  },
  // Over WebDriver BiDi, which puppeteer speaks.
  firefox: () =>
    chromeLauncher({ puppeteer, launchOptions: { browser: 'firefox', executablePath: findFirefox() } }),
  webkit: () => webkitLauncher(findWebKit()),
};

/** Keeps what a page has run, after each file. */
function counting(launcher: ReturnType<typeof chromeLauncher>): Launcher {
  const stopSession = launcher.stopSession.bind(launcher);
  launcher.stopSession = async (id) => {
    await keepCounts(launcher.getPage(id));
    return stopSession(id);
  };
  return launcher;
}

/** One window, one file after the other. */
function webkitLauncher(found: WebKit): Launcher {
  let starting: Promise<BrowserWindow> | undefined;
  const addresses = new Map<string, string>();
  return {
    name: 'WebKit',
    type: 'webkitgtk',
    concurrency: 1,
    async startSession(id, url) {
      const window = await (starting ??= startWebKit(found));
      addresses.set(id, url);
      await window.goTo(url);
    },
    isActive: (id) => addresses.has(id),
    getBrowserUrl: (id) => addresses.get(id),
    async stopSession(id) {
      addresses.delete(id);
      // Ends whatever the page still does.
      await (await starting)?.goTo('about:blank');
      return {};
    },
    startDebugSession: () => Promise.reject(new Error('WebKitGTK cannot be debugged from here.')),
    async stop() {
      await (await starting)?.close();
    },
  };
}
