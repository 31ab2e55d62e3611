import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import { loadCustomerData, type TokenContext, type TokenSource } from '../../src/client/index.js';
import { backend, deferred, requestsTo, spyOnFetch, working } from '../support/page.js';

afterEach(() => {
  sinon.restore();
});

describe('requests for a token at the same time', () => {
  it('share one request for the same endpoint and app', async () => {
    const fetch = spyOnFetch();
    const addresses = [1, 2, 3].map((number) => `${working.backendUrl}?widget=${number}`);
    const results = await Promise.all(
      addresses.map((backendUrl) => loadCustomerData({ ...working, backendUrl })),
    );
    expect(results.map(({ status }) => status)).to.deep.equal(['customer', 'customer', 'customer']);
    expect(requestsTo(fetch, '/token/')).to.equal(1);
    expect(requestsTo(fetch, '/customer')).to.equal(3);
  });

  it('share nothing that is over: the next load asks again', async () => {
    const fetch = spyOnFetch();
    await loadCustomerData(working);
    await loadCustomerData(working);
    expect(requestsTo(fetch, '/token/')).to.equal(2);
  });

  it('share no failure that is over either', async () => {
    const source = sinon.stub<[TokenContext], Promise<string | null>>();
    source.onFirstCall().rejects(new Error('no luck')).onSecondCall().resolves(null);
    const failed = await loadCustomerData({ ...working, tokenSource: source }).catch(
      (error: unknown) => error,
    );
    expect(failed).to.have.property('code', 'token-unavailable');
    expect(await loadCustomerData({ ...working, tokenSource: source })).to.deep.equal({ status: 'guest' });
  });

  it('do not share across apps, endpoints or sources', async () => {
    const fetch = spyOnFetch();
    const source: TokenSource = () => Promise.resolve(null);
    const other = sinon.spy(source);
    await Promise.all([
      loadCustomerData({ ...working, tokenUrl: '/token/guest' }),
      loadCustomerData({ ...working, tokenUrl: '/token/guest', appClientId: 'another' }),
      loadCustomerData({ ...working, tokenUrl: '/token/guest/2' }),
      loadCustomerData({ ...working, tokenUrl: '/token/guest', tokenSource: other }),
    ]);
    expect(requestsTo(fetch, '/token/')).to.equal(3);
    expect(other.callCount).to.equal(1);
  });

  it('go on for the others when one aborts, and end when all have', async () => {
    const answer = deferred<string | null>();
    let given: AbortSignal | undefined;
    const tokenSource: TokenSource = ({ signal }) => {
      given = signal;
      return answer.promise;
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const loads = [first, second].map(({ signal }) =>
      loadCustomerData({ ...working, tokenSource }, { signal }).catch((error: unknown) => error),
    );
    first.abort();
    expect(await loads[0]).to.have.property('name', 'AbortError');
    expect(given?.aborted).to.be.false;
    second.abort();
    expect(await loads[1]).to.have.property('name', 'AbortError');
    expect(given?.aborted).to.be.true;
  });

  it('leave a source of one alone when another one times out', async () => {
    const answer = deferred<string | null>();
    const tokenSource: TokenSource = () => answer.promise;
    const patient = loadCustomerData({ ...working, tokenSource });
    const hasty = await loadCustomerData({ ...working, tokenSource, timeout: 20 }).catch(
      (error: unknown) => error,
    );
    expect(hasty).to.have.property('code', 'timeout');
    answer.resolve(null);
    expect(await patient).to.deep.equal({ status: 'guest' });
  });
});

describe('identical requests at the same time', () => {
  it('share one exchange, and get data of their own', async () => {
    const fetch = spyOnFetch();
    const results = await Promise.all(Array.from({ length: 100 }, () => loadCustomerData(working)));
    expect(requestsTo(fetch, '/token/')).to.equal(1);
    expect(requestsTo(fetch, '/customer')).to.equal(1);
    const [first, second] = results as { data: object }[];
    expect(first).to.deep.equal(second);
    expect(first?.data).not.to.equal(second?.data);
  });

  it('all hear who the customer is', async () => {
    const heard = sinon.spy();
    await Promise.all([1, 2].map(() => loadCustomerData(working, { onCustomer: heard })));
    expect(heard.args).to.deep.equal([[1], [1]]);
  });

  it('share a failure and its retries, too', async () => {
    const fetch = spyOnFetch();
    const backendUrl = `${backend}/flaky/sharing/2/503`;
    const results = await Promise.all([1, 2, 3].map(() => loadCustomerData({ ...working, backendUrl })));
    expect(results.map(({ status }) => status)).to.deep.equal(['customer', 'customer', 'customer']);
    expect(requestsTo(fetch, '/flaky/')).to.equal(3);
  });

  it('share no exchange that was sent before: its answer may be too old', async () => {
    const fetch = spyOnFetch();
    const options = { ...working, backendUrl: `${backend}/slow?ms=100` };
    const first = loadCustomerData(options);
    while (requestsTo(fetch, '/slow') === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await Promise.all([first, loadCustomerData(options)]);
    expect(requestsTo(fetch, '/slow')).to.equal(2);
  });

  it('share nothing across backends, transports, time limits, apps, endpoints and sources', async () => {
    const fetch = spyOnFetch();
    const tokenSource: TokenSource = async () => (await (await window.fetch('/token/text/1')).text()).trim();
    const loads = await Promise.all(
      [
        {},
        { backendUrl: `${working.backendUrl}?2` },
        { transport: 'json' as const },
        { timeout: 5000 },
        { appClientId: 'another' },
        { tokenUrl: '/token/json/1' },
        { tokenSource },
        { tokenSource: ((context) => tokenSource(context)) as TokenSource },
      ].map((options) => loadCustomerData({ ...working, ...options })),
    );
    expect(loads).to.have.lengthOf(8);
    expect(requestsTo(fetch, '/customer')).to.equal(8);
  });

  it('go on for the others when one aborts, and end when all have', async () => {
    const fetch = spyOnFetch();
    const controllers = [new AbortController(), new AbortController()];
    const options = { ...working, backendUrl: `${backend}/slow?ms=300` };
    const loads = controllers.map(({ signal }) =>
      loadCustomerData(options, { signal }).catch((error: unknown) => error),
    );
    while (requestsTo(fetch, '/slow') === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    const { signal } = fetch.lastCall.args[1] as { signal: AbortSignal };
    controllers[0]?.abort();
    expect(await loads[0]).to.have.property('name', 'AbortError');
    expect(signal.aborted).to.be.false;
    controllers[1]?.abort();
    expect(await loads[1]).to.have.property('name', 'AbortError');
    expect(signal.aborted).to.be.true;
  });
});

describe('a tokenSource of one’s own', () => {
  it('learns why it is asked', async () => {
    const source = sinon.fake.resolves(null);
    await loadCustomerData({ ...working, tokenSource: source }, { reason: 'refresh' });
    expect(source.firstCall.args[0]).to.have.property('reason', 'refresh');
  });

  for (const wrong of [undefined, '', 'no token', 42, { token: 'a.b.c' }, '<html>']) {
    it(`that returns ${JSON.stringify(wrong)} is token-invalid, and nothing is sent`, async () => {
      const fetch = spyOnFetch();
      const tokenSource = (() => Promise.resolve(wrong)) as unknown as TokenSource;
      const error = await loadCustomerData({ ...working, tokenSource }).catch((reason: unknown) => reason);
      expect(error).to.have.property('code', 'token-invalid');
      expect(fetch.callCount).to.equal(0);
    });
  }

  it('that throws at once is token-unavailable, with its error as the cause', async () => {
    const cause = new Error('session service is down');
    const tokenSource: TokenSource = () => {
      throw cause;
    };
    const error = await loadCustomerData({ ...working, tokenSource }).catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'token-unavailable', cause });
  });
});

/** What every script of a page can read: the string that a regular expression was last used on. */
function lastInput(): string {
  return (RegExp as unknown as { input: string }).input;
}

describe('the last match of regular expressions', () => {
  it('does not hold the token after a load', async () => {
    await loadCustomerData({ ...working, tokenUrl: '/token/json/1' });
    expect(lastInput()).not.to.contain('eyJ');
  });

  it('would hold it, had it been matched', async () => {
    const token = (await (await fetch('/token/text/1')).text()).trim();
    expect(/^[\w-]+\./.test(token)).to.be.true;
    expect(lastInput()).to.contain('eyJ');
  });
});
