import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import type { BcCustomerWidget } from '../../src/index.js';
import { backend, deferred, echo, requestsTo, spyOnFetch } from '../support/page.js';
import { ended, isBusy, nextEvent, part, settled, status, visibleText, widget } from './support.js';

let errors: sinon.SinonStub<unknown[], void>;
beforeEach(() => {
  errors = sinon.stub(console, 'error');
});
afterEach(() => {
  sinon.restore();
});

/** A widget that waits for its token for as long as the test wants. */
async function waiting(): Promise<{ element: BcCustomerWidget; answer: (token: string | null) => void }> {
  const token = deferred<string | null>();
  const element = await widget({ loading: 'manual' });
  element.tokenSource = () => token.promise;
  element.loading = 'eager';
  await element.updateComplete;
  return { element, answer: token.resolve };
}

describe('every state', () => {
  it('loading: a skeleton and the heading, busy, announced', async () => {
    const { element } = await waiting();
    element.heading = 'Your rewards';
    await element.updateComplete;
    expect(element.getAttribute('state')).to.equal('loading');
    expect(part(element, 'skeleton')).to.exist;
    expect(visibleText(element)).to.equal('Your rewards');
    expect(isBusy(element)).to.be.true;
    expect(status(element)).to.equal('Loading…');
    await expect(element).to.be.accessible();
  });

  it('ready: the data, not busy', async () => {
    const element = await settled({ heading: 'Your rewards' });
    expect(element.getAttribute('state')).to.equal('ready');
    expect(visibleText(element)).to.equal('Your rewards Hello 1');
    expect(part(element, 'skeleton')).not.to.exist;
    expect(isBusy(element)).to.be.false;
    expect(status(element)).to.equal('Loaded.');
    await expect(element).to.be.accessible();
  });

  it('empty: says so', async () => {
    const element = await settled({ 'token-url': '/token/text/3' });
    expect(element.getAttribute('state')).to.equal('empty');
    expect(visibleText(element)).to.equal('There is nothing here yet.');
    expect(isBusy(element)).to.be.false;
    await expect(element).to.be.accessible();
  });

  it('guest: shows nothing and takes no room', async () => {
    const element = await settled({ 'token-url': '/token/guest' });
    expect(element.getAttribute('state')).to.equal('guest');
    expect(visibleText(element)).to.equal('');
    expect(element.getBoundingClientRect().height).to.equal(0);
    expect(errors.callCount).to.equal(0);
  });

  it('guest with guest="message": asks to sign in', async () => {
    const element = await settled({ 'token-url': '/token/guest', guest: 'message' });
    expect(visibleText(element)).to.equal('Please sign in to see this.');
    expect(isBusy(element)).to.be.false;
    await expect(element).to.be.accessible();
  });

  it('error: words without internals, a button to try again, one sentence on the console', async () => {
    const element = await settled({ 'backend-url': `${backend}/status/500` });
    expect(element.getAttribute('state')).to.equal('error');
    expect(visibleText(element)).to.equal(
      'This could not be loaded. Please try again in a moment. Try again',
    );
    expect(isBusy(element)).to.be.false;
    expect(errors.callCount).to.equal(1);
    expect(errors.firstCall.args[0]).to.equal(
      '<bc-customer-widget> backend-error: The backend answered 500.',
    );
    await expect(element).to.be.accessible();
  });

  it('error after a refused token: asks to sign in again', async () => {
    const element = await settled({ 'backend-url': `${backend}/status/401` });
    expect(status(element)).to.equal('Please sign in again to see this.');
  });

  it('idle: nothing to see while it waits to be asked', async () => {
    const fetch = spyOnFetch();
    const element = await widget({ loading: 'manual' });
    expect(element.getAttribute('state')).to.equal('idle');
    expect(element.getBoundingClientRect().height).to.equal(0);
    expect(fetch.callCount).to.equal(0);
  });

  it('has the same live region in all of them, so that a change is announced', async () => {
    const { element, answer } = await waiting();
    const region = element.renderRoot.querySelector('[role="status"]');
    answer((await (await fetch('/token/text/1')).text()).trim());
    await ended(element);
    expect(element.state).to.equal('ready');
    expect(element.renderRoot.querySelector('[role="status"]') === region).to.be.true;
    element.backendUrl = `${backend}/status/500`;
    await element.updateComplete;
    await ended(element);
    expect(element.state).to.equal('error');
    expect(element.renderRoot.querySelector('[role="status"]') === region).to.be.true;
  });
});

describe('attributes that are wrong', () => {
  const cases: [attribute: string, value: string | null][] = [
    ['app-client-id', null],
    ['app-client-id', ''],
    ['backend-url', null],
    ['backend-url', 'http://api.example.com/'],
    ['backend-url', 'rewards'],
    ['token-url', 'ftp://shop.example.com/'],
    ['timeout', 'soon'],
    ['timeout', '-1'],
  ];
  for (const loading of ['eager', 'lazy', 'manual']) {
    for (const [attribute, value] of cases) {
      it(`${attribute}=${JSON.stringify(value)} (${loading}): one sentence with the fix, no request, nothing to see`, async () => {
        const fetch = spyOnFetch();
        const element = await settled({ loading, [attribute]: value });
        expect(element.error?.code).to.equal('misconfigured');
        await Promise.resolve();
        expect(errors.callCount).to.equal(1);
        expect(errors.firstCall.args[0]).to.contain(attribute);
        expect(fetch.callCount).to.equal(0);
        expect(element.getBoundingClientRect().height).to.equal(0);
      });
    }
  }

  it('start to work as soon as they are mended', async () => {
    const element = await settled({ 'backend-url': '' });
    element.setAttribute('backend-url', `${backend}/customer`);
    await element.updateComplete;
    await ended(element);
    expect(element.state).to.equal('ready');
  });

  it('leave their defaults in force where a word is not known', async () => {
    const element = await settled({
      loading: 'soon',
      guest: 'wave',
      'heading-level': '9',
      heading: 'Points',
    });
    expect(element.state).to.equal('ready');
    expect(part(element, 'heading')?.getAttribute('aria-level')).to.equal('2');
  });

  it('are taken back by removing them', async () => {
    const element = await settled({ timeout: '5000' });
    element.removeAttribute('timeout');
    element.removeAttribute('heading');
    await element.updateComplete;
    await ended(element);
    expect(element.timeout).to.equal(10_000);
    expect(element.state).to.equal('ready');
  });
});

describe('when to load', () => {
  it('lazy: keeps its place, and loads near the viewport', async () => {
    const fetch = spyOnFetch();
    const element = await widget({ loading: 'manual' });
    element.style.marginBlockStart = '5000px';
    element.loading = 'lazy';
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(fetch.callCount).to.equal(0);
    expect(element.state).to.equal('idle');
    expect(element.getBoundingClientRect().height).to.be.greaterThan(100);
    element.scrollIntoView();
    await ended(element);
    expect(element.state).to.equal('ready');
    expect(requestsTo(fetch, '/token/')).to.equal(1);
  });

  it('manual: loads when refresh() is called', async () => {
    const element = await widget({ loading: 'manual' });
    await element.refresh();
    expect(visibleText(element)).to.equal('Hello 1');
  });

  it('three at once ask for one token', async () => {
    const fetch = spyOnFetch();
    const elements = await Promise.all([widget(), widget(), widget()]);
    await Promise.all(elements.map(ended));
    expect(elements.map(({ state }) => state)).to.deep.equal(['ready', 'ready', 'ready']);
    expect(requestsTo(fetch, '/token/')).to.equal(1);
  });
});

describe('refresh()', () => {
  it('keeps the data on the screen, marked as busy', async () => {
    const element = await settled();
    const refreshed = element.refresh();
    await element.updateComplete;
    expect(isBusy(element)).to.be.true;
    expect(visibleText(element)).to.equal('Hello 1');
    await refreshed;
    expect(isBusy(element)).to.be.false;
  });

  it('by the button after a failure keeps the keyboard in the widget', async () => {
    const element = await settled({ 'token-url': '/token/503' });
    const button = part(element, 'retry');
    button?.focus();
    element.tokenSource = null;
    button?.click();
    expect(element.shadowRoot?.activeElement === part(element, 'card')).to.be.true;
    await element.updateComplete;
    expect(element.state).to.equal('loading');
    await ended(element);
    expect(part(element, 'retry')).to.exist;
  });

  it('that fails shows the old data with the words below it', async () => {
    const element = await settled();
    const flaky = sinon.stub(window, 'fetch').rejects(new TypeError('offline'));
    await element.refresh();
    flaky.restore();
    expect(visibleText(element)).to.contain('Hello 1');
    expect(visibleText(element)).to.contain('This could not be loaded.');
    expect(part(element, 'as-of')?.textContent).to.match(/^As of .*\d:\d\d/);
    await element.refresh();
    expect(part(element, 'as-of')).not.to.exist;
  });
});

describe('clear()', () => {
  it('takes the data off the page, until refresh()', async () => {
    const element = await settled();
    element.clear();
    await element.updateComplete;
    expect(element.data).to.equal(undefined);
    expect(element.renderRoot.textContent).not.to.contain('Hello');
    await element.refresh();
    expect(visibleText(element)).to.equal('Hello 1');
  });
});

describe('events', () => {
  it('bc-customer-load comes when the page shows the data, and carries it', async () => {
    const element = await widget();
    const { detail, bubbles, composed } = await nextEvent(document, 'bc-customer-load');
    expect(visibleText(element)).to.equal('Hello 1');
    expect(element.getAttribute('state')).to.equal('ready');
    expect(detail).to.deep.equal({ data: { text: 'Hello 1' }, customerId: 1 });
    expect([bubbles, composed]).to.deep.equal([true, true]);
  });

  it('bc-customer-load carries null when there is nothing', async () => {
    const element = await widget({ 'token-url': '/token/text/3' });
    expect((await nextEvent(element, 'bc-customer-load')).detail).to.deep.equal({
      data: null,
      customerId: 3,
    });
  });

  it('bc-customer-guest', async () => {
    const element = await widget({ 'token-url': '/token/guest' });
    expect((await nextEvent(element, 'bc-customer-guest')).detail).to.equal(null);
  });

  it('bc-customer-error carries the error', async () => {
    const element = await widget({ 'token-url': '/token/html' });
    const { detail } = await nextEvent(element, 'bc-customer-error');
    expect(detail.error.code).to.equal('token-invalid');
    expect(detail.error).to.equal(element.error);
  });

  it('bc-customer-change tells that the page was rendered for another customer, whose data follows', async () => {
    const element = await widget({ 'customer-id': '2' });
    const { detail } = await nextEvent(element, 'bc-customer-change');
    expect(detail).to.deep.equal({ customerId: 1, previousCustomerId: 2 });
    await ended(element);
    expect(visibleText(element)).to.equal('Hello 1');
  });

  it('bc-customer-change does not come for the same customer', async () => {
    const changes = sinon.spy();
    document.addEventListener('bc-customer-change', changes);
    await settled({ 'customer-id': '1' });
    await settled({ 'customer-id': '' });
    document.removeEventListener('bc-customer-change', changes);
    expect(changes.callCount).to.equal(0);
  });

  it('never carry a token, nor do the attributes, the page or the console', async () => {
    const details: unknown[] = [];
    const names = ['load', 'guest', 'error', 'change'] as const;
    for (const name of names) {
      document.addEventListener(
        `bc-customer-${name}`,
        (event) => details.push((event as CustomEvent).detail),
        {
          once: true,
        },
      );
    }
    const element = await settled({ 'customer-id': '2' });
    await settled({ 'backend-url': `${backend}/status/401` });
    const seen = JSON.stringify(details) + element.outerHTML + (element.shadowRoot?.innerHTML ?? '');
    expect(seen + JSON.stringify(errors.args)).not.to.contain('eyJ');
    expect(details.length).to.be.greaterThan(1);
  });

  it('the same look would find a token that is there', async () => {
    const received = await settled({ 'backend-url': `${backend}/request` });
    expect(JSON.stringify(received.data)).to.contain('Bearer eyJ');
  });
});

describe('coming and going', () => {
  it('aborts when it is removed, and shows nothing afterwards', async () => {
    const element = await widget({ 'backend-url': `${backend}/slow` });
    element.remove();
    await Promise.resolve();
    expect(element.state).to.equal('idle');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(element.state).to.equal('idle');
  });

  it('forgets the data when it is removed, and loads again when it is back', async () => {
    const element = await settled();
    const { parentElement } = element;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect(element.data).to.equal(undefined);
    expect(element.renderRoot.textContent).not.to.contain('Hello');
    parentElement?.append(element);
    await element.updateComplete;
    await ended(element);
    expect(visibleText(element)).to.equal('Hello 1');
  });

  it('keeps what it has when it is moved', async () => {
    const element = await settled();
    const fetch = spyOnFetch();
    document.body.append(element);
    await element.updateComplete;
    expect(visibleText(element)).to.equal('Hello 1');
    expect(fetch.callCount).to.equal(0);
    element.remove();
  });

  it('starts over when an attribute of the load changes, and not for the others', async () => {
    const element = await settled();
    const fetch = spyOnFetch();
    element.heading = 'New words';
    await element.updateComplete;
    expect(fetch.callCount).to.equal(0);
    element.setAttribute('backend-url', echo({ text: 'from another backend' }));
    await element.updateComplete;
    expect(element.renderRoot.textContent).not.to.contain('Hello');
    await ended(element);
    expect(visibleText(element)).to.equal('New words from another backend');
  });
});
