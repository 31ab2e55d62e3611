import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import {
  loadCustomerData,
  type CustomerDataOptions,
  type CustomerWidgetError,
  type Transport,
} from '../../src/client/index.js';
import { backend, requestsTo, spyOnFetch, working } from '../support/page.js';

let warnings: sinon.SinonStub<unknown[], void>;
beforeEach(() => {
  warnings = sinon.stub(console, 'warn');
});
afterEach(() => {
  sinon.restore();
});

interface Arrived {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What reaches a backend that says what it got. */
async function arrived(options: Partial<CustomerDataOptions>): Promise<Arrived> {
  const result = await loadCustomerData({ ...working, backendUrl: `${backend}/request`, ...options });
  return (result as { data: unknown }).data as Arrived;
}

/** Everything but the token itself, which changes. */
const withoutToken = (text: string) => text.replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'TOKEN');

describe('transports', () => {
  const cases: [
    options: Partial<CustomerDataOptions>,
    method: string,
    carrier: (got: Arrived) => string,
    expected: string,
  ][] = [
    [{}, 'GET', ({ headers }) => headers.authorization!, 'Bearer TOKEN'],
    [{ transport: 'bearer' }, 'GET', ({ headers }) => headers.authorization!, 'Bearer TOKEN'],
    [{ transport: 'header' }, 'GET', ({ headers }) => headers['x-current-customer']!, 'TOKEN'],
    [{ transport: 'header', transportName: 'X-Token' }, 'GET', ({ headers }) => headers['x-token']!, 'TOKEN'],
    [{ transport: 'json' }, 'POST', ({ body }) => body, '{"token":"TOKEN"}'],
    [{ transport: 'json', transportName: 'bcToken' }, 'POST', ({ body }) => body, '{"bcToken":"TOKEN"}'],
    [{ transport: 'form' }, 'POST', ({ body }) => body, 'token=TOKEN'],
    [{ transport: 'form', transportName: 'jwt' }, 'POST', ({ body }) => body, 'jwt=TOKEN'],
    [{ transport: 'text' }, 'POST', ({ body }) => body, 'TOKEN'],
    [{ transport: 'query' }, 'GET', ({ url }) => new URL(url).search, '?token=TOKEN'],
    [
      { transport: 'query', transportName: 'jwt', backendUrl: `${backend}/request?a=1#top` },
      'GET',
      ({ url }) => new URL(url).search,
      '?a=1&jwt=TOKEN',
    ],
  ];
  for (const [options, method, carrier, expected] of cases) {
    const { transport = 'bearer (by default)', transportName = '' } = options;
    it(`${transport} ${transportName}: the token is in one place, and the request is a ${method}`, async () => {
      const got = await arrived(options);
      expect(got.method).to.equal(method);
      expect(withoutToken(carrier(got))).to.equal(expected);
      expect(withoutToken(JSON.stringify(got)).split('TOKEN')).to.have.lengthOf(2);
      expect(got.headers).not.to.have.any.keys('cookie', 'referer');
    });
  }

  for (const transport of ['bearer', 'header', 'json', 'form', 'text'] as const) {
    it(`${transport} is understood by the exchange handler`, async () => {
      const result = await loadCustomerData({ ...working, transport });
      expect(result).to.have.deep.property('data', { text: 'Hello 1' });
      expect(warnings.callCount).to.equal(0);
    });
  }

  it('text needs no preflight request', async () => {
    const fetch = spyOnFetch();
    await arrived({ transport: 'text' });
    const { method, headers } = fetch.secondCall.args[1] as {
      method: string;
      headers: Record<string, string>;
    };
    expect(method).to.equal('POST');
    expect(headers).to.deep.equal({ accept: 'application/json', 'content-type': 'text/plain' });
  });

  it('query is warned about', async () => {
    await arrived({ transport: 'query' });
    expect(warnings.firstCall.args[0]).to.contain('logs');
    expect(JSON.stringify(warnings.args)).not.to.contain('eyJ');
  });
});

describe('a transport that makes no sense', () => {
  const cases: [transport: string, transportName: string | undefined, word: string][] = [
    ['cookie', undefined, 'bearer, header, json'],
    ['', undefined, 'bearer, header, json'],
    ['toString', undefined, 'bearer, header, json'],
    ['bearer', 'X-Token', 'remove it'],
    ['text', 'token', 'remove it'],
    ['header', 'Cookie', 'X-Current-Customer'],
    ['header', 'Sec-Token', 'X-Current-Customer'],
    ['header', 'Authorization', 'X-Current-Customer'],
    ['header', 'not a name', 'X-Current-Customer'],
    ['json', '', 'token is usual'],
    ['query', 'a&b', 'token is usual'],
  ];
  for (const [transport, transportName, word] of cases) {
    it(`(${transport}, ${transportName ?? 'no name'}) is misconfigured, and nothing is sent`, async () => {
      const fetch = spyOnFetch();
      const options = { ...working, transport: transport as Transport, transportName };
      const error = (await loadCustomerData(options).catch(
        (reason: unknown) => reason,
      )) as CustomerWidgetError;
      expect(error.code).to.equal('misconfigured');
      expect(error.message).to.contain(word);
      // The token is asked for while the part that knows the transports is on its way, and no longer wanted then.
      expect([fetch.callCount, requestsTo(fetch, backend)]).to.deep.equal([1, 0]);
      for (const [, init] of fetch.args) expect(init?.signal?.aborted).to.be.true;
    });
  }
});
