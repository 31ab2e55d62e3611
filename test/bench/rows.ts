/** A template with 1 to 10,000 rows beside the same list written by hand with lit-html, in a browser. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchBrowser } from '../support/storefront.js';
import type { Bench } from './support/bench.js';
import { inWords, ratioOf, spreadOf, type Spread } from './support/statistics.js';
import type { compare } from './support/template-page.js';

/** At 200 rows; with few of them, reading the template weighs more. */
const promised = 1.5;

export interface Rows {
  rows: number;
  /** How many of them are on the page: the template's lists have a limit. */
  shown: number;
  /** Milliseconds. */
  template: Spread;
  litHtml: Spread;
  /** Round by round. */
  ratio: Spread;
}

const bench: Bench<Rows[]> = async ({ progress, isTiny }) => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('support/template-page.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    conditions: ['production'],
    external: ['@bigcommerce/stencil-utils/*'],
    write: false,
  });
  const browser = await launchBrowser();
  const figures: Rows[] = [];
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    for (const rows of isTiny ? [1, 10] : [1, 10, 100, 200, 1000, 10_000]) {
      progress(`${rows} rows`);
      const rounds = isTiny ? 3 : Math.max(15, Math.min(200, 20_000 / rows));
      const { shown, template, litHtml } = await page.evaluate(
        (count, times) => (globalThis as unknown as { compare: typeof compare }).compare(count, times),
        rows,
        rounds,
      );
      figures.push({
        rows,
        shown,
        template: spreadOf(template),
        litHtml: spreadOf(litHtml),
        ratio: ratioOf(template, litHtml),
      });
    }
  } finally {
    await browser.close();
  }
  return {
    tables: [
      {
        caption: 'Rendering a list',
        head: ['Rows', 'Template, ms', 'lit-html by hand, ms', 'Template ÷ lit-html'],
        rows: figures.map(({ rows, shown, template, litHtml, ratio }) => [
          shown === rows ? write(rows) : `${write(rows)}, of which ${write(shown)} are shown`,
          inWords(template, 2),
          inWords(litHtml, 2),
          inWords(ratio, 2),
        ]),
      },
    ],
    targets: figures
      .filter(({ rows }) => rows === 200)
      .map(({ ratio }) => ({
        what: 'a template of 200 rows',
        measured: `${inWords(ratio, 2)} × lit-html by hand`,
        limit: `${promised.toFixed(2)} ×`,
        isMet: ratio.median <= promised,
      })),
    failures: [],
    notes: ['lit-html renders as many rows as the template shows: a list in a template ends at 1,000 rows.'],
    figures,
  };
};
export default bench;

const write = (rows: number) => rows.toLocaleString('en-US');
