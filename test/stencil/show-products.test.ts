import { expect, fixture, html } from '@open-wc/testing';
import sinon from 'sinon';
import { showProducts } from '../../src/stencil/index.js';

type Answer = (id: number, signal: AbortSignal | null | undefined) => Response | Promise<Response>;

const card = (id: number) =>
  `<div data-bc-product="${id}">\n<article class="card"><h4>Product ${id}</h4></article>\n</div>`;
const page = (body: string, status = 200) =>
  new Response(body, { status, headers: { 'content-type': 'text/html' } });

describe('showProducts', () => {
  let container: HTMLElement;
  let requests: { id: number; url: URL; headers: Headers }[];
  let running: number;
  let mostRunning: number;
  let warn: sinon.SinonStub;

  beforeEach(async () => {
    container = await fixture(html`<div></div>`);
    requests = [];
    running = 0;
    mostRunning = 0;
    warn = sinon.stub(console, 'warn');
  });
  afterEach(() => {
    sinon.restore();
    delete window.stencilUtils;
  });

  /** Answers product requests as the store would; everything else is real. */
  function answerWith(answer: Answer = (id) => page(card(id))): void {
    sinon.stub(window, 'fetch').callsFake(async (input, init) => {
      const url = new URL(input as string, location.href);
      const id = Number(url.searchParams.get('productId'));
      requests.push({ id, url, headers: new Headers(init?.headers) });
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      try {
        // Later ones answer sooner, as it happens on a real store.
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, 30 - (id % 100))));
        init?.signal?.throwIfAborted();
        return await answer(id, init?.signal);
      } finally {
        running -= 1;
      }
    });
  }
  const show = (ids: number[], options: { template?: string; signal?: AbortSignal } = {}) =>
    showProducts(container, ids, { signal: new AbortController().signal, ...options });
  const titles = () => [...container.querySelectorAll('h4')].map((title) => title.textContent);

  it('shows 12 cards in order, with at most 4 requests at once', async () => {
    answerWith();
    const ids = Array.from({ length: 12 }, (_, index) => 101 + index);
    expect(await show(ids)).to.deep.equal(ids);
    expect(titles()).to.deep.equal(ids.map((id) => `Product ${id}`));
    expect(requests).to.have.length(12);
    expect(mostRunning).to.equal(4);
    expect(container.querySelectorAll('[aria-busy]')).to.have.length(0);
  });

  it('has a place for each card before the first answer', async () => {
    answerWith();
    const shown = show([103, 101]);
    await new Promise((resolve) => setTimeout(resolve));
    const places = [...container.children] as HTMLElement[];
    expect(places.map((place) => place.dataset.bcProduct)).to.deep.equal(['103', '101']);
    expect(places.every((place) => place.getAttribute('aria-busy') === 'true')).to.equal(true);
    await shown;
    expect([...container.children]).to.deep.equal(places);
  });

  it("asks the store to render the theme's own card", async () => {
    answerWith();
    await show([101]);
    const [request] = requests;
    expect(request!.url.href).to.equal(`${location.origin}/products.php?productId=101`);
    expect(JSON.parse(request!.headers.get('stencil-options')!)).to.deep.equal({
      render_with: 'bc-customer-widget/product-card',
    });
    await show([101], { template: 'my/card' });
    expect(requests.at(-1)!.headers.get('stencil-options')).to.include('my/card');
  });

  for (const [what, answer] of Object.entries<Answer>({
    'an error page': (id) =>
      page(`<html><body><h4>Error</h4><script>globalThis.ran = ${id}</script></body></html>`, 500),
    'a card of another product': () => page(card(999)),
    'an empty body': () => page(''),
    JSON: () => Response.json({ data: null }),
    'nothing, and no content type': () => new Response(null, { status: 204 }),
    'a failing network': () => Promise.reject(new TypeError('Failed to fetch')),
  })) {
    it(`gives up the place of a product that is answered with ${what}, and keeps the others`, async () => {
      answerWith((id, signal) => (id === 102 ? answer(id, signal) : page(card(id))));
      expect(await show([101, 102, 103])).to.deep.equal([101, 103]);
      expect(titles()).to.deep.equal(['Product 101', 'Product 103']);
      expect(container.children).to.have.length(2);
      expect(container.querySelector('script')).to.equal(null);
      expect(warn.calledOnce).to.equal(true);
      expect(warn.firstCall.args[0]).to.include('102').and.not.include('101');
    });
  }

  it('takes only the card out of an answer', async () => {
    answerWith((id) => page(`<p>before</p>${card(id)}<p>after</p>`));
    await show([101]);
    expect(container.querySelectorAll('p')).to.have.length(0);
    expect(titles()).to.deep.equal(['Product 101']);
  });

  it('asks for nothing that is not a product id, and for each once', async () => {
    answerWith();
    const odd = [101, 0, -1, 1.5, NaN, 101, '102/../cart.php', null, {}, Infinity] as number[];
    expect(await show(odd)).to.deep.equal([101]);
    expect(requests.map(({ id }) => id)).to.deep.equal([101]);
  });

  it('asks nothing for an empty list, and clears what was there', async () => {
    answerWith();
    container.innerHTML = '<p>old</p>';
    expect(await show([])).to.deep.equal([]);
    expect(container.children).to.have.length(0);
    expect(requests).to.have.length(0);
  });

  it('stops asking when it is aborted, and rejects with the reason', async () => {
    answerWith();
    const controller = new AbortController();
    const shown = show([101, 102, 103, 104, 105, 106, 107, 108], { signal: controller.signal });
    setTimeout(() => {
      controller.abort(new DOMException('The element was removed.', 'AbortError'));
    });
    const reason = await shown.catch((error: unknown) => error);
    expect(reason).to.have.property('name', 'AbortError');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(requests).to.have.length(4);
    expect(titles()).to.deep.equal([]);
    expect(warn.called).to.equal(false);
  });

  it('asks nothing when it is aborted before it began', async () => {
    answerWith();
    const reason = await show([101], { signal: AbortSignal.abort() }).catch((error: unknown) => error);
    expect(reason).to.have.property('name', 'AbortError');
    expect(requests).to.have.length(0);
  });

  it('asks under the folder of a sub-folder storefront, and never another origin', async () => {
    answerWith();
    for (const [base, expected] of Object.entries({
      '/fr': `${location.origin}/fr/products.php`,
      [`${location.origin}/fr/`]: `${location.origin}/fr/products.php`,
      'https://elsewhere.example/fr': `${location.origin}/products.php`,
      '//elsewhere.example': `${location.origin}/products.php`,
      '': `${location.origin}/products.php`,
    })) {
      container.dataset.bcBaseUrl = base;
      await show([101]);
      const { url } = requests.at(-1)!;
      expect(url.origin + url.pathname, base).to.equal(expected);
    }
  });

  it("uses the theme's own copy of stencil-utils when there is one", async () => {
    const getById = sinon.fake(
      (id: number, _options: unknown, callback: (error: null, html: string) => void) => {
        callback(null, card(id));
      },
    );
    window.stencilUtils = { api: { product: { getById } } } as unknown as StencilUtils;
    const fetch = sinon.stub(window, 'fetch');
    expect(await show([101])).to.deep.equal([101]);
    expect(getById.calledOnce).to.equal(true);
    expect(fetch.called).to.equal(false);
  });
});
