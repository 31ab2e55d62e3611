/** A template of 200 items beside the same list written by hand with lit-html, in a browser. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchBrowser } from '../support/storefront.js';
import type { Bench } from './run.js';

const promised = 1.5;

const bench: Bench = async () => {
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
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    const { ours, litHtml } = await page.evaluate(() =>
      (globalThis as unknown as { compare: () => Promise<Record<'ours' | 'litHtml', number>> }).compare(),
    );
    const ratio = ours / litHtml;
    console.log(
      `200 items: template ${ours.toFixed(2)} ms, lit-html by hand ${litHtml.toFixed(2)} ms: ` +
        `${ratio.toFixed(2)} times its time (promised: ${promised.toFixed(2)})`,
    );
    return ratio <= promised;
  } finally {
    await browser.close();
  }
};
export default bench;
