// Counts what a page runs of our source. Over the DevTools protocol: puppeteer's coverage has to stop to tell.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CDPSession, Page } from 'puppeteer-core';
import { folder, type RanScript } from './record.js';

const sessions = new WeakMap<Page, CDPSession>();
let taken = 0;

/** Counts from here on, through all navigations. */
export async function countPage(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Profiler.enable');
  await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  sessions.set(page, session);
}

/** Writes down what has run since the last time. */
export async function keepCounts(page: Page): Promise<void> {
  const session = sessions.get(page)!;
  await session.send('Debugger.enable');
  const { result } = await session.send('Profiler.takePreciseCoverage');
  const scripts: RanScript[] = [];
  for (const { scriptId, url, functions } of result) {
    const { pathname } = URL.canParse(url) ? new URL(url) : { pathname: '' };
    if (!pathname.startsWith('/src/')) continue;
    const { scriptSource } = await session.send('Debugger.getScriptSource', { scriptId });
    const code = `${createHash('sha1').update(scriptSource).digest('hex')}.js`;
    writeFileSync(join(folder, code), scriptSource);
    scripts.push({ url: pathToFileURL(process.cwd()).href + pathname, functions, code });
  }
  await session.send('Debugger.disable');
  writeFileSync(join(folder, `page-${(taken += 1)}.json`), JSON.stringify(scripts));
}
