// The module on the page: whether it is there, loads, is whole and is the one that was meant.
import { createHash } from 'node:crypto';
import { version as ownVersion } from '../../version.js';
import { isReply, typeOf, type Ask, type Attempt, type Reply } from './ask.js';
import { failure, ok, skipped, warning, type Result } from './finding.js';
import type { Page, PageScript } from './page.js';

export interface WidgetScript extends PageScript {
  /** Where the bundle comes from; a script in the page may import it. */
  address: URL;
}

/** A script whose file has arrived. */
export interface LoadedScript {
  script: WidgetScript;
  file: Reply;
  page: Page;
}

const FILE = /^bc-customer-widget[\w.]*\.m?js$/;
const IMPORTED = /["'`]([^"'`\s]*\/bc-customer-widget[\w.]*\.m?js[^"'`\s]*)["'`]/;

/** The scripts of the page that load the bundle. */
export function widgetScripts({ scripts, url }: Page): WidgetScript[] {
  return scripts.flatMap((script) => {
    const address = script.src ?? importedBy(script, url);
    return address && FILE.test(address.pathname.split('/').at(-1) ?? '') ? [{ ...script, address }] : [];
  });
}

function importedBy({ code }: PageScript, page: URL): URL | undefined {
  const specifier = IMPORTED.exec(code)?.[1];
  return specifier && URL.canParse(specifier, page) ? new URL(specifier, page) : undefined;
}

export const LOAD_IT =
  "Load the module beside the element, as the partial does, or import it in the theme's own bundle.";

/** Whether one of the page's own bundles holds the element, as when the theme's bundler takes it in. */
export async function isBundled({ scripts, url }: Page, ask: Ask): Promise<boolean> {
  const own = scripts.flatMap(({ src }) => (src?.origin === url.origin ? [src] : [])).slice(0, 10);
  const replies = await Promise.all(own.map((src) => ask(src)));
  return replies.some((reply) => isReply(reply) && reply.body.includes('bc-customer-widget'));
}

export function judgeScript(script: WidgetScript, file: Attempt, page: Page): Result {
  const { address, attributes } = script;
  const upload = 'Upload the files of dist/ there, all side by side.';
  if (!isReply(file)) return failure(`${address.href} ${file.failed}.`, upload);
  if (file.status !== 200) return failure(`${address.href} answers ${file.status}.`, upload);
  const type = typeOf(file);
  if (!/(java|ecma)script$/.test(type)) {
    return failure(
      `${address.href} comes as ${type || 'no type'}: a browser does not run it.`,
      'Serve it as text/javascript.',
    );
  }
  const needsCors = attributes.type === 'module' || attributes.crossorigin !== undefined;
  if (needsCors && address.origin !== page.url.origin && !letsIn(file, page.url.origin)) {
    return failure(
      `${address.origin} serves the module without Access-Control-Allow-Origin: a browser does not run it.`,
      'Serve it from the storefront, or with that header.',
    );
  }
  return ok(`The page loads ${address.pathname.split('/').at(-1) ?? ''}.`);
}

export function judgeVersion(file: Reply): Result {
  const found = /\bstatic version\s*=\s*["'`]([\w.+-]+)/.exec(file.body.toString())?.[1];
  if (found === undefined) return skipped('The file does not tell its version.');
  if (found === ownVersion) return ok(`It is version ${found}.`);
  return warning(
    `The page has version ${found}; this is doctor ${ownVersion}.`,
    'Run npx bc-customer-widget add again, or doctor of that version.',
  );
}

/** Browsers take the strongest algorithm that is listed (https://www.w3.org/TR/sri-2/). */
export function judgeIntegrity({ script, file, page }: LoadedScript): Result {
  const { attributes, address } = script;
  const listed = (attributes.integrity ?? '').split(/\s+/).filter((hash) => /^sha(256|384|512)-/.test(hash));
  if (listed.length === 0) return skipped('The script has no integrity attribute.');
  if (
    address.origin !== page.url.origin &&
    attributes.type !== 'module' &&
    attributes.crossorigin === undefined
  ) {
    return failure(
      'The script of another origin has integrity without crossorigin: a browser does not run it.',
      'Add crossorigin="anonymous".',
    );
  }
  const strongest =
    listed
      .map((hash) => hash.slice(0, 6))
      .sort()
      .at(-1) ?? '';
  const actual = `${strongest}-${createHash(strongest).update(file.body).digest('base64')}`;
  if (listed.some((hash) => hash.split('?')[0] === actual))
    return ok('The file has the hash that integrity names.');
  return failure(
    'The file is not the one that integrity names: a browser does not run it.',
    'Take file and hash from the same version: dist/integrity.json has the hashes.',
  );
}

/** The files that the module loads from beside it when it needs them. */
export function partsOf(address: URL, file: Attempt): URL[] {
  if (!isReply(file)) return [];
  const names = file.body.toString().match(/\.\/bc-customer-widget-[\w-]+\.min\.js/g) ?? [];
  return [...new Set(names)].map((name) => new URL(name, address));
}

/** @param parts what came of asking for each, by address */
export function judgeParts(parts: ReadonlyMap<string, Attempt>, page: Page): Result {
  if (parts.size === 0) return ok('It loads no further files.');
  const missing = [...parts].flatMap(([address, reply]) => {
    const { origin, pathname } = new URL(address);
    const isThere = isReply(reply) && reply.status === 200 && typeOf(reply).endsWith('script');
    const isUsable = isThere && (origin === page.url.origin || letsIn(reply, page.url.origin));
    return isUsable ? [] : [pathname.split('/').at(-1) ?? ''];
  });
  if (missing.length === 0) return ok(`The ${parts.size} files that it loads when needed are beside it.`);
  return failure(
    `Beside the module these do not load: ${missing.join(', ')}.`,
    'Upload all bc-customer-widget*.min.js of one version side by side.',
  );
}

/** The same address twice is one module; two addresses are two. */
export function judgeCopies(scripts: readonly WidgetScript[]): Result {
  const addresses = new Set(scripts.map(({ address }) => address.href));
  if (addresses.size < 2) return ok('The page loads it once.');
  return warning(
    `The page loads ${addresses.size} copies: ${[...addresses].join(', ')}.`,
    'Keep one of them: the first that loads is used, the others cost time.',
  );
}

function letsIn({ headers }: Reply, origin: string): boolean {
  const allowed = headers.get('access-control-allow-origin');
  return allowed === '*' || allowed === origin;
}
