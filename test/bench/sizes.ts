/** What a page downloads: each file of the bundle, each entry as an app's bundler takes it, and other packages beside. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { launchBrowser } from '../support/storefront.js';
import type { Bench } from './support/bench.js';
import { openDistantShop, timeToData } from './support/distance.js';
import { fetchPeer, peers } from './support/peers.js';

export interface Size {
  name: string;
  /** Bytes, minified. */
  plain: number;
  /** Bytes, minified and by gzip -9. */
  gzip: number;
  /** Of this, bytes by gzip in parts that are loaded when they are needed. */
  later: number;
}

export interface Sizes {
  files: Size[];
  bundled: Size[];
  /** Without size where the package could not be fetched. */
  others: (Pick<Size, 'name'> & Partial<Size>)[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const main = 'bc-customer-widget.min.js';

/** What an app would write for each entry of the package. */
const entries = {
  'bc-customer-widget': `import './dist/index.js';`,
  'bc-customer-widget/element': `export { BcCustomerWidget } from './dist/element/index.js';`,
  'bc-customer-widget/client': `export * from './dist/client/index.js';`,
  'bc-customer-widget/client, only loadCustomerData': `export { loadCustomerData } from './dist/client/index.js';`,
  'bc-customer-widget/stencil': `export * from './dist/stencil/index.js';`,
};

const bench: Bench<Sizes> = async ({ progress, isTiny }) => {
  const files = readdirSync(`${root}dist`)
    .filter((name) => /^bc-customer-widget(-[\w-]+|\.iife)?\.min\.js$/.test(name))
    .sort((one, other) => Number(other === main) - Number(one === main) || one.localeCompare(other))
    .map((name) => ({ name, ...sizeOf([readFileSync(`${root}dist/${name}`)]) }));
  progress('a page with the built-in card');
  const downloaded = await filesOfCard();
  const forCard = files.filter(({ name }) => downloaded.has(name));
  files.unshift({
    name: `What a page with the built-in card downloads: ${forCard.length} files`,
    plain: sumOf(forCard, 'plain'),
    gzip: sumOf(forCard, 'gzip'),
    later: 0,
  });
  const bundled: Size[] = [];
  for (const [name, source] of Object.entries(entries)) {
    progress(name);
    bundled.push({ name, ...(await bundle(source, root)) });
  }
  const lit = { name: 'lit alone (LitElement, html, css)', ...(await bundle(litSource, root)) };
  const others: Sizes['others'] = [lit];
  progress('other packages');
  const fetched = isTiny
    ? []
    : await Promise.all(peers.map(async (peer) => ({ peer, folder: await fetchPeer(peer) })));
  for (const { peer, folder } of fetched) {
    const name = `${peer.name} ${peer.version} (${peer.what})`;
    others.push(folder ? { name, ...(await bundle(peer.source, folder)) } : { name });
  }
  const missing = others.filter(({ gzip }) => gzip === undefined);
  return {
    tables: [
      sizeTable('Files of the bundle, Lit inside', files),
      sizeTable("Entries of the package, in an app's bundle", bundled),
      sizeTable('Beside them', others),
    ],
    targets: [],
    failures: [],
    notes: missing.length > 0 ? ['What is not available could not be fetched from the npm registry.'] : [],
    figures: { files, bundled, others },
  };
};
export default bench;

const litSource = `export { LitElement, html, css } from 'lit';`;

/** What a browser asks for until the data is there. */
async function filesOfCard(): Promise<Set<string>> {
  const browser = await launchBrowser();
  const shop = await openDistantShop();
  try {
    const page = await browser.newPage();
    await timeToData(page, shop.address({ contender: 'widget', wire: 'remembered' }));
    const addresses = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    return new Set(addresses.map((address) => address.split('/').at(-1) ?? ''));
  } finally {
    shop.close();
    await browser.close();
  }
}

/** As a production build does it; what is loaded later is counted apart. */
async function bundle(source: string, folder: string): Promise<Omit<Size, 'name'>> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    stdin: { contents: source, resolveDir: folder, sourcefile: 'app.js' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['production', 'browser'],
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['react'],
    splitting: true,
    outdir: 'out',
    write: false,
    metafile: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  const atOnce = importsOf('out/stdin.js', metafile.outputs);
  const contents = (isAtOnce: boolean) =>
    outputFiles
      .filter(({ path }) => atOnce.has(`out/${basename(path)}`) === isAtOnce)
      .map((file) => file.contents);
  return { ...sizeOf(contents(true)), later: sizeOf(contents(false)).gzip };
}

/** The file and all that it imports before it runs. */
function importsOf(file: string, outputs: Metafile['outputs'], found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const { kind, path } of outputs[file]?.imports ?? []) {
    if (kind === 'import-statement') importsOf(path, outputs, found);
  }
  return found;
}

function sizeOf(files: Uint8Array[]): Omit<Size, 'name'> {
  const sum = (length: (file: Uint8Array) => number) =>
    files.reduce((total, file) => total + length(file), 0);
  return {
    plain: sum((file) => file.length),
    gzip: sum((file) => gzipSync(file, { level: 9 }).length),
    later: 0,
  };
}

function sumOf(sizes: Size[], what: 'plain' | 'gzip'): number {
  return sizes.reduce((sum, size) => sum + size[what], 0);
}

function sizeTable(caption: string, sizes: Sizes['others']): Awaited<ReturnType<typeof bench>>['tables'][0] {
  const write = (bytes: number | undefined) => bytes?.toLocaleString('en-US') ?? 'not available';
  const hasLater = sizes.some(({ later = 0 }) => later > 0);
  return {
    caption,
    head: ['', 'Minified, bytes', 'gzip, bytes', ...(hasLater ? ['Loaded when needed, gzip'] : [])],
    rows: sizes.map(({ name, plain, gzip, later }) => [
      name,
      write(plain),
      write(gzip),
      ...(hasLater ? [write(later)] : []),
    ]),
  };
}
