import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import type { BcCustomerWidget } from '../../src/index.js';
import { echo, requestsTo, spyOnFetch, type FetchSpy } from '../support/page.js';
import { nextEvent, part, parts, settled, visibleText, widget } from './support.js';

let errors: sinon.SinonStub<unknown[], void>;
beforeEach(() => {
  errors = sinon.stub(console, 'error');
});
afterEach(() => {
  sinon.restore();
});

/** A card with one POST action. The backend that answers it is the one that the card comes from. */
async function offering(name: string, more: Record<string, unknown> = {}): Promise<BcCustomerWidget> {
  const action = { label: 'Go', method: 'POST', href: `/customer/actions/${name}`, ...more };
  return settled({ 'backend-url': echo({ text: 'Before', actions: [action] }) });
}

const button = (element: BcCustomerWidget) => part(element, 'action') as HTMLButtonElement;
const notice = (element: BcCustomerWidget) => part(element, 'notice')?.textContent ?? '';

async function press(element: BcCustomerWidget) {
  const ended = nextEvent(element, 'bc-customer-action');
  button(element).click();
  return (await ended).detail;
}

function keysOf(fetch: FetchSpy): (string | null)[] {
  return fetch
    .getCalls()
    .filter(({ args: [address] }) => (address as string).includes('/actions/'))
    .map(({ args: [, init] }) => new Headers(init?.headers).get('idempotency-key'));
}

async function dialogOf(element: BcCustomerWidget): Promise<HTMLDialogElement> {
  for (let tries = 0; tries < 100; tries += 1) {
    const dialog = element.shadowRoot?.querySelector('dialog');
    if (dialog?.open) return dialog;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('There is no dialog.');
}

describe('an action', () => {
  it('is sent once with a fresh token and a key; its answer takes the place of the data', async () => {
    const element = await offering('greet');
    const fetch = spyOnFetch();
    const { data, error } = await press(element);
    expect(visibleText(element)).to.contain('Greeted 1');
    expect(data).to.include({ text: 'Greeted 1' });
    expect(error).to.equal(undefined);
    expect(requestsTo(fetch, '/token/')).to.equal(1);
    expect(keysOf(fetch)).to.have.lengthOf(1);
    expect(keysOf(fetch)[0]).to.match(/^[\da-f-]{36}$/);
    expect(notice(element)).to.equal('Done.');
  });

  it('cannot be pressed while it runs', async () => {
    const element = await offering('slow');
    const fetch = spyOnFetch();
    const ended = nextEvent(element, 'bc-customer-action');
    button(element).click();
    button(element).click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(button(element).disabled).to.be.true;
    button(element).click();
    await ended;
    expect(requestsTo(fetch, '/actions/')).to.equal(1);
  });

  it('that is refused says why in the backend’s words, and leaves the data', async () => {
    const element = await offering('refuse');
    const { error } = await press(element);
    expect(notice(element)).to.equal('You have too few points.');
    expect(visibleText(element)).to.contain('Before');
    expect(error?.code).to.equal('backend-error');
    expect(button(element).disabled).to.be.false;
    expect(JSON.stringify(errors.args)).not.to.contain('too few');
    await expect(element).to.be.accessible();
  });

  it('that fails is not repeated; pressing again has the same key, so that it happens once', async () => {
    const element = await offering('fail');
    const fetch = spyOnFetch();
    await press(element);
    expect(requestsTo(fetch, '/actions/')).to.equal(1);
    expect(notice(element)).to.equal('This did not work. Please try again in a moment.');
    await press(element);
    const [first, second] = keysOf(fetch);
    expect(first).to.equal(second);
  });

  it('that had its answer gets a new key when it is wanted again', async () => {
    const element = await offering('refuse');
    const fetch = spyOnFetch();
    await press(element);
    await press(element);
    const [first, second] = keysOf(fetch);
    expect(first).not.to.equal(second);
  });

  for (const href of ['https://evil.example/collect', '//evil.example/', 'javascript:alert(1)']) {
    it(`to another origin is misconfigured and sends nothing (${href})`, async () => {
      const element = await offering('', { href });
      const fetch = spyOnFetch();
      const { error } = await press(element);
      expect(error?.code).to.equal('misconfigured');
      expect(fetch.callCount).to.equal(0);
      expect(visibleText(element)).to.contain('Before');
    });
  }

  it('loads again after an answer without content', async () => {
    const element = await offering('nothing');
    const fetch = spyOnFetch();
    const { data } = await press(element);
    expect(data).to.equal(null);
    await nextEvent(element, 'bc-customer-load');
    expect(requestsTo(fetch, '/echo')).to.equal(1);
  });

  it('keeps the keyboard in the widget', async () => {
    const element = await offering('greet');
    button(element).focus();
    await press(element);
    expect(parts(element, 'action')).to.have.lengthOf(0);
    expect(element.shadowRoot?.activeElement?.getAttribute('part')).to.equal('card');
    const refused = await offering('refuse');
    button(refused).focus();
    await press(refused);
    expect(refused.shadowRoot?.activeElement?.getAttribute('part')).to.equal('action');
  });

  it('says nothing about it once the data has gone', async () => {
    const element = await offering('refuse');
    await press(element);
    element.clear();
    await element.updateComplete;
    expect(notice(element)).to.equal('');
  });

  it('carries no token in its event', async () => {
    const element = await offering('greet');
    expect(JSON.stringify(await press(element))).not.to.contain('eyJ');
  });
});

describe('the question before an action', () => {
  it('is asked in a dialog; yes sends', async () => {
    const element = await offering('greet', { confirm: 'Really <b>go</b>?' });
    const fetch = spyOnFetch();
    const ended = nextEvent(element, 'bc-customer-action');
    button(element).click();
    const dialog = await dialogOf(element);
    expect(dialog.textContent).to.contain('Really <b>go</b>?');
    expect(fetch.callCount).to.equal(0);
    await expect(element).to.be.accessible();
    dialog.querySelectorAll('button')[1]?.click();
    await ended;
    expect(visibleText(element)).to.contain('Greeted 1');
  });

  it('sends nothing after no or Escape, and gives the focus back', async () => {
    for (const answer of ['no', 'escape']) {
      const element = await offering('greet', { confirm: 'Really?' });
      const fetch = spyOnFetch();
      button(element).focus();
      button(element).click();
      const dialog = await dialogOf(element);
      if (answer === 'no') dialog.querySelector('button')?.click();
      else dialog.close();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(fetch.callCount, answer).to.equal(0);
      expect(element.shadowRoot?.activeElement?.getAttribute('part')).to.equal('action');
      expect(element.shadowRoot?.querySelector('dialog')).not.to.exist;
      fetch.restore();
    }
  });
});

describe('an action of a template', () => {
  async function templated(template: string): Promise<BcCustomerWidget> {
    const element = await widget({ loading: 'manual' });
    element.innerHTML = `<template>${template}</template>`;
    element.loading = 'eager';
    await nextEvent(element, 'bc-customer-load');
    return element;
  }

  it('is sent by a button', async () => {
    const element = await templated(
      '<b data-bc-text="text"></b><button data-bc-action="/customer/actions/greet">Go</button>',
    );
    const ended = nextEvent(element, 'bc-customer-action');
    element.querySelector('button')?.click();
    await ended;
    expect(element.querySelector('b')?.textContent).to.equal('Greeted 1');
  });

  it('is sent by a form, with its fields', async () => {
    const element = await templated(
      '<b data-bc-text="text"></b><form data-bc-action="/customer/actions/greet"><input name="gift" value="mug"><button>Go</button></form>',
    );
    const ended = nextEvent(element, 'bc-customer-action');
    element.querySelector('button')?.click();
    expect((await ended).detail.data).to.include({ gift: 'mug' });
  });
});
