import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import { loadCustomerData, type CustomerWidgetError, type TokenSource } from '../../src/client/index.js';
import { backend, requestsTo, spyOnFetch, working } from '../support/page.js';

afterEach(() => {
  sinon.restore();
});

let tests = 0;
/** A backend that fails the first so many times. */
const flaky = (times: number, status: number, query = '') =>
  `${backend}/flaky/retry-${(tests += 1)}/${times}/${status}${query}`;

async function load(options: Partial<typeof working> & { tokenSource?: TokenSource }, signal?: AbortSignal) {
  return loadCustomerData({ ...working, ...options }, signal ? { signal } : {}).catch(
    (error: unknown) => error as CustomerWidgetError,
  );
}

describe('a read that fails for a moment', () => {
  for (const status of [429, 502, 503, 504]) {
    it(`with ${status} is tried again, with a new token each time`, async () => {
      const fetch = spyOnFetch();
      const result = await load({ backendUrl: flaky(2, status) });
      expect(result).to.have.deep.property('data', { text: 'after 3' });
      expect(requestsTo(fetch, '/token/')).to.equal(3);
      expect(requestsTo(fetch, '/flaky/')).to.equal(3);
    });
  }

  it('is tried three times at most', async () => {
    const fetch = spyOnFetch();
    expect(await load({ backendUrl: flaky(9, 503) })).to.include({ code: 'backend-error', status: 503 });
    expect(requestsTo(fetch, '/flaky/')).to.equal(3);
  });

  it('because of the network is tried again', async () => {
    const fetch = sinon.stub(window, 'fetch').callThrough();
    fetch.withArgs(working.backendUrl).onFirstCall().rejects(new TypeError('reset'));
    expect(await load({})).to.have.deep.property('data', { text: 'Hello 1' });
    expect(requestsTo(fetch, '/token/')).to.equal(2);
  });

  it('at the token endpoint is tried again, too', async () => {
    const fetch = sinon.stub(window, 'fetch').callThrough();
    fetch
      .withArgs(sinon.match('/token/'))
      .onFirstCall()
      .resolves(new Response('', { status: 503 }));
    expect(await load({})).to.have.deep.property('data', { text: 'Hello 1' });
    expect(requestsTo(fetch, '/token/')).to.equal(2);
  });

  it('tells the token source that it is a retry', async () => {
    const reasons: string[] = [];
    const tokenSource: TokenSource = async ({ reason }) => {
      reasons.push(reason);
      return (await (await fetch('/token/text/1')).text()).trim();
    };
    await load({ backendUrl: flaky(1, 503), tokenSource });
    expect(reasons).to.deep.equal(['load', 'retry']);
  });

  it('waits as long as Retry-After says', async () => {
    const started = Date.now();
    const result = await load({ backendUrl: flaky(1, 429, '?retry-after=1') });
    expect(result).to.have.deep.property('data', { text: 'after 2' });
    // Longer than any wait of its own before a second attempt.
    expect(Date.now() - started).to.be.greaterThan(990);
  });

  it('is not tried again when Retry-After asks for more than a shopper waits', async () => {
    const fetch = spyOnFetch();
    expect(await load({ backendUrl: flaky(9, 429, '?retry-after=60') })).to.include({
      code: 'rate-limited',
      retryAfter: 60,
    });
    expect(requestsTo(fetch, '/flaky/')).to.equal(1);
  });

  it('is not tried again after an abort', async () => {
    const fetch = spyOnFetch();
    const controller = new AbortController();
    const loading = load({ backendUrl: flaky(9, 503) }, controller.signal);
    while (requestsTo(fetch, '/flaky/') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 60));
    controller.abort();
    expect(await loading).to.have.property('name', 'AbortError');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(requestsTo(fetch, '/flaky/')).to.equal(1);
  });

  it('is not tried again offline', async () => {
    sinon.stub(navigator, 'onLine').get(() => false);
    const fetch = sinon.stub(window, 'fetch').rejects(new TypeError('offline'));
    expect(await load({})).to.have.property('code', 'network');
    expect(fetch.callCount).to.equal(1);
  });
});

describe('a read that fails for good', () => {
  for (const status of [400, 401, 403, 404, 409, 422, 500, 501]) {
    it(`with ${status} is tried once`, async () => {
      const fetch = spyOnFetch();
      expect(await load({ backendUrl: `${backend}/status/${status}` })).to.have.property('status', status);
      expect(requestsTo(fetch, '/status/')).to.equal(1);
    });
  }

  it('with a body of 5 MB is given up after two', async () => {
    const fetch = spyOnFetch();
    const error = await load({ backendUrl: `${backend}/large` });
    expect(error).to.have.property('code', 'invalid-response');
    expect((error as Error).message).to.contain('2 MB');
    expect(requestsTo(fetch, '/large')).to.equal(1);
  });
});

describe('a token that is about to expire', () => {
  it('is waited out, and the next one is sent', async function () {
    this.timeout(6000);
    const fetch = spyOnFetch();
    const result = await load({ tokenUrl: `/token/dying/1?key=${crypto.randomUUID()}` });
    expect(result).to.have.deep.property('data', { text: 'Hello 1' });
    expect(requestsTo(fetch, '/token/')).to.equal(2);
    expect(requestsTo(fetch, '/customer')).to.equal(1);
  });

  it('is sent all the same when the next one dies as well', async function () {
    this.timeout(6000);
    const fetch = spyOnFetch();
    const clock = sinon.stub(Date, 'now');
    // A device whose clock is 898 seconds ahead sees two seconds left, for ever.
    const now = performance.timeOrigin + performance.now();
    clock.callsFake(() => now + 898_000);
    expect(await load({})).to.have.deep.property('data', { text: 'Hello 1' });
    expect(requestsTo(fetch, '/token/')).to.equal(2);
  });

  it('that the backend calls expired is renewed once', async () => {
    const fetch = spyOnFetch();
    expect(await load({ backendUrl: flaky(1, 401) })).to.have.deep.property('data', { text: 'after 2' });
    expect(requestsTo(fetch, '/token/')).to.equal(2);
  });

  it('that the backend calls expired twice is unauthorized', async () => {
    const fetch = spyOnFetch();
    expect(await load({ backendUrl: flaky(9, 401) })).to.have.property('code', 'unauthorized');
    expect(requestsTo(fetch, '/flaky/')).to.equal(2);
  });

  it('never leads to more than three exchanges, whatever the backend says in turn', async () => {
    const backendUrl = flaky(9, 503);
    const fetch = sinon.stub(window, 'fetch').callThrough();
    const expired = () => new Response('{"code":"token_expired"}', { status: 401 });
    fetch.withArgs(backendUrl).onThirdCall().resolves(expired());
    expect(await load({ backendUrl })).to.have.property('code', 'unauthorized');
    expect(requestsTo(fetch, '/flaky/')).to.equal(3);
  });
});
