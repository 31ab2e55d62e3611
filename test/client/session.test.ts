import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import {
  createCustomerSession,
  type CustomerSessionOptions,
  type CustomerSnapshot,
  type TokenSource,
} from '../../src/client/index.js';
import { backend, deferred, echo, working } from '../support/page.js';

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
