// A backend that is set up wrong, and the checks that find it.
import { sampleStore } from '../../src/emulator/index.js';
import { closedAddress, type Setup } from './doctor-stage.js';
import { at, careless, exchange, testTable, withHeaders, type Row } from './doctor-tables.js';

const { storeHash } = sampleStore;
const FORGERIES = ['backend-garbage-token', 'backend-unsigned-token', 'backend-forged-token'];

const nowhere = (address: string): Setup => ({
  settings: { bcw_backend_url: address },
  told: { '--backend': address },
});

const backend: Row[] = [
  [
    'does not run',
    async () => nowhere(`${await closedAddress()}/rewards`),
    ['backend-answers'],
    /refuses the connection/,
  ],
  [
    'has a host name that is wrong',
    nowhere('https://backend.invalid/rewards'),
    ['backend-answers'],
    /host name that cannot be found|could not be reached/,
  ],
  [
    'has another path',
    { backend: () => () => new Response('404', { status: 404 }) },
    ['backend-answers'],
    /nothing at this address/,
  ],
  [
    'is a page',
    { backend: () => () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }) },
    ['backend-answers'],
    /200 with a page/,
  ],
  [
    'has no CORS',
    withHeaders((headers) => {
      for (const name of [...headers.keys()]) if (name.startsWith('access-control')) headers.delete(name);
    }),
    ['backend-preflight', 'backend-cors'],
    /no Access-Control-Allow-Origin/,
  ],
  [
    'has CORS for another origin',
    { loyalty: { allowedOrigins: ['https://other.example'] } },
    ['backend-preflight', 'backend-cors'],
    /answers 403 to the preflight.*allowedOrigins/,
  ],
  [
    'names another origin in CORS',
    withHeaders((headers) => {
      headers.set('access-control-allow-origin', 'https://other.example');
    }),
    ['backend-preflight', 'backend-cors'],
    /allows https:\/\/other\.example, not http:\/\/localhost/,
  ],
  [
    'has CORS for data only',
    withHeaders((headers, { status }) => {
      if (status >= 400) headers.delete('access-control-allow-origin');
    }),
    ['backend-cors'],
    /401 has no/,
  ],
  [
    'has CORS for errors only',
    withHeaders((headers, { status }) => {
      if (status === 200) headers.delete('access-control-allow-origin');
    }),
    ['session-exchange'],
    /page cannot read it/,
  ],
  [
    'allows all headers by *',
    withHeaders((headers, _, { method }) => {
      if (method === 'OPTIONS') headers.set('access-control-allow-headers', '*');
    }),
    ['backend-preflight'],
    /does not allow the header Authorization.*\* does not cover it/,
  ],
  ['verifies nothing', { backend: careless(() => true) }, FORGERIES, /SECURITY.*Anybody can read/],
  [
    'reads tokens and verifies none',
    { backend: careless((_, { customer }) => customer !== undefined) },
    ['backend-unsigned-token', 'backend-forged-token'],
    /SECURITY/,
  ],
  [
    'verifies what is signed, and lets alg none in',
    {
      backend: careless(
        ({ alg }, { store_hash }) => alg === 'none' || (alg === 'HS512' && store_hash === storeHash),
      ),
    },
    ['backend-unsigned-token'],
    /SECURITY: a token without a signature/,
  ],
  [
    "verifies nothing but the store's hash",
    { backend: careless((_, { store_hash }) => store_hash === storeHash) },
    ['session-forgery'],
    /SECURITY: the shopper's own token without its signature/,
  ],
  [
    'fails at what is no token',
    {
      backend: exchange({}, (answer, request) =>
        request.headers.get('authorization')?.includes('this.is')
          ? new Response(null, { status: 500, headers: answer.headers })
          : answer,
      ),
    },
    ['backend-garbage-token'],
    /answered with 500, not 401/,
  ],
  [
    'lets everything be cached',
    withHeaders((headers) => {
      headers.delete('cache-control');
    }),
    ['backend-no-store', 'session-no-store'],
    /without Cache-Control: no-store/,
  ],
  [
    'lets data be cached',
    withHeaders((headers, { status }) => {
      if (status === 200) headers.set('cache-control', 'max-age=60');
    }),
    ['session-no-store'],
    /The answer to the shopper/,
  ],
  [
    'has a clock that is ahead',
    {
      backend: exchange({}, (answer, request) => {
        const headers = new Headers(answer.headers);
        headers.set('date', new Date(Date.now() + 1_200_000).toUTCString());
        return answer.status === 200 && request.method === 'GET'
          ? new Response('{"code":"token_expired"}', { status: 401, headers })
          : new Response(answer.body, { status: answer.status, headers });
      }),
    },
    ['backend-clock', 'session-exchange'],
    /\d{4} s ahead of/,
  ],
  [
    'answers the shopper with a list',
    { backend: exchange({ load: () => [1, 2] }) },
    ['session-exchange'],
    /JSON that is not an object/,
  ],
  [
    'fails to load',
    {
      backend: exchange({
        load: () => {
          throw new Error('a secret');
        },
      }),
    },
    ['session-exchange'],
    /answers 500 to the shopper/,
  ],
  ['has nothing for the shopper yet', { backend: exchange({ load: () => undefined }) }, []],
  [
    'is on the storefront itself',
    {
      ...at(/^\/rewards/, (request) => exchange()('http://other.example')(request)),
      ...nowhere('/rewards'),
    },
    [],
  ],
];

testTable('the backend', 'failure', backend);
