// A page that is set up wrong, and the checks that find it.
import { readFile } from 'node:fs/promises';
import { integrityOf } from '../../src/page-builder/index.js';
import { serve } from './doctor-stage.js';
import { at, pages, policy, testTable, withHeaders, type Row } from './doctor-tables.js';

const bundle = () => readFile('dist/bc-customer-widget.min.js');

const page: Row[] = [
  [
    'forbids the backend (connect-src)',
    policy((all) => all.replace(/connect-src [^;]*/, "connect-src 'self'")),
    ['page-csp-connect'],
    /\(connect-src\) forbids requests to http:\/\/localhost/,
  ],
  [
    'forbids the backend (default-src)',
    policy((all) => all.replace(/connect-src [^;]*;/, '')),
    ['page-csp-connect'],
    /\(default-src\)/,
  ],
  [
    'forbids the backend in a meta element',
    pages((html) =>
      html.replace(
        '<head>',
        `<head><meta http-equiv="Content-Security-Policy" content="connect-src &#x27;self&#x27;">`,
      ),
    ),
    ['page-csp-connect'],
    /connect-src/,
  ],
  [
    'only reports what it would forbid',
    pages((html, headers) => {
      headers.set('content-security-policy-report-only', "connect-src 'none'");
      return html;
    }),
    [],
  ],
  [
    'has the script without its nonce',
    pages((html) =>
      html.replace(/(<script type="module"[^>]*) nonce="[^"]*"(?= src="[^"]*bc-customer)/g, '$1'),
    ),
    ['page-csp-script'],
    /\(script-src\) forbids the widget's script.*nonce/,
  ],
  [
    'forbids Trusted Types',
    policy((all) => `${all}; require-trusted-types-for 'script'; trusted-types shop`),
    ['page-trusted-types'],
    /lit-html and bc-customer-widget/,
  ],
  [
    'allows the Trusted Types',
    policy((all) => `${all}; require-trusted-types-for 'script'; trusted-types lit-html bc-customer-widget`),
    [],
  ],
  [
    'has no script',
    pages((html) => html.replace(/<script[^>]*bc-customer-widget[^>]*><\/script>/g, '')),
    ['page-script'],
    /nothing that loads it/,
  ],
  [
    "has the element in the theme's bundle",
    {
      storefront: async (request, emulated) =>
        new URL(request.url).pathname === '/theme-bundle.js'
          ? new Response("import('bc-customer-widget')")
          : pages((html) =>
              html.replace(/<script[^>]*bc-customer-widget[^>]*>/g, '<script src="/theme-bundle.js">'),
            ).storefront!(request, emulated),
    },
    [],
  ],
  [
    'has no element',
    pages((html) => html.replace(/<bc-customer-widget[^]*?<\/script>/g, '')),
    ['page-element'],
    /page of a customer .* has no <bc-customer-widget>/,
  ],
  [
    'has the element in a comment',
    pages((html) => html.replace(/<bc-customer-widget[^]*?<\/script>/g, '<!--$&-->')),
    ['page-element'],
    /has no/,
  ],
  [
    'has the element in a template',
    pages((html) => html.replace(/<bc-customer-widget[^]*?<\/script>/g, '<template>$&</template>')),
    ['page-element'],
    /has no/,
  ],
  [
    'names a script that is not there',
    at(/bc-customer-widget\.min\.js$/, () => new Response(null, { status: 404 })),
    ['page-script'],
    /answers 404.*side by side/,
  ],
  [
    'serves the script as a page',
    at(
      /bc-customer-widget\.min\.js$/,
      async (_, emulated) =>
        new Response((await emulated()).body, { headers: { 'content-type': 'text/html' } }),
    ),
    ['page-script'],
    /comes as text\/html/,
  ],
  [
    'has the script on a host without CORS',
    async (context) => {
      const file = await bundle();
      const cdn = await serve(
        context,
        ({ url }) =>
          new Response(url.endsWith('widget.min.js') ? file : '', {
            headers: { 'content-type': 'text/javascript' },
          }),
      );
      return pages((html) => html.replace(/src="[^"]*(\/bc-customer-widget\.min\.js)/g, `src="${cdn}$1`));
    },
    ['page-script', 'page-script-parts'],
    /without Access-Control-Allow-Origin/,
  ],
  [
    'has the integrity of another version',
    pages((html) =>
      html.replace(/(<script type="module")/g, `$1 integrity="${integrityOf('another version')}"`),
    ),
    ['page-script-integrity'],
    /not the one that integrity names/,
  ],
  [
    'has the right integrity',
    async () => {
      const integrity = integrityOf(await bundle());
      return pages((html) => html.replace(/(<script type="module")/g, `$1 integrity="${integrity}"`));
    },
    [],
  ],
  [
    'lacks a part that another part loads',
    at(/bc-customer-widget-product-api/, () => new Response(null, { status: 404 })),
    ['page-script-parts'],
    /do not load: bc-customer-widget-product-api\.min\.js/,
  ],
  [
    'lacks a part of the module',
    at(/bc-customer-widget-card/, () => new Response(null, { status: 404 })),
    ['page-script-parts'],
    /do not load: bc-customer-widget-card\.min\.js\. Upload all/,
  ],
];

const warnings: Row[] = [
  [
    'the backend does not allow what actions send',
    withHeaders((headers, _, { method }) => {
      if (method === 'OPTIONS') headers.set('access-control-allow-headers', 'Authorization');
    }),
    ['backend-preflight-actions'],
    /content-type and idempotency-key/,
  ],
  [
    'the backend allows every origin',
    withHeaders((headers) => {
      headers.set('access-control-allow-origin', '*');
    }),
    ['backend-cors'],
    /any origin/,
  ],
  [
    'the page loads two copies',
    pages((html) =>
      html.replace('</body>', '<script nonce="x" src="/old/bc-customer-widget.iife.min.js"></script></body>'),
    ),
    ['page-script-copies'],
    /2 copies: .*\/old\/bc-customer-widget\.iife\.min\.js/,
  ],
  [
    'the page has another version',
    at(
      /bc-customer-widget\.min\.js$/,
      async (_, emulated) =>
        new Response(
          (await (await emulated()).text()).replace(/static version="[^"]*"/, 'static version="0.0.9"'),
          { headers: { 'content-type': 'text/javascript' } },
        ),
    ),
    ['page-script-version'],
    /has version 0\.0\.9/,
  ],
  [
    'the page shows sample data',
    pages((html) => html.replaceAll('<bc-customer-widget', '<bc-customer-widget preview')),
    ['page-element'],
    /sample data/,
  ],
  [
    'the page is one that guests are sent away from',
    {
      signedIn: false,
      storefront: (request, emulated) =>
        new URL(request.url).pathname === '/'
          ? Promise.resolve(
              new Response(null, { status: 302, headers: { location: '/login.php?from=account.php' } }),
            )
          : emulated(),
    },
    ['storefront-reachable'],
    /redirects to \/login\.php\. Run/,
  ],
];

testTable('the page', 'failure', page);
testTable('something', 'warning', warnings);
