/** Runs in the browser: renders the same list both ways, in turns, and takes the median. */
import { html, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatValue } from '../../../src/element/format.js';
import { createTemplateView } from '../../../src/element/template/index.js';

interface Item {
  id: number;
  name: string;
  link: string;
  image: string;
  price: number;
}

const region = { locale: 'en', currency: 'USD' };
const items: Item[] = Array.from({ length: 200 }, (_, id) => ({
  id,
  name: `Product ${id}`,
  link: `/products.php?productId=${id}`,
  image: 'data:,',
  price: id + 0.5,
}));

const template = document.createElement('template');
template.innerHTML = `<ul><li class="row" data-bc-each="items" data-bc-key="id"><a data-bc-href="link"><b data-bc-text="name"></b></a>
  <small data-bc-text="price" data-bc-format="currency"></small></li></ul>`;

function renderOurs(place: HTMLElement): void {
  createTemplateView({ element: place, html, region: () => region, act: () => undefined }, template).show({
    items,
  });
}

function renderByHand(place: HTMLElement): void {
  render(
    html`<ul>
      ${repeat(
        items,
        ({ id }) => id,
        ({ name, link, price }) =>
          html`<li class="row">
            <a href=${link}><b>${name}</b></a>
            <small>${formatValue(price, 'currency', region)}</small>
          </li>`,
      )}
    </ul>`,
    place,
  );
}

async function compare(): Promise<{ ours: number; litHtml: number }> {
  const times = { ours: [] as number[], litHtml: [] as number[] };
  for (let round = 0; round < 200; round += 1) {
    for (const [name, renderInto] of [
      ['ours', renderOurs],
      ['litHtml', renderByHand],
    ] as const) {
      const place = document.createElement('div');
      document.body.append(place);
      const start = performance.now();
      renderInto(place);
      times[name].push(performance.now() - start);
      place.remove();
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { ours: median(times.ours), litHtml: median(times.litHtml) };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

Object.assign(globalThis, { compare });
