// Page Builder on this machine: a side panel made from the widget's schema, and the storefront beside it.
import { Hono } from 'hono';
import {
  bundleFile,
  readBundle,
  readBundleFile,
  readWidgetTemplate,
  withBundle,
  type WidgetConfiguration,
} from '../../page-builder/index.js';
import type { ContentStore } from '../management/content-store.js';
import { renderWidget } from '../render-widget.js';
import type { EmulatedCustomer } from '../sample-store.js';
import type { StencilEngine } from '../stencil-engine.js';
import { panelPage } from './panel-page.js';
import { layout, renderRegions, widgetBox } from './regions.js';

export interface PageBuilderOptions {
  content: ContentStore;
  engine: StencilEngine;
  customers: readonly EmulatedCustomer[];
  /** Asks the storefront for one of its pages. */
  visit: (request: Request) => Response | Promise<Response>;
  /** Folder of the widget template. Default: this package's. */
  templateDir?: string | undefined;
}

export interface PageBuilder {
  /** To be mounted at `/page-builder`. */
  routes: Hono;
  /** What a page's regions hold: placed widgets, and in Page Builder's frame the one that is being made. */
  regions: (request: Request, template: string, nonce: string) => Promise<Record<string, string>>;
}

/** The widget that is being made. It exists in the frame only; the store's pages do not have it. */
interface Draft {
  region: string;
  configuration: WidgetConfiguration;
  isEditorMode: boolean;
}

/** Marks the frame's request for a storefront page; holds the draft. */
const DRAFT_HEADER = 'x-page-builder-draft';

export function createPageBuilder({
  content,
  engine,
  customers,
  visit,
  templateDir,
}: PageBuilderOptions): PageBuilder {
  const routes = new Hono();

  routes.get('/', async (context) => {
    const { schema, translations } = await readWidgetTemplate(templateDir);
    const settings = await engine.themeSettings();
    const { html, policy } = await panelPage({
      widgetId: DRAFT_ID,
      schema,
      translations,
      customers,
      regions: (template) => engine.regions(template),
      sample: { appClientId: settings.bcw_app_client_id, backendUrl: settings.bcw_backend_url },
    });
    context.header('Content-Security-Policy', policy);
    return context.html(html);
  });

  // The whole bundle, so that `publish` can be tried with this as its --assets-url.
  routes.get('/:file{bc-customer-widget[\\w.-]*\\.js}', async (context) => {
    try {
      const code = await readBundleFile(context.req.param('file'));
      return context.body(code, 200, {
        'Content-Type': 'text/javascript',
        'Cache-Control': 'no-cache',
        'Access-Control-Allow-Origin': '*',
      });
    } catch (error) {
      return context.text((error as Error).message, 404);
    }
  });

  routes.get('/frame', async (context) => {
    const { origin } = new URL(context.req.url);
    const { path = '/', draft = '' } = context.req.query();
    const headers = new Headers(context.req.raw.headers);
    headers.set(DRAFT_HEADER, encodeURIComponent(draft));
    const response = await visit(new Request(new URL(path, origin), { headers }));
    // Most stores have no policy; with one like the storefront's a script in a widget would not run.
    const page = new Response(response.body, response);
    page.headers.delete('Content-Security-Policy');
    return page;
  });

  routes.post('/render', async (context) => {
    const draft = parseDraft(encodeURIComponent(await context.req.text()));
    if (!draft) return context.json({ message: 'A draft has a region and a configuration.' }, 400);
    try {
      return context.json({ html: await renderDraft(draft, templateDir) });
    } catch (error) {
      return context.json({ message: (error as Error).message }, 422);
    }
  });

  return {
    routes,
    regions: async (request, template, nonce) => {
      const draft = parseDraft(request.headers.get(DRAFT_HEADER) ?? '');
      const regions = await renderRegions(content, template, { nonce, isEditorMode: draft?.isEditorMode });
      if (!draft) return regions;
      // A fault in the template is shown by the panel; the page keeps an empty box for when it is mended.
      const box = await renderDraft(draft, templateDir).catch(() => widgetBox('', DRAFT_ID));
      regions[draft.region] = (regions[draft.region] ?? '') + layout(box, nonce);
      return regions;
    },
  };
}

const DRAFT_ID = '00000000-0000-4000-8000-000000000001';

/** The template is read anew each time, so that edits show with the next change of a setting. */
async function renderDraft({ configuration, isEditorMode }: Draft, templateDir?: string): Promise<string> {
  const { html } = await readWidgetTemplate(templateDir);
  const { integrity } = await readBundle('module');
  const template = withBundle(html, `/page-builder/${bundleFile('module')}`, integrity);
  return widgetBox(await renderWidget(template, configuration, { isEditorMode, id: DRAFT_ID }), DRAFT_ID);
}

/** Reads what the header holds: JSON, percent-encoded. */
function parseDraft(header: string): Draft | undefined {
  try {
    const { region, configuration, isEditorMode } = JSON.parse(decodeURIComponent(header)) as Partial<Draft>;
    if (typeof region !== 'string' || typeof configuration !== 'object') return undefined;
    return { region, configuration, isEditorMode: isEditorMode === true };
  } catch {
    return undefined;
  }
}
