// /v3/content/scripts: Script Manager.
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import {
  inChannels,
  length,
  notFound,
  one,
  oneOf,
  page,
  readBody,
  unprocessable,
  type Body,
  type Fields,
} from './content-answers.js';
import type { ContentStore, StoredScript } from './content-store.js';

/** The platform's limits. */
const MAXIMUM_SCRIPTS = 50;
const MAXIMUM_HTML = 65_536;
const MAXIMUM_HASHES = 5;

const FIELDS: Fields = {
  name: { type: 'string', isRequired: true, check: length(1, 255) },
  description: { type: 'string' },
  kind: { type: 'string', check: oneOf('src', 'script_tag') },
  src: { type: 'string', check: checkAddress },
  html: { type: 'string', check: length(1, MAXIMUM_HTML) },
  load_method: { type: 'string', check: oneOf('default', 'async', 'defer') },
  location: { type: 'string', check: oneOf('head', 'footer') },
  visibility: {
    type: 'string',
    check: oneOf('storefront', 'all_pages', 'checkout', 'order_confirmation'),
  },
  consent_category: { type: 'string', check: oneOf('essential', 'functional', 'analytics', 'targeting') },
  auto_uninstall: { type: 'boolean' },
  enabled: { type: 'boolean' },
  integrity_hashes: { type: 'array', check: checkHashes },
  channel_id: { type: 'integer' },
};

export function createScriptRoutes({ scripts }: ContentStore): Hono {
  const app = new Hono();

  app.get('/', (context) => page(context, inChannels(context, [...scripts.values()])));

  app.post('/', async (context) => {
    const body = await readBody(context, FIELDS);
    const now = new Date().toISOString();
    const script = { ...DEFAULTS, ...body, uuid: randomUUID(), date_created: now, date_modified: now };
    const problem = problemOf(script);
    if (problem) return unprocessable(context, problem);
    const beside = [...scripts.values()].filter((other) => other.channel_id === script.channel_id);
    if (beside.length >= MAXIMUM_SCRIPTS) {
      return unprocessable(context, { name: `a channel has at most ${MAXIMUM_SCRIPTS} scripts` });
    }
    scripts.set(script.uuid, script);
    return one(context, script);
  });

  app.get('/:uuid', (context) => {
    const script = scripts.get(context.req.param('uuid'));
    return script ? one(context, script) : notFound(context);
  });

  app.put('/:uuid', async (context) => {
    const script = scripts.get(context.req.param('uuid'));
    if (!script) return notFound(context);
    const body: Body = await readBody(context, FIELDS, true);
    const changed = { ...script, ...body, date_modified: new Date().toISOString() };
    const problem = problemOf(changed);
    if (problem) return unprocessable(context, problem);
    scripts.set(script.uuid, changed);
    return one(context, changed);
  });

  app.delete('/:uuid', (context) => {
    return scripts.delete(context.req.param('uuid')) ? context.body(null, 204) : notFound(context);
  });

  return app;
}

const DEFAULTS = {
  name: '',
  description: '',
  kind: 'src',
  src: '',
  html: '',
  load_method: 'default',
  location: 'head',
  visibility: 'storefront',
  // Without a category, a store with the consent banner does not render the script.
  consent_category: 'unknown',
  auto_uninstall: false,
  enabled: true,
  integrity_hashes: [],
  channel_id: 1,
} satisfies Partial<StoredScript> as Omit<StoredScript, 'uuid' | 'date_created' | 'date_modified'>;

function problemOf(script: StoredScript): Record<string, string> | undefined {
  if (script.kind === 'src' && !script.src) return { src: 'is required for kind src' };
  if (script.kind === 'src' && script.html) return { html: 'is not allowed for kind src' };
  if (script.kind === 'script_tag' && !script.html) return { html: 'is required for kind script_tag' };
  if (script.kind === 'script_tag' && script.load_method !== 'default') {
    return { load_method: 'must be default for kind script_tag' };
  }
  if (script.kind === 'script_tag' && script.integrity_hashes.length > 0) {
    return { integrity_hashes: 'are for kind src' };
  }
  return undefined;
}

/** The tags of the scripts for one place on a storefront page, with the page's nonce. */
export function scriptTags(
  { scripts }: ContentStore,
  location: StoredScript['location'],
  nonce: string,
): string {
  return [...scripts.values()]
    .filter((script) => script.enabled && script.location === location)
    .filter(({ visibility }) => visibility === 'storefront' || visibility === 'all_pages')
    .map((script) => {
      if (script.kind === 'script_tag') return script.html.replace('<script', `<script nonce="${nonce}"`);
      const method = script.load_method === 'default' ? '' : ` ${script.load_method}`;
      const hashes = script.integrity_hashes.map(({ hash }) => hash).join(' ');
      const integrity = hashes ? ` integrity="${escape(hashes)}" crossorigin="anonymous"` : '';
      return `<script nonce="${nonce}" src="${escape(script.src)}"${integrity}${method}></script>`;
    })
    .join('\n');
}

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');

function checkAddress(address: string): string | undefined {
  return /^https?:\/\//.test(address) && URL.canParse(address) ? undefined : 'must be a web address';
}

function checkHashes(hashes: unknown[]): string | undefined {
  if (hashes.length > MAXIMUM_HASHES) return `must be at most ${MAXIMUM_HASHES}`;
  const isHash = (one: unknown) =>
    /^sha(256|384|512)-[\w+/]+=*$/.test((one as { hash?: string } | null)?.hash ?? '');
  return hashes.every(isHash) ? undefined : 'must be objects with a hash such as sha384-…';
}
