import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import {
  createCustomerSession,
  type CustomerSessionOptions,
  type CustomerSnapshot,
  type TokenSource,
} from '../../src/client/index.js';
import { backend, deferred, echo, requestsTo, spyOnFetch, working } from '../support/page.js';

afterEach(() => {
  sinon.restore();
});

function record(options: CustomerSessionOptions) {
  const session = createCustomerSession(options);
  const history: CustomerSnapshot[] = [];
  session.subscribe((snapshot) => history.push(snapshot));
  return { session, history, states: () => history.map(({ state }) => state) };
}

const tokenOf = async (id: number) => (await (await fetch(`/token/text/${id}`)).text()).trim();

describe('createCustomerSession', () => {
  it('goes from idle over loading to ready', async () => {
    const { session, states } = record(working);
    expect(session.snapshot.state).to.equal('idle');
    await session.refresh();
    expect(states()).to.deep.equal(['loading', 'loading', 'ready']);
    expect(session.snapshot).to.include({ customerId: 1 });
    expect(session.snapshot.data).to.deep.equal({ text: 'Hello 1' });
  });

  for (const nothing of [null, {}, { items: [], text: '' }]) {
    it(`is empty when the backend answers ${JSON.stringify(nothing)}`, async () => {
      const { session } = record({ ...working, backendUrl: echo(nothing) });
      await session.refresh();
      expect(session.snapshot.state).to.equal('empty');
    });
  }

  it('is not empty when a value is zero or false', async () => {
    const { session } = record({ ...working, backendUrl: echo({ points: 0 }) });
    await session.refresh();
    expect(session.snapshot.state).to.equal('ready');
  });

  it('keeps the data while it loads again, and asks for a token as a refresh', async () => {
    const reasons: string[] = [];
    const tokenSource: TokenSource = ({ reason }) => {
      reasons.push(reason);
      return tokenOf(1);
    };
    const { session, history } = record({ ...working, tokenSource });
    await session.refresh();
    history.length = 0;
    await session.refresh();
    expect(history[0]).to.deep.equal({ state: 'loading', data: { text: 'Hello 1' }, customerId: 1 });
    expect(history).to.have.lengthOf(2);
    expect(reasons).to.deep.equal(['load', 'refresh']);
  });

  it('wipes the data before it loads that of another customer', async () => {
    let id = 1;
    const { session, history } = record({ ...working, tokenSource: () => tokenOf(id) });
    await session.refresh();
    history.length = 0;
    id = 2;
    await session.refresh();
    expect(history.map(({ state, data, customerId }) => [state, data?.text, customerId])).to.deep.equal([
      ['loading', 'Hello 1', 1],
      ['loading', undefined, 2],
      ['ready', 'Hello 2', 2],
    ]);
  });

  it('wipes the data when the shopper turns out to be a guest', async () => {
    let id: number | null = 1;
    const { session } = record({ ...working, tokenSource: async () => (id === null ? null : tokenOf(id)) });
    await session.refresh();
    id = null;
    await session.refresh();
    expect(session.snapshot).to.deep.equal({ state: 'guest' });
  });

  it('lets only the newest run commit, whichever answer comes last', async () => {
    const options = { ...working, backendUrl: `${backend}/slow?text=old` };
    const { session, history } = record(options);
    const first = session.refresh();
    await new Promise((resolve) => setTimeout(resolve, 100));
    options.backendUrl = echo({ text: 'new' });
    await session.refresh();
    await first;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(session.snapshot.data).to.deep.equal({ text: 'new' });
    expect(history.filter(({ state }) => state === 'ready')).to.have.lengthOf(1);
  });

  it('shares the token request of a run that it replaces', async () => {
    const answer = deferred<string | null>();
    const source = sinon.spy((() => answer.promise) as TokenSource);
    const { session } = record({ ...working, tokenSource: source });
    const runs = [session.refresh(), session.refresh(), session.refresh()];
    answer.resolve(null);
    await Promise.all(runs);
    expect(source.callCount).to.equal(1);
    expect(session.snapshot.state).to.equal('guest');
  });

  it('forgets everything and aborts on clear()', async () => {
    const { session, states } = record({ ...working, backendUrl: `${backend}/slow` });
    const run = session.refresh();
    session.clear();
    await run;
    expect(session.snapshot).to.deep.equal({ state: 'idle', customerId: undefined });
    expect(states()).to.deep.equal(['loading', 'idle']);
  });

  it('goes on when a listener throws, which is reported as uncaught', async () => {
    const { session } = record(working);
    const uncaught = deferred<string>();
    const onerror = window.onerror;
    window.onerror = (message) => {
      uncaught.resolve(message as string);
      return true;
    };
    session.subscribe(() => {
      throw new Error('a listener of the page');
    });
    await session.refresh();
    expect(await uncaught.promise).to.contain('a listener of the page');
    window.onerror = onerror;
    expect(session.snapshot.state).to.equal('ready');
  });

  it('no longer calls a listener that has left', async () => {
    const session = createCustomerSession({ ...working, tokenUrl: '/token/guest' });
    const listener = sinon.spy();
    session.subscribe(listener)();
    await session.refresh();
    expect(listener.callCount).to.equal(0);
  });
});

describe('a refresh that fails', () => {
  const keeps: [path: string, code: string][] = [
    ['/status/500', 'backend-error'],
    ['/status/429', 'rate-limited'],
    ['/html', 'invalid-response'],
    ['/no-cors', 'network'],
  ];
  const wipes: [path: string, code: string][] = [
    ['/status/401', 'unauthorized'],
    ['/status/403', 'forbidden'],
  ];
  for (const [list, outcome] of [
    [keeps, 'keeps'],
    [wipes, 'wipes'],
  ] as const) {
    for (const [path, code] of list) {
      it(`with ${code} ${outcome} the data`, async () => {
        const options = { ...working };
        const { session } = record(options);
        await session.refresh();
        options.backendUrl = `${backend}${path}`;
        await session.refresh();
        expect(session.snapshot.error?.code).to.equal(code);
        expect(session.snapshot.data).to.deep.equal(outcome === 'keeps' ? { text: 'Hello 1' } : undefined);
      });
    }
  }

  it('wipes the data when the token endpoint fails: nobody can say whose page it is', async () => {
    let fails = false;
    const tokenSource: TokenSource = () => (fails ? Promise.reject(new Error('down')) : tokenOf(1));
    const { session } = record({ ...working, tokenSource });
    await session.refresh();
    fails = true;
    await session.refresh();
    expect(session.snapshot.state).to.equal('error');
    expect(session.snapshot.data).to.equal(undefined);
  });
});

describe('check()', () => {
  function checked() {
    const shopper: { id: number | null; fails?: boolean } = { id: 1 };
    const tokenSource = sinon.spy((() => {
      if (shopper.fails) return Promise.reject(new Error('down'));
      return shopper.id === null ? Promise.resolve(null) : tokenOf(shopper.id);
    }) as TokenSource);
    return { shopper, tokenSource, ...record({ ...working, tokenSource }) };
  }

  it('asks for a token only, and keeps the data of the same customer', async () => {
    const { session, history, tokenSource } = checked();
    await session.refresh();
    history.length = 0;
    const fetch = spyOnFetch();
    await session.check();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(tokenSource.lastCall.args[0]).to.have.property('reason', 'check');
    expect(requestsTo(fetch, backend)).to.equal(0);
    expect(history).to.deep.equal([]);
    expect(session.snapshot.data).to.deep.equal({ text: 'Hello 1' });
  });

  it('wipes the data of one who has signed out', async () => {
    const { session, shopper } = checked();
    await session.refresh();
    shopper.id = null;
    await session.check();
    expect(session.snapshot).to.deep.equal({ state: 'guest' });
  });

  it('wipes first and then loads when it is another customer', async () => {
    const { session, shopper, history, tokenSource } = checked();
    await session.refresh();
    history.length = 0;
    shopper.id = 2;
    await session.check();
    expect(history.map(({ state, data }) => [state, data?.text])).to.deep.equal([
      ['loading', undefined],
      ['ready', 'Hello 2'],
    ]);
    expect(tokenSource.callCount).to.equal(2);
  });

  it('wipes the data when nobody can say whose page it is', async () => {
    const { session, shopper } = checked();
    await session.refresh();
    shopper.fails = true;
    await session.check();
    expect(session.snapshot.state).to.equal('error');
    expect(session.snapshot.data).to.equal(undefined);
  });

  it('asks nothing before the first load and during one', async () => {
    const { session, tokenSource } = checked();
    await session.check();
    expect(tokenSource.callCount).to.equal(0);
    const loading = session.refresh();
    await session.check();
    await loading;
    expect(tokenSource.callCount).to.equal(1);
  });
});

describe('offline', () => {
  it('a refresh fails at once, shows how old the data is, and happens when the connection is back', async () => {
    const { session } = record(working);
    await session.refresh();
    const before = Date.now();
    const line = sinon.stub(navigator, 'onLine').get(() => false);
    const network = sinon.stub(window, 'fetch').rejects(new TypeError('offline'));
    await session.refresh();
    expect(session.snapshot.error?.code).to.equal('network');
    expect(session.snapshot.data).to.deep.equal({ text: 'Hello 1' });
    expect(session.snapshot.dataFrom).to.be.at.most(before);
    line.restore();
    network.restore();
    window.dispatchEvent(new Event('online'));
    expect(session.snapshot.state).to.equal('loading');
    while (session.snapshot.state === 'loading') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(session.snapshot.state).to.equal('ready');
  });

  it('a cleared session stays cleared when the connection is back', async () => {
    const { session } = record(working);
    sinon.stub(navigator, 'onLine').get(() => false);
    sinon.stub(window, 'fetch').rejects(new TypeError('offline'));
    await session.refresh();
    session.clear();
    sinon.restore();
    window.dispatchEvent(new Event('online'));
    expect(session.snapshot.state).to.equal('idle');
  });
});

describe('push()', () => {
  it('shows data for the customer whose data is shown, and for nobody else', async () => {
    const { session } = record(working);
    session.push({ text: 'too early' }, 1);
    expect(session.snapshot.state).to.equal('idle');
    await session.refresh();
    session.push({ text: 'for another' }, 2);
    expect(session.snapshot.data).to.deep.equal({ text: 'Hello 1' });
    session.push({ text: 'live' }, 1);
    expect(session.snapshot.data).to.deep.equal({ text: 'live' });
    session.push(null, 1);
    expect(session.snapshot.state).to.equal('empty');
  });
});
