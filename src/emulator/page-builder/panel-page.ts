// The page of the local Page Builder: its frame, and what its script needs to know.
import { randomBytes } from 'node:crypto';
import { html, raw } from 'hono/html';
import {
  defaultConfiguration,
  type SchemaTranslations,
  type WidgetConfiguration,
  type WidgetSchema,
} from '../../page-builder/index.js';
import type { EmulatedCustomer } from '../sample-store.js';
import { runPanel } from './panel.js';
import { panelStyles } from './panel-styles.js';

export interface PanelData {
  /** What the widget's box in the frame is found by. */
  widgetId: string;
  schema: WidgetSchema;
  translations: SchemaTranslations;
  defaults: WidgetConfiguration;
  /** Values of the sample store, to be filled in with one click. */
  sample: WidgetConfiguration;
  pages: { name: string; path: string; regions: string[] }[];
  customers: Pick<EmulatedCustomer, 'name' | 'email' | 'password'>[];
}

export interface PanelPageOptions extends Pick<PanelData, 'widgetId' | 'schema' | 'translations' | 'sample'> {
  customers: readonly EmulatedCustomer[];
  regions: (template: string) => Promise<string[] | undefined>;
}

/** Pages of the storefront on which a widget can stand, by the theme's template. */
const PAGES = [
  { name: 'Home', path: '/', template: 'pages/home' },
  { name: 'Product', path: '/products.php?productId=101', template: 'pages/product' },
  { name: 'Account', path: '/account.php', template: 'pages/account/orders/all' },
];

/** Gives the page and the policy that it is to be sent with. */
export async function panelPage(options: PanelPageOptions): Promise<{ html: string; policy: string }> {
  const { widgetId, schema, translations, sample, customers, regions } = options;
  const pages = await Promise.all(
    PAGES.map(async ({ name, path, template }) => ({ name, path, regions: (await regions(template)) ?? [] })),
  );
  const data: PanelData = {
    widgetId,
    schema,
    translations,
    sample,
    defaults: defaultConfiguration(schema),
    pages: pages.filter((page) => page.regions.length > 0),
    customers: customers.map(({ name, email, password }) => ({ name, email, password })),
  };
  const nonce = randomBytes(16).toString('base64');
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Page Builder (local)</title>
        <style nonce="${nonce}">
          ${raw(panelStyles)}
        </style>
      </head>
      <body>
        <aside aria-label="Widget settings">
          <header>
            <h1>Customer widget</h1>
            <p>Page Builder on this machine. Nothing is saved.</p>
          </header>
          <div role="tablist" aria-label="Settings"></div>
          <form id="settings"></form>
          <div class="buttons">
            <button type="button" id="sample">Fill in the sample store's app</button>
            <button type="button" id="reset">Back to the defaults</button>
          </div>
          <p id="problem" role="alert" hidden></p>
          <details>
            <summary>HTML of the widget</summary>
            <pre id="source"></pre>
          </details>
        </aside>
        <main>
          <form id="view">
            <label
              >Show
              <select name="as"></select
            ></label>
            <label
              >Page
              <select name="page"></select
            ></label>
            <label
              >Region
              <select name="region"></select
            ></label>
            <label
              >Panel language
              <select name="language"></select
            ></label>
          </form>
          <iframe id="frame" title="Storefront"></iframe>
        </main>
        <script nonce="${nonce}" type="application/json" id="data">
          ${raw(forScript(data))}
        </script>
        <script nonce="${nonce}" type="module">
          ${raw(PANEL_SCRIPT)};
        </script>
      </body>
    </html>`;
  const policy = `default-src 'self'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`;
  return { html: String(page), policy };
}

/** JSON that cannot end the script element it stands in. */
const forScript = (data: unknown) => JSON.stringify(data).replace(/</g, '\\u003c');

// The script is written, typed and linted as a module of this package and sent as its source. A development
// run compiles with names kept, which leaves calls of a helper behind that the browser does not have.
const PANEL_SCRIPT = `const __name = (value) => value;\n(${runPanel.toString()})();`;
