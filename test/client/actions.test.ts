import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import {
  createCustomerSession,
  CustomerWidgetError,
  readCustomerData,
  type CustomerSession,
  type CustomerSessionOptions,
  type TokenSource,
} from '../../src/client/index.js';
import { backend, deferred, requestsTo, spyOnFetch, working } from '../support/page.js';

afterEach(() => {
  sinon.restore();
});

const tokenOf = async (id: number) => (await (await fetch(`/token/text/${id}`)).text()).trim();

async function loaded(options: Partial<CustomerSessionOptions> = {}): Promise<CustomerSession> {
  const session = createCustomerSession({ ...working, ...options });
  await session.refresh();
  return session;
}

const post = (session: CustomerSession, name: string, more = {}) =>
  session.fetch(`/customer/actions/${name}`, { method: 'POST', ...more });

async function failureOf(promise: Promise<unknown>): Promise<CustomerWidgetError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(CustomerWidgetError);
  return error as CustomerWidgetError;
}

describe('session.fetch()', () => {
  it('sends a fresh token, the given headers and the body', async () => {
    const reasons: string[] = [];
    const tokenSource: TokenSource = ({ reason }) => {
      reasons.push(reason);
      return tokenOf(1);
    };
    const session = await loaded({ tokenSource });
    const response = await post(session, 'greet', {
      headers: { 'content-type': 'application/json', 'idempotency-key': 'key-of-this-test' },
      body: '{"gift":"mug"}',
    });
    expect(response.status).to.equal(200);
    expect(await response.json()).to.deep.equal({ text: 'Greeted 1', key: 'key-of-this-test', gift: 'mug' });
    expect(reasons).to.deep.equal(['load', 'action']);
  });

  for (const path of [
    'https://evil.example/collect',
    '//evil.example/collect',
    '/\\evil.example',
    'javascript:0',
    'http://',
    `${backend.replace('127.0.0.1', 'localhost')}/customer`,
  ]) {
    it(`asks for no token when the address is not on the backend's origin (${path})`, async () => {
      const session = await loaded();
      const fetch = spyOnFetch();
      expect((await failureOf(session.fetch(path, { method: 'POST' }))).code).to.equal('misconfigured');
      expect(fetch.callCount).to.equal(0);
    });
  }

  it('reads a path from backend-url on, as a link would be', async () => {
    const session = await loaded();
    const response = await session.fetch('customer/actions/greet', { method: 'POST' });
    expect(await response.text()).to.contain('Greeted 1');
  });

  it('sends nothing for another customer than the one whose data is shown, and loads again', async () => {
    let id = 1;
    const session = await loaded({ tokenSource: () => tokenOf(id) });
    id = 2;
    const fetch = spyOnFetch();
    expect((await failureOf(post(session, 'greet'))).code).to.equal('unauthorized');
    expect(requestsTo(fetch, '/actions/')).to.equal(0);
    expect(session.snapshot.state).to.equal('loading');
    await new Promise<void>((resolve) => {
      session.subscribe(({ state }) => {
        if (state === 'ready') resolve();
      });
    });
    expect(session.snapshot.data).to.deep.equal({ text: 'Hello 2' });
  });

  it('sends nothing for a guest, and takes the data away', async () => {
    let token: string | null = await tokenOf(1);
    const session = await loaded({ tokenSource: () => Promise.resolve(token) });
    token = null;
    const fetch = spyOnFetch();
    expect((await failureOf(post(session, 'greet'))).code).to.equal('unauthorized');
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    expect(session.snapshot).to.deep.equal({ state: 'guest' });
    expect(fetch.callCount).to.equal(0);
  });

  it('is tried once, whatever happens', async () => {
    const session = await loaded();
    const fetch = sinon.stub(window, 'fetch').callThrough();
    fetch.withArgs(sinon.match('/actions/')).rejects(new TypeError('connection reset'));
    expect((await failureOf(post(session, 'greet'))).code).to.equal('network');
    expect(requestsTo(fetch, '/actions/')).to.equal(1);
    fetch.restore();
    const again = spyOnFetch();
    expect((await post(session, 'fail')).status).to.equal(500);
    expect(requestsTo(again, '/actions/')).to.equal(1);
  });

  it('is aborted by clear()', async () => {
    const session = await loaded();
    const sent = post(session, 'slow');
    session.clear();
    const error: unknown = await sent.catch((reason: unknown) => reason);
    expect((error as Error).name).to.equal('AbortError');
  });
});

describe('readCustomerData()', () => {
  it('reads an answer as a load does', async () => {
    const session = await loaded();
    expect(await readCustomerData(await post(session, 'greet'))).to.deep.equal({ text: 'Greeted 1' });
    expect(await readCustomerData(await post(session, 'nothing'))).to.equal(null);
  });

  it('throws for a refusal, without its body', async () => {
    const error = await failureOf(readCustomerData(await post(await loaded(), 'refuse')));
    expect(error).to.include({ code: 'backend-error', status: 409, message: 'The backend answered 409.' });
  });
});

describe('data that waits for its view', () => {
  it('comes when both are there, asked for at the same time', async () => {
    const view = deferred<undefined>();
    const session = createCustomerSession({ ...working, view: () => view.promise });
    const ended = session.refresh();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(session.snapshot).to.deep.equal({ state: 'loading', customerId: 1 });
    view.resolve(undefined);
    await ended;
    expect(session.snapshot.state).to.equal('ready');
  });
});

describe('parts that do not come', () => {
  it('are a failure with a code, and are asked for again by the next load', async () => {
    let tries = 0;
    const view = () => (++tries < 2 ? Promise.reject(new TypeError('no such file')) : Promise.resolve());
    const session = await loaded({ view });
    expect(session.snapshot.error).to.include({ code: 'network' });
    expect(session.snapshot.data).to.equal(undefined);
    await session.refresh();
    expect(session.snapshot.state).to.equal('ready');
  });
});
