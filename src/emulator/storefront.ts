// The store as a whole: state, theme and routes. Its paths are BigCommerce's own, so that a theme finds what it
// finds on a real store.
import { Hono, type Context } from 'hono';
import { createAccountRoutes } from './account-routes.js';
import { createCartRoutes } from './cart-routes.js';
import { createCatalogueRoutes } from './catalogue-routes.js';
import { createTokenIssuer, type TokenAlgorithm } from './current-customer.js';
import { createGallery } from './gallery.js';
import { createContentRoutes } from './management/content.js';
import { createContentStore } from './management/content-store.js';
import { createManagementRoutes } from './management/index.js';
import { createFaultRoutes, createFaults, type Faults } from './faults.js';
import { endpointFaultMiddleware } from './faults-middleware.js';
import { toolbarScript } from './faults-toolbar.js';
import { createPageBuilder } from './page-builder/index.js';
import { sampleStore } from './sample-store.js';
import { createShowPage } from './show-page.js';
import { createSignInRoutes } from './sign-in-routes.js';
import { createStencilCliRoutes } from './stencil-cli-routes.js';
import { createStencilEngine, ThemeError, type EngineOptions } from './stencil-engine.js';
import { createStore, type StoreOptions } from './store.js';
import { readThemeAsset } from './theme-assets.js';
import { themeErrorPage } from './theme-error-page.js';
import { compileStyles } from './theme-styles.js';

export interface EmulatorOptions extends StoreOptions, EngineOptions {
  /** How tokens are signed. Default `HS512`, as live stores do. */
  algorithm?: TokenAlgorithm;
  /** What the management API takes as `X-Auth-Token`. Default: the sample store's. */
  accessToken?: string;
  /** Folder of the widget template that `/page-builder` shows. Default: this package's. */
  widgetTemplateDir?: string;
  /** What goes wrong, to be shared with a backend that uses `backendFaultMiddleware`. Default: nothing. */
  faults?: Faults;
  /** Whether pages have the toolbar that switches faults. Default: they are as the theme makes them. */
  toolbar?: boolean;
}

export interface Emulator {
  /** Answers as the storefront would; usable as a handler of any fetch-style server. */
  fetch: (request: Request, bindings?: object) => Promise<Response>;
}

/**
 * Creates a BigCommerce storefront that runs on this machine: a theme rendered by the real Stencil engine,
 * sign-in, and `/customer/current.jwt`. No store, no account and no network is needed.
 *
 * @example
 * const store = createEmulator({ themeDir: 'my-theme' });
 * const page = await store.fetch(new Request('http://localhost/'));
 */
export function createEmulator(options: EmulatorOptions): Emulator {
  const { algorithm = 'HS512', accessToken = sampleStore.accessToken } = options;
  const { faults = createFaults(), toolbar = false } = options;
  const app = new Hono();
  const store = createStore(options);
  const engine = createStencilEngine(options);
  const content = createContentStore();
  const visit = (request: Request) => app.fetch(request);
  const pageBuilder = createPageBuilder({
    content,
    engine,
    customers: store.customers,
    visit,
    templateDir: options.widgetTemplateDir,
  });
  const showPage = createShowPage({ store, engine, content, pageBuilder, toolbar });

  app.use('/customer/current.jwt', endpointFaultMiddleware(faults, store));
  app.route('/emulator/faults', createFaultRoutes(faults, options.faults !== undefined));
  app.get('/emulator/toolbar.js', (context) =>
    context.body(toolbarScript(), 200, { 'Content-Type': 'text/javascript' }),
  );
  app.route('/', createCatalogueRoutes(store, showPage));
  app.route('/', createSignInRoutes(store, showPage));
  app.route('/', createAccountRoutes(store, createTokenIssuer(store, algorithm), showPage));
  app.route('/', createCartRoutes(store, showPage));
  app.route('/', createStencilCliRoutes(store.storeHash));
  app.route(
    '/stores',
    createManagementRoutes({
      storeHash: store.storeHash,
      accessToken,
      content: createContentRoutes(content, (file) => engine.regions(file)),
    }),
  );
  app.route('/page-builder', pageBuilder.routes);
  app.route('/', createGallery());

  const readStyles = async (path: string) => {
    const name = /^css\/([\w-]+)\.css$/.exec(path)?.[1];
    const css = name && (await compileStyles(options.themeDir, name, await engine.themeSettings()));
    return css ? { body: css, type: 'text/css' } : undefined;
  };
  const showAsset = (prefix: RegExp) => async (context: Context) => {
    const path = new URL(context.req.url).pathname.replace(prefix, '');
    const asset = (await readThemeAsset(options.themeDir, path)) ?? (await readStyles(path));
    if (!asset) return context.text('The theme has no such asset.', 404);
    // Edits to the theme show on reload.
    return context.body(asset.body, 200, { 'Content-Type': asset.type, 'Cache-Control': 'no-cache' });
  };
  app.get('/assets/*', showAsset(/^\/assets\//));
  app.get('/stencil/:version/*', showAsset(/^\/stencil\/[^/]*\//));

  app.notFound((context) =>
    showPage(context, { template: 'pages/errors/404', title: 'Page not found', status: 404 }),
  );
  app.onError((error, context) => {
    if (!(error instanceof ThemeError)) throw error;
    return context.html(themeErrorPage(error), 500);
  });

  return { fetch: async (request, bindings) => app.fetch(request, bindings) };
}
