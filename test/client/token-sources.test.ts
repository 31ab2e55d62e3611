import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import {
  createCustomerSession,
  loadCustomerData,
  routeTokenSource,
  sessionChanged,
  type CustomerWidgetError,
} from '../../src/client/index.js';
import { deferred, spyOnFetch, working } from '../support/page.js';
import { tokenOf } from '../support/token-endpoint.js';

const context = { signal: new AbortController().signal, reason: 'load' } as const;
const ask = (url: string) => routeTokenSource(url)(context);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('It did not fail.'),
    (error: unknown) => error as CustomerWidgetError,
  );

afterEach(() => {
  sinon.restore();
});

describe('a route of your own', () => {
  for (const form of ['text', 'json', 'quoted']) {
    it(`gives its token as ${form}, asked with cookies and without the app's client ID`, async () => {
      const fetch = spyOnFetch();
      expect((await ask(`/token/${form}/1`))?.split('.')).to.have.lengthOf(3);
      const [address, init] = fetch.firstCall.args;
      expect(address).to.equal(`/token/${form}/1`);
      expect(init).to.include({ credentials: 'include', redirect: 'manual', cache: 'no-store' });
    });
  }

  for (const guest of ['204', '401', 'guest', 'no-token']) {
    it(`says by ${guest} that nobody is signed in`, async () => {
      expect(await ask(`/token/${guest}`)).to.equal(null);
    });
  }

  it('is missing when the answer is an HTML 404: that is no guest', async () => {
    const error = await failure(ask('/token/html-404'));
    expect(error).to.include({ code: 'token-unavailable', status: 404 });
    expect(error.message).to.contain('token endpoint is not there');
  });

  for (const [mood, code] of Object.entries({
    403: 'token-unavailable',
    429: 'rate-limited',
    html: 'token-invalid',
  })) {
    it(`fails with ${code} when it answers ${mood}`, async () => {
      expect(await failure(ask(`/token/${mood}`))).to.include({ code });
    });
  }
});

describe('sessionChanged', () => {
  it('takes the data away at once and loads what the new shopper may see', async () => {
    let shopper = 1;
    const session = createCustomerSession({ ...working, tokenSource: () => tokenOf(shopper) });
    await session.refresh();
    expect(session.snapshot.data).to.deep.equal({ text: 'Hello 1' });

    shopper = 2;
    sessionChanged();
    expect(session.snapshot.data).to.equal(undefined);
    await settled(session);
    expect(session.snapshot).to.deep.include({ state: 'ready', data: { text: 'Hello 2' }, customerId: 2 });
    session.clear();
  });

  it('does not take the token that was asked for before', async () => {
    const before = deferred<string | null>();
    const answers = [before.promise, tokenOf(2)];
    const tokenSource = sinon.spy(() => answers.shift()!);
    const options = { ...working, tokenSource };
    const other = loadCustomerData(options);
    const session = createCustomerSession(options);
    void session.refresh();
    while (tokenSource.callCount === 0) await soon();
    sessionChanged();
    before.resolve(await tokenOf(1));
    await settled(session);
    expect(session.snapshot.data).to.deep.equal({ text: 'Hello 2' });
    expect(await other).to.deep.include({ data: { text: 'Hello 1' } });
    expect(tokenSource.callCount).to.equal(2);
    session.clear();
  });

  it('leaves alone what has not loaded, or was cleared', async () => {
    const tokenSource = sinon.spy(() => Promise.resolve(null));
    const session = createCustomerSession({ ...working, tokenSource });
    sessionChanged();
    await soon();
    expect(tokenSource.callCount).to.equal(0);
    await session.refresh();
    sessionChanged();
    await settled(session);
    expect(tokenSource.callCount).to.equal(2);
    session.clear();
    sessionChanged();
    await soon();
    expect(tokenSource.callCount).to.equal(2);
  });
});

async function settled(session: ReturnType<typeof createCustomerSession>): Promise<void> {
  while (session.snapshot.state === 'loading') await soon();
}

function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
