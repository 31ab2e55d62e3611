// Where shoppers' browsers load the bundle from, and whether what is there is this package's.
import { readFile } from 'node:fs/promises';
import {
  bundleFile,
  bundleParts,
  integrityOf,
  readBundleFile,
  type BundleKind,
} from '../page-builder/index.js';
import { CommandError } from './command-error.js';

/** Where the files of this version are, once it is on npm. */
export async function publicAssetsUrl(): Promise<string> {
  const file = new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return `https://cdn.jsdelivr.net/npm/bc-customer-widget@${version}/dist`;
}

export interface HostedBundle {
  url: string;
  integrity: string;
  /** What it loads from beside itself. */
  parts: { url: string; integrity: string }[];
}

/** @throws CommandError when the package is not built, or the address is none that a storefront may load from */
export async function hostedBundle(kind: BundleKind, folderUrl: string): Promise<HostedBundle> {
  const url = URL.canParse(folderUrl) ? new URL(folderUrl) : undefined;
  const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
  if (!url || (url.protocol !== 'https:' && !isLocal)) {
    throw new CommandError('--assets-url must start with https:// (http:// on localhost only).');
  }
  const hosted = async (file: string) => ({
    url: `${folderUrl.replace(/\/+$/, '')}/${file}`,
    integrity: integrityOf(await readBundleFile(file)),
  });
  try {
    const parts = await bundleParts();
    return { ...(await hosted(bundleFile(kind))), parts: await Promise.all(parts.map(hosted)) };
  } catch (error) {
    throw new CommandError((error as Error).message);
  }
}

/**
 * Loads the bundle as a browser would. A hash that does not fit would leave every shopper without a widget.
 *
 * @returns a sentence about what may be wrong with the host; undefined when all is well
 * @throws CommandError when a file is not there, or is another one
 */
export async function checkBundle({ parts, ...main }: HostedBundle): Promise<string | undefined> {
  const warnings = await Promise.all([main, ...parts].map(checkFile));
  return warnings.find((warning) => warning);
}

async function checkFile({ url, integrity }: Omit<HostedBundle, 'parts'>): Promise<string | undefined> {
  const fix = 'Upload the files of dist/ there, or name the folder that has them with --assets-url.';
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
  if (!response) throw new CommandError(`${url} cannot be reached. ${fix}`);
  if (!response.ok) throw new CommandError(`${url} answers ${response.status}. ${fix}`);
  if (integrityOf(new Uint8Array(await response.arrayBuffer())) !== integrity) {
    throw new CommandError(`What is at ${url} is not the bundle of this version. ${fix}`);
  }
  return response.headers.has('Access-Control-Allow-Origin')
    ? undefined
    : `${url} comes without Access-Control-Allow-Origin: it loads only on a storefront of the same host.`;
}
