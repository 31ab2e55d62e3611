import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import {
  CustomerWidgetError,
  loadCustomerData,
  type CustomerDataOptions,
  type CustomerWidgetErrorCode,
} from '../../src/client/index.js';
import { appClientId, backend, requestsTo, spyOnFetch, working } from '../support/page.js';

afterEach(() => {
  sinon.restore();
});

async function failureOf(options: CustomerDataOptions): Promise<CustomerWidgetError> {
  try {
    await loadCustomerData(options);
  } catch (error) {
    expect(error).to.be.instanceOf(CustomerWidgetError);
    return error as CustomerWidgetError;
  }
  throw new Error('The load was expected to fail.');
}

describe('loadCustomerData', () => {
  for (const mood of ['text', 'json', 'quoted']) {
    it(`takes the token out of a ${mood} body and returns the backend's data`, async () => {
      const result = await loadCustomerData({ ...working, tokenUrl: `/token/${mood}/1` });
      expect(result).to.deep.equal({ status: 'customer', data: { text: 'Hello 1' }, customerId: 1 });
    });
  }

  it('returns null as data when the backend answers 204', async () => {
    const result = await loadCustomerData({ ...working, tokenUrl: '/token/text/3' });
    expect(result).to.deep.equal({ status: 'customer', data: null, customerId: 3 });
  });

  it('is a guest after a 404 that holds errors, and asks the backend nothing', async () => {
    const fetch = spyOnFetch();
    const result = await loadCustomerData({ ...working, tokenUrl: '/token/guest' });
    expect(result).to.deep.equal({ status: 'guest' });
    expect(requestsTo(fetch, backend)).to.equal(0);
  });

  it('sends the public client ID to the token endpoint, beside a query that is there already', async () => {
    const fetch = spyOnFetch();
    await loadCustomerData({ ...working, appClientId: 'a&b', tokenUrl: '/token/guest?x=1' });
    expect(fetch.firstCall.args[0]).to.equal('/token/guest?x=1&app_client_id=a%26b');
  });

  it('sends the token as a bearer, without cookies, referrer, cache or redirects, and only to the backend', async () => {
    const fetch = spyOnFetch();
    await loadCustomerData(working);
    const [address, init] = fetch.secondCall.args;
    expect(address).to.equal(working.backendUrl);
    expect(init).to.include({
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
    });
    expect((init?.headers as Record<string, string>).authorization).to.match(
      /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/,
    );
    expect(fetch.callCount).to.equal(2);
  });
});

describe('a token endpoint that is unwell', () => {
  const cases: [mood: string, code: CustomerWidgetErrorCode, status: number | undefined][] = [
    ['html', 'token-invalid', undefined],
    ['empty', 'token-invalid', undefined],
    ['html-404', 'token-unavailable', 404],
    ['401', 'token-unavailable', 401],
    ['403', 'token-unavailable', 403],
    ['500', 'token-unavailable', 500],
    ['503', 'token-unavailable', 503],
    ['429', 'rate-limited', 429],
    ['redirect', 'token-unavailable', 0],
    ...[0, 1, 2, 3, 4, 5, 6].map((id): [string, CustomerWidgetErrorCode, undefined] => [
      `garbage/${id}`,
      'token-invalid',
      undefined,
    ]),
  ];
  for (const [mood, code, status] of cases) {
    it(`answers ${mood}: ${code}, and nothing reaches the backend`, async () => {
      const fetch = spyOnFetch();
      const error = await failureOf({ ...working, tokenUrl: `/token/${mood}` });
      expect({ code: error.code, status: error.status }).to.deep.equal({ code, status });
      expect(requestsTo(fetch, backend)).to.equal(0);
    });
  }

  it('says how long to wait after 429', async () => {
    expect((await failureOf({ ...working, tokenUrl: '/token/429' })).retryAfter).to.equal(7);
  });

  it('times out', async () => {
    const error = await failureOf({ ...working, tokenUrl: '/token/slow/1', timeout: 40 });
    expect(error.code).to.equal('timeout');
    expect(error.message).to.contain('token endpoint');
  });

  it('cannot be reached: network', async () => {
    const error = await failureOf({ ...working, tokenUrl: 'http://localhost:1/current.jwt' });
    expect(error.code).to.equal('network');
  });
});

describe('a backend that is unwell', () => {
  const cases: [path: string, code: CustomerWidgetErrorCode, status: number | undefined][] = [
    ['status/401', 'unauthorized', 401],
    ['status/403', 'forbidden', 403],
    ['status/404', 'backend-error', 404],
    ['status/429', 'rate-limited', 429],
    ['status/500', 'backend-error', 500],
    ['status/503', 'backend-error', 503],
    ['html', 'invalid-response', 200],
    ['not-json', 'invalid-response', 200],
    ['empty', 'invalid-response', 200],
    ['echo?json=[1]', 'invalid-response', 200],
    ['echo?json=true', 'invalid-response', 200],
    ['echo?json="text"', 'invalid-response', 200],
    ['no-cors', 'network', undefined],
    ['redirect', 'network', undefined],
  ];
  for (const [path, code, status] of cases) {
    it(`answers ${path}: ${code}, without a word of the body in the message`, async () => {
      const error = await failureOf({ ...working, backendUrl: `${backend}/${path}` });
      expect({ code: error.code, status: error.status }).to.deep.equal({ code, status });
      expect(error.message).not.to.contain('a body that must not be shown');
    });
  }

  it('says how long to wait after 429', async () => {
    expect((await failureOf({ ...working, backendUrl: `${backend}/status/429` })).retryAfter).to.equal(30);
  });

  it('cannot be reached: network', async () => {
    expect((await failureOf({ ...working, backendUrl: 'http://localhost:1/' })).code).to.equal('network');
  });

  it('times out', async () => {
    // The token is there already: only the backend can be late.
    const token = (await (await fetch('/token/text/1')).text()).trim();
    const tokenSource = () => Promise.resolve(token);
    const error = await failureOf({
      ...working,
      tokenSource,
      backendUrl: `${backend}/slow?ms=2000`,
      timeout: 100,
    });
    expect(error.code).to.equal('timeout');
    expect(error.message).to.contain('backend');
  });

  it('refuses a token of another app: unauthorized', async () => {
    const token = await (await fetch('/token/text/1')).text();
    const [header, , signature] = token.trim().split('.');
    const forged = `${header}.${btoa('{"customer":{"id":2}}').replaceAll('=', '')}.${signature}`;
    const error = await failureOf({ ...working, tokenSource: () => Promise.resolve(forged) });
    expect(error.code).to.equal('unauthorized');
  });
});

describe('options that make no sense', () => {
  const cases: [what: string, options: Partial<CustomerDataOptions>, name: string][] = [
    ['no client ID', { appClientId: '' }, 'app-client-id'],
    ['no backend', { backendUrl: '' }, 'backend-url'],
    ['an http: backend', { backendUrl: 'http://api.example.com/' }, 'backend-url'],
    ['a page-relative backend', { backendUrl: 'api/rewards' }, 'backend-url'],
    ['a protocol-relative backend', { backendUrl: '//evil.example.com/' }, 'backend-url'],
    ['a backslash for a slash', { backendUrl: '/\\evil.example.com/' }, 'backend-url'],
    ['a javascript: backend', { backendUrl: 'javascript:alert(1)' }, 'backend-url'],
    ['a password in the address', { backendUrl: 'https://user:secret@api.example.com/' }, 'backend-url'],
    [
      'a host that only begins like localhost',
      { backendUrl: 'http://localhost.example.com/' },
      'backend-url',
    ],
    ['an http: token endpoint', { tokenUrl: 'http://shop.example.com/current.jwt' }, 'token-url'],
    ['a timeout of nothing', { timeout: 0 }, 'timeout'],
    ['a timeout that is no number', { timeout: NaN }, 'timeout'],
    ['a timeout that no timer can wait', { timeout: Infinity }, 'timeout'],
  ];
  for (const [what, options, name] of cases) {
    it(`${what}: misconfigured, a sentence that names ${name}, no request`, async () => {
      const fetch = spyOnFetch();
      const error = await failureOf({ ...working, ...options });
      expect(error.code).to.equal('misconfigured');
      expect(error.message).to.contain(name);
      expect(fetch.callCount).to.equal(0);
    });
  }

  for (const backendUrl of [
    'https://api.example.com/',
    'http://localhost:4001/',
    'http://127.0.0.1/',
    '/api',
  ]) {
    it(`${backendUrl} is a backend`, async () => {
      const result = await loadCustomerData({ appClientId, backendUrl, tokenUrl: '/token/guest' });
      expect(result.status).to.equal('guest');
    });
  }
});
