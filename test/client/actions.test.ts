import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import {
  createCustomerSession,
  CustomerWidgetError,
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

const post = (name: string, more = {}) => ({ path: `/customer/actions/${name}`, method: 'POST', ...more });

async function failureOf(promise: Promise<unknown>): Promise<CustomerWidgetError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(CustomerWidgetError);
  return error as CustomerWidgetError;
}

describe('session.send()', () => {
  it('sends a fresh token, the given headers and the body', async () => {
    const reasons: string[] = [];
    const tokenSource: TokenSource = ({ reason }) => {
      reasons.push(reason);
      return tokenOf(1);
    };
    const session = await loaded({ tokenSource });
    const { response, body } = await session.send(
      post('greet', {
        headers: { 'content-type': 'application/json', 'idempotency-key': 'key-of-this-test' },
        body: '{"gift":"mug"}',
      }),
    );
    expect(response.status).to.equal(200);
    expect(JSON.parse(body)).to.deep.equal({ text: 'Greeted 1', key: 'key-of-this-test', gift: 'mug' });
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
      expect((await failureOf(session.send({ path, method: 'POST' }))).code).to.equal('misconfigured');
      expect(fetch.callCount).to.equal(0);
    });
  }

  it('reads a path from backend-url on, as a link would be', async () => {
    const session = await loaded();
    const { body } = await session.send({ path: 'customer/actions/greet', method: 'POST' });
    expect(body).to.contain('Greeted 1');
  });

  it('sends nothing for another customer than the one whose data is shown, and loads again', async () => {
    let id = 1;
    const session = await loaded({ tokenSource: () => tokenOf(id) });
    id = 2;
    const fetch = spyOnFetch();
    expect((await failureOf(session.send(post('greet')))).code).to.equal('unauthorized');
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
    expect((await failureOf(session.send(post('greet')))).code).to.equal('unauthorized');
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    expect(session.snapshot).to.deep.equal({ state: 'guest' });
    expect(fetch.callCount).to.equal(0);
  });

  it('is tried once, whatever happens', async () => {
    const session = await loaded();
    const fetch = sinon.stub(window, 'fetch').callThrough();
    fetch.withArgs(sinon.match('/actions/')).rejects(new TypeError('connection reset'));
    expect((await failureOf(session.send(post('greet')))).code).to.equal('network');
    expect(requestsTo(fetch, '/actions/')).to.equal(1);
    fetch.restore();
    const again = spyOnFetch();
    expect((await session.send(post('fail'))).response.status).to.equal(500);
    expect(requestsTo(again, '/actions/')).to.equal(1);
  });

  it('is aborted by clear()', async () => {
    const session = await loaded();
    const sent = session.send(post('slow'));
    session.clear();
    const error: unknown = await sent.catch((reason: unknown) => reason);
    expect((error as Error).name).to.equal('AbortError');
  });
});

describe('session.accept()', () => {
  it('shows the answer in place of the data', async () => {
    const session = await loaded();
    session.accept(await session.send(post('greet')));
    expect(session.snapshot).to.deep.equal({ state: 'ready', data: { text: 'Greeted 1' }, customerId: 1 });
  });

  it('loads again after an answer without content', async () => {
    const session = await loaded();
    session.accept(await session.send(post('nothing')));
    expect(session.snapshot).to.deep.equal({ state: 'loading', data: { text: 'Hello 1' }, customerId: 1 });
  });

  it('throws for a refusal, without its body, and leaves the data', async () => {
    const session = await loaded();
    const answer = await session.send(post('refuse'));
    expect(() => {
      session.accept(answer);
    })
      .to.throw(CustomerWidgetError, 'The backend answered 409.')
      .with.property('code', 'backend-error');
    expect(session.snapshot.data).to.deep.equal({ text: 'Hello 1' });
  });

  it('ends a load that began before the change', async () => {
    const token = deferred<string>();
    let isFirst = true;
    const session = await loaded({
      tokenSource: () => (isFirst ? tokenOf(1) : token.promise),
    });
    const answer = await session.send(post('greet'));
    isFirst = false;
    const refreshed = session.refresh();
    session.accept(answer);
    token.resolve(await tokenOf(1));
    await refreshed;
    expect(session.snapshot.data).to.deep.equal({ text: 'Greeted 1' });
  });
});

describe('data that waits for its view', () => {
  it('comes when both are there, asked for at the same time', async () => {
    const view = deferred<undefined>();
    const session = createCustomerSession({ ...working, view: view.promise });
    const ended = session.refresh();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(session.snapshot).to.deep.equal({ state: 'loading', customerId: 1 });
    view.resolve(undefined);
    await ended;
    expect(session.snapshot.state).to.equal('ready');
  });
});
