// Ids in the data become the theme's own product cards, by the theme's own copy of stencil-utils.
import { expect, fixture, html } from '@open-wc/testing';
import sinon from 'sinon';
import type { BcCustomerWidget } from '../../src/index.js';
import { echo, working } from '../support/page.js';
import { ended } from './support.js';

type Answer = (error: unknown, card: string) => void;

let asked: { id: number; signal: AbortSignal | undefined; answer: Answer }[];
let isHeld: boolean;
let warnings: sinon.SinonStub;
beforeEach(() => {
  asked = [];
  isHeld = false;
  warnings = sinon.stub(console, 'warn');
  const getById = (id: number, { abortSignal }: { abortSignal?: AbortSignal }, callback: Answer) => {
    const answer: Answer = (error, card) => setTimeout(callback, 10 - (id % 10), error, card);
    asked.push({ id, signal: abortSignal, answer });
    abortSignal?.addEventListener('abort', () => {
      answer(abortSignal.reason, '');
    });
    if (!isHeld) answer(null, `<div data-bc-product="${id}"><b>Product ${id}</b></div>`);
  };
  window.stencilUtils = { api: { product: { getById } } } as unknown as StencilUtils;
});
afterEach(() => {
  sinon.restore();
  delete window.stencilUtils;
});

async function show(data: unknown, template = ''): Promise<BcCustomerWidget> {
  const place = await fixture<HTMLElement>(html`<div></div>`);
  const element = document.createElement('bc-customer-widget');
  element.innerHTML = template;
  Object.assign(element, working, { backendUrl: echo(data) });
  place.append(element);
  await ended(element);
  return element;
}

const ids = () => asked.map(({ id }) => id);
const cards = (element: BcCustomerWidget) =>
  [...element.querySelectorAll('b')].map((card) => card.textContent);

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const GRID = '<template><div class="grid" data-bc-products="bought.ids"></div></template>';
/** Keeps its element, and what it shows, while the data changes. */
const inTemplate = (productIds: unknown) => show({ bought: { ids: productIds } }, GRID);

for (const [where, open, grid] of [
  ['data-bc-products in a template', inTemplate, '.grid'],
  ['productIds of a card', (productIds: unknown) => show({ productIds }), '.productGrid'],
] as const) {
  describe(where, () => {
    it('becomes the theme’s cards, in order, whichever comes first', async () => {
      const element = await open([101, 109, 103]);
      await until(() => cards(element).length === 3);
      expect(cards(element)).to.deep.equal(['Product 101', 'Product 109', 'Product 103']);
      expect(element.querySelectorAll(`${grid} > [data-bc-product]`)).to.have.lengthOf(3);
      expect(warnings.args).to.deep.equal([]);
    });

    it('asks for nothing that is not an id', async () => {
      const element = await open(['101', null, {}, -1, 1.5, 0, 104, true]);
      await until(() => cards(element).length === 1);
      expect(ids()).to.deep.equal([104]);
      expect(cards(element)).to.deep.equal(['Product 104']);
    });

    it('stops its requests when the widget is removed', async () => {
      isHeld = true;
      const errors = sinon.stub(console, 'error');
      const element = await open([101, 102, 103, 104, 105, 106]);
      await until(() => asked.length === 4);
      expect(asked.some(({ signal }) => signal?.aborted)).to.equal(false);
      element.remove();
      await until(() => asked.every(({ signal }) => signal?.aborted));
      await new Promise((resolve) => setTimeout(resolve, 40));
      expect(ids()).to.deep.equal([101, 102, 103, 104]);
      expect(element.querySelector(grid)).to.equal(null);
      expect(errors.args).to.deep.equal([]);
    });

    it('goes with the data of the customer, and comes with the next one’s', async () => {
      const element = await open([101]);
      await until(() => cards(element).length === 1);
      element.clear();
      await until(() => !element.querySelector(grid));
      await element.refresh();
      await until(() => cards(element).length === 1);
      expect(ids()).to.deep.equal([101, 101]);
      expect(element.querySelectorAll(grid)).to.have.lengthOf(1);
    });

    it('loses the place of a product that the store does not show', async () => {
      isHeld = true;
      const element = await open([101, 102]);
      await until(() => asked.length === 2);
      asked[0]!.answer(null, '<html>Not found');
      asked[1]!.answer(null, '<div data-bc-product="102"><b>Product 102</b></div>');
      await until(() => cards(element).length === 1 && !element.querySelector('[aria-busy]'));
      expect(element.querySelectorAll('[data-bc-product]')).to.have.lengthOf(1);
      await until(() => warnings.called);
      expect(String(warnings.args)).to.contain('no product card for 101');
    });
  });
}

describe('data-bc-products', () => {
  it('says in one sentence that there is no list, and asks for nothing', async () => {
    for (const wrong of ['101', { 0: 101 }, 101]) {
      warnings.resetHistory();
      await inTemplate(wrong);
      expect(String(warnings.args)).to.contain('the data has no list "bought.ids"');
      expect(warnings.callCount).to.equal(1);
    }
    expect(ids()).to.deep.equal([]);
  });

  it('shows nothing for null, and complains about nothing', async () => {
    await inTemplate(null);
    expect(warnings.args).to.deep.equal([]);
    expect(ids()).to.deep.equal([]);
  });

  it('asks again only when the ids are others', async () => {
    const element = await inTemplate([101, 102]);
    await until(() => cards(element).length === 2);
    await element.refresh();
    expect(ids()).to.deep.equal([101, 102]);
  });
});

describe('productIds of a card', () => {
  it('leave with data that names none, and the card stays', async () => {
    const element = await show({ productIds: [101], text: 'Bought' });
    await until(() => cards(element).length === 1);
    const fetch = window.fetch.bind(window);
    const other = echo({ text: 'Nothing bought', productIds: [] });
    sinon
      .stub(window, 'fetch')
      .callsFake((address, init) => fetch((address as string).includes('/echo') ? other : address, init));
    await element.refresh();
    await until(() => !element.querySelector('.productGrid'));
    expect(element.shadowRoot?.textContent).to.contain('Nothing bought');
  });
});
