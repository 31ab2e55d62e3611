import { expect, oneEvent } from '@open-wc/testing';
import sinon from 'sinon';
import type { BcCustomerWidget } from '../../src/index.js';
import { backend, deferred, requestsTo, spyOnFetch } from '../support/page.js';
import { ended, settled, visibleText, widget } from './support.js';

let tests = 0;
let shopper: number | null;
/** An address for each test, so that what one test tells other tabs means nothing to the next. */
let tokenUrl: string;
let realFetch: typeof fetch;

beforeEach(() => {
  sinon.stub(console, 'error');
  shopper = 1;
  tokenUrl = `/token/text/1?test=${(tests += 1)}`;
  realFetch = window.fetch.bind(window);
  // The token endpoint answers for whoever is signed in now.
  window.fetch = (address, init) => {
    const mood = shopper === null ? '/token/guest' : `/token/text/${shopper}`;
    const asked = address as string;
    return realFetch(asked.startsWith(tokenUrl) ? asked.replace('/token/text/1', mood) : asked, init);
  };
});
afterEach(() => {
  sinon.restore();
  window.fetch = realFetch;
});

const shown = (attributes = {}) => settled({ 'token-url': tokenUrl, ...attributes });
const text = (element: BcCustomerWidget) => element.renderRoot.textContent;
const tokenRequests = (spy: ReturnType<typeof spyOnFetch>) => requestsTo(spy, tokenUrl);
const turn = () => new Promise((resolve) => setTimeout(resolve));
const transition = (type: string, persisted = true) =>
  window.dispatchEvent(new PageTransitionEvent(type, { persisted }));

/** The page is left for so many seconds. */
function away(seconds: number, how: 'hidden' | 'blurred' = 'hidden'): void {
  const now = Date.now();
  const clock = sinon.stub(Date, 'now').returns(now);
  const hidden = sinon.stub(document, 'hidden').get(() => true);
  if (how === 'hidden') document.dispatchEvent(new Event('visibilitychange'));
  else window.dispatchEvent(new Event('blur'));
  hidden.get(() => false);
  clock.returns(now + seconds * 1000);
  if (how === 'hidden') document.dispatchEvent(new Event('visibilitychange'));
  else window.dispatchEvent(new Event('focus'));
  clock.restore();
  hidden.restore();
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('the back/forward cache', () => {
  it('takes no data along, and the data is loaded again on return', async () => {
    const element = await shown();
    const fetch = spyOnFetch();
    transition('pagehide');
    expect(element.data).to.equal(undefined);
    await turn();
    expect(text(element)).not.to.contain('Hello');
    transition('pageshow');
    await ended(element);
    expect(visibleText(element)).to.equal('Hello 1');
    expect(tokenRequests(fetch)).to.equal(1);
  });

  it('brings nothing back for one who has signed out meanwhile', async () => {
    const element = await shown();
    transition('pagehide');
    shopper = null;
    transition('pageshow');
    await ended(element);
    expect(element.state).to.equal('guest');
    expect(text(element)).not.to.contain('Hello');
  });

  it('brings the data of another customer, and says so', async () => {
    const element = await shown({ 'customer-id': '1' });
    const changes = sinon.spy();
    element.addEventListener('bc-customer-change', changes);
    transition('pagehide');
    shopper = 2;
    transition('pageshow');
    await ended(element);
    expect(visibleText(element)).to.equal('Hello 2');
    expect(changes.callCount).to.equal(1);
  });

  it('finds nothing under way: the page ends its requests', async () => {
    const spy = spyOnFetch();
    const element = await widget({ 'token-url': tokenUrl, 'backend-url': `${backend}/slow?ms=5000` });
    await until(() => requestsTo(spy, '/slow') === 1);
    transition('pagehide');
    expect((spy.lastCall.args[1] as { signal: AbortSignal }).signal.aborted).to.be.true;
    expect(element.state).to.equal('idle');
  });

  it('takes no data along from a page that goes before the watch has come', async () => {
    // It is updated, but what `import()` gives comes later.
    const element = await widget({ 'token-url': tokenUrl });
    expect(element.state).to.equal('loading');
    transition('pagehide');
    shopper = null;
    await ended(element);
    expect(element.state).to.equal('guest');
  });

  it('does not start a widget that was not to load yet', async () => {
    const element = await widget({ 'token-url': tokenUrl, loading: 'manual' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const fetch = spyOnFetch();
    transition('pagehide');
    transition('pageshow');
    await turn();
    expect(element.state).to.equal('idle');
    expect(fetch.callCount).to.equal(0);
  });

  it('is not meant by the pageshow of a page that is new', async () => {
    await shown();
    const fetch = spyOnFetch();
    transition('pageshow', false);
    await turn();
    expect(fetch.callCount).to.equal(0);
  });
});

describe('a tab that was left', () => {
  for (const how of ['hidden', 'blurred'] as const) {
    it(`for an hour (${how}) asks for a token only, and the same customer's data stays`, async () => {
      const element = await shown();
      const fetch = spyOnFetch();
      away(3600, how);
      expect(text(element)).to.contain('Hello 1');
      await until(() => tokenRequests(fetch) === 1);
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(fetch.callCount).to.equal(1);
      expect(element.state).to.equal('ready');
      expect(visibleText(element)).to.equal('Hello 1');
    });
  }

  it('shows nothing to one who has signed out', async () => {
    const element = await shown();
    shopper = null;
    away(60);
    await until(() => element.state === 'guest');
    await element.updateComplete;
    expect(text(element)).not.to.contain('Hello');
  });

  it('shows another customer their own data, and wipes before', async () => {
    const element = await shown();
    const seen: string[] = [];
    const observer = new MutationObserver(() => seen.push(visibleText(element)));
    observer.observe(element.renderRoot, { childList: true, subtree: true, characterData: true });
    shopper = 2;
    away(60);
    await until(() => element.data?.text === 'Hello 2');
    await element.updateComplete;
    expect(seen.findIndex((words) => !words.includes('Hello'))).to.equal(0);
    expect(visibleText(element)).to.equal('Hello 2');
    observer.disconnect();
  });

  it('for a moment asks nothing', async () => {
    await shown();
    const fetch = spyOnFetch();
    away(1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(fetch.callCount).to.equal(0);
  });

  it('with a hundred widgets asks for one token', async () => {
    const elements = await Promise.all(Array.from({ length: 100 }, () => widget({ 'token-url': tokenUrl })));
    await Promise.all(elements.map(ended));
    const fetch = spyOnFetch();
    away(60);
    await until(() => tokenRequests(fetch) > 0);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(fetch.callCount).to.equal(1);
  });
});

describe('tabs of the store', () => {
  /** Another tab, as this one hears it. */
  let tab: BroadcastChannel;
  let heard: unknown[];
  beforeEach(() => {
    heard = [];
    tab = new BroadcastChannel('bc-customer-widget');
    tab.onmessage = ({ data }: MessageEvent<{ source: string }>) => {
      if (data.source === tokenUrl) heard.push(data);
    };
  });
  afterEach(() => {
    tab.close();
  });

  it('hear who is signed in, and nothing else', async () => {
    await shown();
    await until(() => heard.length > 0);
    expect(heard).to.deep.equal([{ source: tokenUrl, customerId: 1 }]);
  });

  it('hear of a sign-out at once, and this one wipes on hearing it', async () => {
    const element = await shown();
    await until(() => heard.length === 1);
    shopper = null;
    const gate = deferred<undefined>();
    const through = window.fetch.bind(window);
    window.fetch = async (address, init) => {
      await gate.promise;
      return through(address, init);
    };
    const fetch = spyOnFetch();
    tab.postMessage({ source: tokenUrl, customerId: null });
    await until(() => element.data === undefined);
    // Before anything was answered: the wipe waits for nobody.
    expect(element.state).to.equal('loading');
    gate.resolve(undefined);
    await ended(element);
    expect(element.state).to.equal('guest');
    expect(tokenRequests(fetch)).to.equal(1);
    expect(heard).to.have.lengthOf(1);
  });

  it('of which one has another customer make the others show that one', async () => {
    const element = await shown();
    shopper = 2;
    tab.postMessage({ source: tokenUrl, customerId: 2 });
    await until(() => element.data?.text === 'Hello 2');
  });

  it('do not go on for ever when they see different customers', async () => {
    const element = await shown();
    await until(() => heard.length === 1);
    // This tab's session keeps saying 1.
    const loadedAgain = oneEvent(element, 'bc-customer-load');
    tab.postMessage({ source: tokenUrl, customerId: 2 });
    await loadedAgain;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(visibleText(element)).to.equal('Hello 1');
    expect(heard).to.have.lengthOf(1);
  });

  it('with the same customer leave each other alone', async () => {
    await shown();
    const fetch = spyOnFetch();
    tab.postMessage({ source: tokenUrl, customerId: 1 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fetch.callCount).to.equal(0);
  });

  it('of another token endpoint leave each other alone', async () => {
    await shown();
    const fetch = spyOnFetch();
    tab.postMessage({ source: '/another', customerId: 2 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fetch.callCount).to.equal(0);
  });

  it('are told once by a page with many widgets', async () => {
    const elements = await Promise.all(Array.from({ length: 20 }, () => widget({ 'token-url': tokenUrl })));
    await Promise.all(elements.map(ended));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(heard).to.have.lengthOf(1);
  });

  it('hear nothing from a page that is put away, and it hears nothing', async () => {
    const element = await shown();
    transition('pagehide');
    shopper = null;
    tab.postMessage({ source: tokenUrl, customerId: null });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(element.state).to.equal('idle');
    transition('pageshow');
    await ended(element);
    await until(() => heard.length === 2);
    expect(heard[1]).to.deep.equal({ source: tokenUrl, customerId: null });
  });
});

describe('widgets of one page', () => {
  it('are all wiped when one learns of a sign-out', async () => {
    const [one, other] = await Promise.all([
      shown(),
      shown({ 'backend-url': `${backend}/echo?json={"text":"Hello too"}` }),
    ]);
    shopper = null;
    await one.refresh();
    await ended(other);
    expect(other.state).to.equal('guest');
    expect(text(other)).not.to.contain('Hello');
  });
});

describe('refresh-after', () => {
  it('loads visible data again, again and again', async function () {
    this.timeout(5000);
    const element = await shown({ 'refresh-after': '1' });
    const fetch = spyOnFetch();
    await until(() => requestsTo(fetch, '/customer') === 2);
    expect(element.data).to.deep.equal({ text: 'Hello 1' });
  });

  it('waits until somebody looks', async () => {
    const element = await shown({ 'refresh-after': '60' });
    const fetch = spyOnFetch();
    away(61);
    expect(element.state).to.equal('loading');
    await ended(element);
    expect(requestsTo(fetch, '/customer')).to.equal(1);
  });

  for (const value of ['0', '-5', 'soon', '']) {
    it(`of ${JSON.stringify(value)} is off`, async () => {
      const element = await shown({ 'refresh-after': value });
      const fetch = spyOnFetch();
      away(1.9);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(element.state).to.equal('ready');
      expect(fetch.callCount).to.equal(0);
    });
  }

  it('ends with the widget', async function () {
    this.timeout(5000);
    const element = await shown({ 'refresh-after': '1' });
    const fetch = spyOnFetch();
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(fetch.callCount).to.equal(0);
  });
});

describe('a widget that is gone', () => {
  it('leaves no listeners and no channel behind', async () => {
    const element = await shown();
    const fetch = spyOnFetch();
    element.remove();
    await turn();
    transition('pageshow');
    away(3600);
    const tab = new BroadcastChannel('bc-customer-widget');
    tab.postMessage({ source: tokenUrl, customerId: 9 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    tab.close();
    expect(element.state).to.equal('idle');
    expect(fetch.callCount).to.equal(0);
  });
});
