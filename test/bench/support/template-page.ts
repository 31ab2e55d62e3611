/** Runs in the browser: renders the same list both ways, in turns. */
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
function itemsOf(count: number): Item[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    name: `Product ${id}`,
    link: `/products.php?productId=${id}`,
    image: 'data:,',
    price: id + 0.5,
  }));
}

const template = document.createElement('template');
template.innerHTML = `<ul><li class="row" data-bc-each="items" data-bc-key="id"><a data-bc-href="link"><b data-bc-text="name"></b></a>
  <small data-bc-text="price" data-bc-format="currency"></small></li></ul>`;

function renderTemplate(place: HTMLElement, items: Item[]): void {
  const element = Object.assign(place, region);
  createTemplateView({ element, html, act: () => undefined }, template).show({ items });
}

function renderByHand(place: HTMLElement, items: Item[]): void {
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

export interface Compared {
  /** How many rows the template shows of so many: a list has a limit. */
  shown: number;
  /** Milliseconds of each round. The first rounds, in which the code is compiled, are not among them. */
  template: number[];
  /** The same for as many rows as the template shows. */
  litHtml: number[];
}

export async function compare(count: number, rounds: number): Promise<Compared> {
  const items = itemsOf(count);
  const trial = document.createElement('div');
  renderTemplate(trial, items);
  const shown = trial.querySelectorAll('li').length;
  const times: Record<'template' | 'litHtml', number[]> = { template: [], litHtml: [] };
  const warmUp = Math.min(rounds, 20);
  // A browser's clock goes by tenths of a millisecond: short lists are rendered many times in a round.
  const repeats = Math.ceil(200 / count);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [name, renderInto, list] of [
      ['template', renderTemplate, items],
      ['litHtml', renderByHand, items.slice(0, shown)],
    ] as const) {
      const places = Array.from({ length: repeats }, () => document.createElement('div'));
      document.body.append(...places);
      const start = performance.now();
      for (const place of places) renderInto(place, list);
      if (round >= 0) times[name].push((performance.now() - start) / repeats);
      for (const place of places) place.remove();
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { shown, ...times };
}

Object.assign(globalThis, { compare });
