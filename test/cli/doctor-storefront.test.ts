// A storefront, a client ID and a session that are set up wrong, and the checks that find it.
import { sampleStore } from '../../src/emulator/index.js';
import { signCurrentCustomer } from '../../src/server/index.js';
import { app, closedAddress } from './doctor-stage.js';
import { at, careless, testTable, type Row } from './doctor-tables.js';

const { storeHash } = sampleStore;

const storefront: Row[] = [
  [
    'does not run',
    async () => {
      const address = await closedAddress();
      return { told: { storefront: address }, loyalty: { allowedOrigins: [address] } };
    },
    ['storefront-reachable'],
    /refuses the connection/,
  ],
  [
    'is closed',
    at(/^\/$/, () => new Response('down', { status: 503 })),
    ['storefront-reachable'],
    /answers 503/,
  ],
  [
    'has another address',
    at(/./, ({ url }) => Response.redirect(new URL(new URL(url).pathname, 'https://www.store.example'))),
    ['storefront-reachable'],
    /redirects to https:\/\/www\.store\.example, another origin.*Run doctor with/,
  ],
  [
    'is headless',
    at(
      /current\.jwt/,
      () => new Response('<html>', { status: 404, headers: { 'content-type': 'text/html' } }),
    ),
    ['token-endpoint'],
    /headless.*--token-url/,
  ],
  [
    'is headless and has a route',
    {
      ...at(/current\.jwt/, () => new Response('<html>', { status: 404 })),
      signedIn: false,
      ...at(/token/, () => Response.json({ token: null })),
      told: { '--token-url': '/api/customer-token' },
    },
    [],
  ],
  [
    'is headless, and somebody is signed in there',
    {
      async storefront({ url, headers }, emulated) {
        const { pathname } = new URL(url);
        if (pathname === '/account.php') return new Response('<html>', { status: 404 });
        if (pathname !== '/api/customer-token') return emulated();
        const customer = { id: 1, email: 'ada@example.com', groupId: 0 };
        const token = headers.has('cookie')
          ? await signCurrentCustomer(customer, { ...app, storeHash })
          : null;
        return Response.json({ token });
      },
      told: { '--token-url': '/api/customer-token' },
    },
    [],
  ],
  [
    'runs in stencil start with its cache',
    at(/current\.jwt/, () => new Response('')),
    ['token-endpoint'],
    /stencil start --no-cache/,
  ],
  [
    'has a cache that keeps tokens',
    at(
      /current\.jwt/,
      async () =>
        new Response(
          await signCurrentCustomer({ id: 1, email: 'ada@example.com', groupId: 0 }, { ...app, storeHash }),
        ),
    ),
    ['token-endpoint'],
    /SECURITY.*without any cookie/,
  ],
  [
    "has a cache that keeps a shopper's token for too long",
    at(/current\.jwt/, async ({ headers }, emulated) => {
      if (!headers.has('cookie')) return emulated();
      const customer = { id: 1, email: 'ada@example.com', groupId: 0 };
      const issuedAt = Math.floor(Date.now() / 1000) - 3600;
      return new Response(await signCurrentCustomer(customer, { ...app, storeHash, issuedAt }));
    }),
    ['session-claims'],
    /has expired by this computer's clock/,
  ],
  [
    'has a session that is over',
    { told: { '--cookie': 'SHOP_SESSION_TOKEN=gone' } },
    ['session-cookie'],
    /signs nobody in: \/account\.php redirects to \/login\.php/,
  ],
];

const identity: Row[] = [
  [
    'the client ID is wrong everywhere',
    { settings: { bcw_app_client_id: 'wrongapp' }, told: { '--client-id': 'wrongapp' } },
    ['session-token'],
    /app-level API account/,
  ],
  [
    'the client ID is wrong on the page',
    { settings: { bcw_app_client_id: 'wrongapp' } },
    ['page-element'],
    /client ID wrongapp, not sampleapp/,
  ],
  [
    'the client ID is empty on the page',
    { settings: { bcw_app_client_id: '' } },
    ['page-element'],
    /app-client-id is missing/,
  ],
  [
    'the backend is another one on the page',
    { settings: { bcw_backend_url: 'https://other.example/rewards' } },
    ['page-element', 'page-csp-connect'],
    /asks https:\/\/other\.example\/rewards/,
  ],
  [
    'the backend on the page is not secure',
    { settings: { bcw_backend_url: 'http://other.example/' } },
    ['page-element', 'page-csp-connect'],
    /must start with https/,
  ],
  [
    'the backend has the secret of another app',
    { loyalty: { clientSecret: `another-${app.clientSecret}` } },
    ['session-exchange'],
    /secret of this very app/,
  ],
  [
    'the backend serves another store',
    { loyalty: { storeHashes: ['anotherstore'] } },
    ['session-exchange'],
    /list samplestore in storeHashes/,
  ],
  [
    'the backend takes HS256 only',
    { backend: careless(({ alg }, _, parts) => alg === 'HS256' && parts.length === 3) },
    ['session-exchange'],
    /allow HS512/,
  ],
];

testTable('the storefront', 'failure', storefront);
testTable('identity:', 'failure', identity);
