// What axe finds wrong on a page.
import { readFile } from 'node:fs/promises';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';

const source = await readFile('node_modules/axe-core/axe.min.js', 'utf8');

/** A rule and where it is broken, each; nothing in frames with `iframes: false`. A strict policy must be bypassed. */
export async function violations(page: Page, options: RunOptions = {}): Promise<string[]> {
  await page.evaluate(source);
  const results = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}
