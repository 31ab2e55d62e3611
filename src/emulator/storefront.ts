// The storefront's routes: BigCommerce's own paths, so that a theme finds what it finds on a real store.
import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { contentSecurityPolicy } from './content-security-policy.js';
import { createCustomerLoginReader } from './customer-login.js';
import { createTokenIssuer, type TokenAlgorithm } from './current-customer.js';
import { createContentRoutes } from './management/content.js';
import { scriptTags } from './management/content-scripts.js';
import { createContentStore } from './management/content-store.js';
import { createManagementRoutes } from './management/index.js';
import { createPageBuilder } from './page-builder/index.js';
import { pageContext, productContext } from './page-context.js';
import { productImage } from './product-image.js';
import { createStencilEngine, ThemeError, type EngineOptions } from './stencil-engine.js';
import { sampleStore } from './sample-store.js';
import { createStore, type StoreOptions } from './store.js';
import { readThemeAsset } from './theme-assets.js';

export interface EmulatorOptions extends StoreOptions, EngineOptions {
  /** How tokens are signed. Default `HS512`, as live stores do. */
  algorithm?: TokenAlgorithm;
  /** What the management API takes as `X-Auth-Token`. Default: the sample store's. */
  accessToken?: string;
}

export interface Emulator {
  /** Answers as the storefront would; usable as a handler of any fetch-style server. */
  fetch: (request: Request) => Promise<Response>;
}

interface PageRequest {
  template: string;
  title: string;
  context?: Record<string, unknown>;
  status?: 200 | 404;
}

const SESSION_COOKIE = 'SHOP_SESSION_TOKEN';

/**
 * Creates a BigCommerce storefront that runs on this machine: a theme rendered by the real Stencil engine,
 * sign-in, and `/customer/current.jwt`. No store, no account and no network is needed.
 *
 * @example
 * const store = createEmulator({ themeDir: 'my-theme' });
 * const page = await store.fetch(new Request('http://localhost/'));
 */
export function createEmulator(options: EmulatorOptions): Emulator {
  const store = createStore(options);
  const engine = createStencilEngine(options);
  const issueToken = createTokenIssuer(store, options.algorithm ?? 'HS512');
  const readCustomerLogin = createCustomerLoginReader(store);
  const app = new Hono();
  const content = createContentStore();
  const pageBuilder = createPageBuilder({
    content,
    engine,
    customers: store.customers,
    visit: (request) => app.fetch(request),
  });

  const customerOf = (context: Context) => store.customer(getCookie(context, SESSION_COOKIE));

  const showPage = async (context: Context, page: PageRequest) => {
    const customer = customerOf(context);
    const nonce = randomBytes(16).toString('base64');
    const { origin } = new URL(context.req.url);
    const base = pageContext({ store, origin, title: page.title, customer });
    base.head.scripts = scriptTags(content, 'head', nonce);
    base.footer.scripts = scriptTags(content, 'footer', nonce);
    const html = await engine.render({
      template: page.template,
      context: { ...base, ...page.context },
      nonce,
      regions: await pageBuilder.regions(context.req.raw, page.template, nonce),
      acceptLanguage: context.req.header('accept-language') ?? 'en',
    });
    const { bcw_backend_url: backendUrl } = await engine.themeSettings();
    context.header('Content-Security-Policy', contentSecurityPolicy(nonce, backendUrl));
    if (customer) context.header('Cache-Control', 'no-store');
    return context.html(html, page.status ?? 200);
  };

  const showLogin = (context: Context, error?: string) =>
    showPage(context, {
      template: 'pages/auth/login',
      title: 'Sign in',
      context: { forms: { login: error ? { error } : {} } },
    });

  /** The earlier session ends with the sign-in: a session id never passes from one customer to the next. */
  const enter = (context: Context, sessionId: string, path: string) => {
    store.signOut(getCookie(context, SESSION_COOKIE));
    setCookie(context, SESSION_COOKIE, sessionId, { path: '/', httpOnly: true, sameSite: 'Lax' });
    return context.redirect(path);
  };

  app.get('/', (context) => {
    const { origin } = new URL(context.req.url);
    const featured = store.products.map((product) => productContext(product, origin));
    return showPage(context, { template: 'pages/home', title: 'Home', context: { products: { featured } } });
  });

  app.get('/account.php', (context) => {
    if (!customerOf(context)) return context.redirect('/login.php');
    return showPage(context, { template: 'pages/account/orders/all', title: 'Your account' });
  });

  app.get('/login.php', (context) => {
    if (context.req.query('action') !== 'logout') return showLogin(context);
    store.signOut(getCookie(context, SESSION_COOKIE));
    deleteCookie(context, SESSION_COOKIE);
    return context.redirect('/');
  });

  app.post('/login.php', async (context) => {
    const { login_email: email, login_pass: password } = await context.req.parseBody();
    const sessionId =
      typeof email === 'string' && typeof password === 'string' && store.signIn(email, password);
    if (!sessionId)
      return showLogin(context, 'Your email address or password is incorrect. Please try again.');
    return enter(context, sessionId, '/account.php');
  });

  app.get('/login/token/:token', async (context) => {
    const login = await readCustomerLogin(context.req.param('token'));
    const sessionId = login && store.signInAs(login.customerId);
    if (!sessionId) return showLogin(context, 'We could not sign you in. Please try again.');
    return enter(context, sessionId, login.redirectTo);
  });

  app.get('/customer/current.jwt', async (context) => {
    context.header('Cache-Control', 'no-store');
    const customer = customerOf(context);
    const token = customer && (await issueToken(customer, context.req.query('app_client_id') ?? ''));
    // A guest and an unknown app look the same to the caller, as on a real store.
    if (!token) return context.json({ errors: [{ status: 404, title: 'Not Found' }] }, 404);
    const wantsJson = context.req.header('accept')?.includes('application/json');
    return wantsJson ? context.json({ token }) : context.text(token);
  });

  app.get('/products.php', (context) => {
    const product = store.product(Number(context.req.query('productId')));
    if (!product) return showNotFound(context);
    const { origin } = new URL(context.req.url);
    return showPage(context, {
      template: 'pages/product',
      title: product.name,
      context: { product: productContext(product, origin) },
    });
  });

  app.get('/product_images/:file{[0-9]+\\.svg}', (context) => {
    const image = productImage(Number.parseInt(context.req.param('file'), 10));
    return image ? context.body(image, 200, { 'Content-Type': 'image/svg+xml' }) : showNotFound(context);
  });

  const { accessToken = sampleStore.accessToken } = options;
  const management = {
    storeHash: store.storeHash,
    accessToken,
    content: createContentRoutes(content, engine.regions),
  };
  app.route('/stores', createManagementRoutes(management));
  app.route('/page-builder', pageBuilder.routes);

  const showAsset = (prefix: RegExp) => async (context: Context) => {
    const path = new URL(context.req.url).pathname.replace(prefix, '');
    const asset = await readThemeAsset(options.themeDir, path);
    if (!asset) return context.text('The theme has no such asset.', 404);
    // Edits to the theme show on reload.
    return context.body(asset.body, 200, { 'Content-Type': asset.type, 'Cache-Control': 'no-cache' });
  };
  app.get('/assets/*', showAsset(/^\/assets\//));
  app.get('/stencil/:version/*', showAsset(/^\/stencil\/[^/]*\//));

  const showNotFound = (context: Context) =>
    showPage(context, { template: 'pages/errors/404', title: 'Page not found', status: 404 });
  app.notFound(showNotFound);

  app.onError((error, context) => {
    if (!(error instanceof ThemeError)) throw error;
    return context.html(themeErrorPage(error), 500);
  });

  return { fetch: async (request) => app.fetch(request) };
}

function themeErrorPage(error: ThemeError): string {
  return `<!doctype html><meta charset="utf-8"><title>Theme error</title>
<h1>The theme has an error</h1>
<p><code>${escapeHtml(error.file)}</code></p>
<pre>${escapeHtml(error.message)}</pre>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
