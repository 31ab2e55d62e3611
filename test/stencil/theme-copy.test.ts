// The widget beside the theme's real copy of stencil-utils, loaded as a theme without a bundler loads it.
import { expect, fixture, html } from '@open-wc/testing';
import sinon from 'sinon';
import { onCartChange, showProducts } from '../../src/stencil/index.js';

interface CartApi {
  itemAdd: (form: FormData, callback: (error: unknown) => void) => void;
  itemUpdate: (item: string, quantity: number, callback: (error: unknown) => void) => void;
  itemRemove: (item: string, callback: (error: unknown) => void) => void;
}

describe("the theme's own copy of stencil-utils", () => {
  let cart: CartApi;
  let loaded: StencilUtils;

  before(async () => {
    await new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = '/node_modules/@bigcommerce/stencil-utils/dist/stencil-utils.min.js';
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    loaded = window.stencilUtils!;
    cart = (loaded.api as unknown as { cart: CartApi }).cart;
  });
  beforeEach(() => {
    // `var stencilUtils` cannot be deleted; other files' tests run in pages of their own.
    window.stencilUtils = loaded;
  });
  afterEach(() => {
    sinon.restore();
  });

  it('tells of an item that is added, changed and removed, and not of anything else', async () => {
    const answer = { data: { cart_item: { id: 'a' } }, content: '' };
    sinon.stub(window, 'fetch').callsFake(() => Promise.resolve(Response.json(answer)));
    const heard = sinon.fake();
    const controller = new AbortController();
    await onCartChange(heard, controller.signal);
    const settled = (call: (done: () => void) => void) => new Promise<void>(call);

    const form = new FormData();
    form.set('product_id', '104');
    form.set('qty[]', '1');
    await settled((done) => {
      cart.itemAdd(form, done);
    });
    expect(heard.callCount).to.equal(1);
    await settled((done) => {
      cart.itemUpdate('a', 2, done);
    });
    expect(heard.callCount).to.equal(2);
    await settled((done) => {
      cart.itemRemove('a', done);
    });
    expect(heard.callCount).to.equal(3);

    controller.abort();
    await settled((done) => {
      cart.itemRemove('a', done);
    });
    expect(heard.callCount).to.equal(3);
  });

  it('tells of nothing when the request failed', async () => {
    sinon.stub(window, 'fetch').rejects(new TypeError('Failed to fetch'));
    const heard = sinon.fake();
    await onCartChange(heard, new AbortController().signal);
    const error = await new Promise((resolve) => {
      cart.itemRemove('a', resolve);
    });
    expect(error).to.be.instanceOf(TypeError);
    expect(heard.callCount).to.equal(0);
  });

  it("keeps an error of the widget's out of the theme's own code", async () => {
    sinon.stub(window, 'fetch').callsFake(() => Promise.resolve(Response.json({ data: {}, content: '' })));
    const seen = sinon.fake.returns(true);
    const { onerror } = window;
    window.onerror = seen;
    const controller = new AbortController();
    await onCartChange(() => {
      throw new Error('of the widget');
    }, controller.signal);
    const answered = sinon.fake();
    cart.itemUpdate('a', 2, answered);
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    window.onerror = onerror;
    expect(answered.args.map(([error]) => error as unknown)).to.deep.equal([null]);
    expect(seen.calledOnce).to.equal(true);
  });

  it('renders the product cards', async () => {
    const fetch = sinon.stub(window, 'fetch').callsFake((input) => {
      const id = /productId=(\d+)/.exec(input as string)![1];
      const card = `<div data-bc-product="${id}"><article class="card">${id}</article></div>`;
      return Promise.resolve(new Response(card, { headers: { 'content-type': 'text/html' } }));
    });
    const container = await fixture<HTMLElement>(html`<div></div>`);
    const shown = await showProducts(container, [102, 101], { signal: new AbortController().signal });
    expect(shown).to.deep.equal([102, 101]);
    expect(container.textContent.replace(/\s/g, '')).to.equal('102101');
    const headers = new Headers(fetch.firstCall.args[1]!.headers);
    expect(headers.get('x-requested-with')).to.equal('stencil-utils');
  });
});
