// The built widget as a widget template loads it: one address, and the hash of what is there.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** `module` for `<script type="module">`, `classic` for a plain script as in Script Manager. */
export type BundleKind = 'module' | 'classic';

export interface Bundle {
  code: string;
  /** For subresource integrity: `sha384-…`. */
  integrity: string;
}

const FILES: Record<BundleKind, string> = {
  module: 'bc-customer-widget.min.js',
  classic: 'bc-customer-widget.iife.min.js',
};

/** Name of a bundle's file in `dist/` of this package. */
export const bundleFile = (kind: BundleKind): string => FILES[kind];

/** @throws Error when the package has not been built */
export async function readBundle(kind: BundleKind): Promise<Bundle> {
  const code = await readBundleFile(FILES[kind]);
  return { code, integrity: integrityOf(code) };
}

/** Reads one file of the bundle: parts lie beside it. */
export async function readBundleFile(name: string): Promise<string> {
  try {
    return await readFile(new URL(`../../dist/${name}`, import.meta.url), 'utf8');
  } catch (error) {
    throw new Error(`dist/${name} is not there: run npm run build in the package's folder first.`, {
      cause: error,
    });
  }
}

/** Names of the parts that both kinds load from beside them when they need them. */
export async function bundleParts(): Promise<string[]> {
  const files = await readdir(new URL('../../dist', import.meta.url));
  return files.filter((name) => /^bc-customer-widget-[\w-]+\.min\.js$/.test(name));
}

export const integrityOf = (code: string | Uint8Array): string =>
  `sha384-${createHash('sha384').update(code).digest('base64')}`;

/** Puts the bundle's address and hash into a template's script. */
export function withBundle(html: string, url: string, integrity: string): string {
  return html
    .replaceAll('__BUNDLE_URL__', url.replace(/&/g, '&amp;').replace(/"/g, '&quot;'))
    .replaceAll('__BUNDLE_SRI__', integrity);
}

/** The template's markup alone, for a store whose pages load the bundle from elsewhere. */
export function withoutScripts(html: string): string {
  return html.replace(/<script\b[^>]*>[^]*?<\/script>\s*/gi, '');
}
