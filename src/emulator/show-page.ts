// Answers with a page: as HTML, as a part of it for stencil-utils, or as data for the Stencil CLI that renders it.
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { contentSecurityPolicy } from './content-security-policy.js';
import type { ContentStore } from './management/content-store.js';
import { scriptTags } from './management/content-scripts.js';
import { pageContext } from './page-context.js';
import type { PageBuilder } from './page-builder/index.js';
import { customerOf } from './session.js';
import type { StencilEngine } from './stencil-engine.js';
import type { Store } from './store.js';

export interface PageRequest {
  /** Template name, e.g. `pages/home`. */
  template: string;
  title: string;
  /** What the page's own templates use beside what every page has. */
  context?: Record<string, unknown>;
  /** Id of the product or category that the page is about. */
  entityId?: number;
  status?: 200 | 404;
}

export type ShowPage = (context: Context, page: PageRequest) => Promise<Response>;

/** What a caller of the Stencil protocol asks for in the header `stencil-options`. */
interface StencilOptions {
  get_data_only?: boolean;
  render_with?: string;
}

export interface PageSources {
  store: Store;
  engine: StencilEngine;
  content: ContentStore;
  pageBuilder: PageBuilder;
  toolbar: boolean;
}

export function createShowPage({ store, engine, content, pageBuilder, toolbar }: PageSources): ShowPage {
  return async (context, page) => {
    const customer = customerOf(context, store);
    const { origin } = new URL(context.req.url);
    const base = pageContext({ store, origin, title: page.title, customer });
    const data = { ...base, ...page.context };
    const options = stencilOptions(context);
    if (customer) context.header('Cache-Control', 'no-store');
    const status = page.status ?? 200;
    if (options.get_data_only) {
      const { template: template_file, entityId: entity_id = null } = page;
      const { page_type } = data;
      return context.json(
        { pencil_response: true, remote: false, template_file, page_type, entity_id, context: data },
        status,
      );
    }
    const nonce = randomBytes(16).toString('base64');
    base.head.scripts = scriptTags(content, 'head', nonce);
    base.footer.scripts = scriptTags(content, 'footer', nonce);
    if (toolbar) {
      base.footer.scripts += `<script type="module" nonce="${nonce}" src="/emulator/toolbar.js"></script>`;
    }
    const regions = await pageBuilder.regions(context.req.raw, page.template, nonce);
    const { bcw_backend_url: backendUrl } = await engine.themeSettings();
    context.header('Content-Security-Policy', contentSecurityPolicy(nonce, backendUrl));
    const acceptLanguage = context.req.header('accept-language') ?? 'en';
    const render = (template: string) =>
      engine.render({ template, context: data, nonce, regions, acceptLanguage });
    const names = options.render_with?.split(',').filter((name) => COMPONENT.test(name)) ?? [];
    if (names.length > 1) {
      const parts = names.map(
        async (name) => [`components/${name}`, await render(`components/${name}`)] as const,
      );
      return context.json(Object.fromEntries(await Promise.all(parts)), status);
    }
    return context.html(await render(names[0] ? `components/${names[0]}` : page.template), status);
  };
}

/** Names only: nothing outside the theme's components can be asked for. */
const COMPONENT = /^[\w-]+(\/[\w-]+)*$/;

function stencilOptions(context: Context): StencilOptions {
  try {
    return JSON.parse(context.req.header('stencil-options') ?? '{}') as StencilOptions;
  } catch {
    return {};
  }
}
