// The page's own <template>, with the data in it. It is rendered into light DOM, so that the theme's styles and
// scripts reach it.
import { showProducts } from '../../stencil/index.js';
import { formatValue, regionOf, warmUp } from '../format.js';
import type { View, ViewContext } from '../parts.js';
import type { Context } from './bindings.js';
import { compile, instantiate, type Instance } from './blueprint.js';

/** All lists together. */
const MOST_ROWS = 5000;

export function createTemplateView({ element, act }: ViewContext, template: HTMLTemplateElement): View {
  const said = new Set<string>();
  let ended = new AbortController();
  let place: HTMLElement | undefined;
  let instance: Instance | undefined;
  const context: Context = {
    act,
    formatValue: (value, format) => formatValue(value, format, regionOf(element)),
    room: { rows: 0 },
    warn(sentence) {
      if (!said.has(sentence)) console.warn(`<bc-customer-widget> template: ${sentence}`);
      said.add(sentence);
    },
    showProducts(container, ids) {
      const { signal } = ended;
      showProducts(container, ids, { signal }).catch((error: unknown) => {
        if (!signal.aborted) console.error('<bc-customer-widget> product cards:', error);
      });
    },
  };
  const blueprint = compile(template.content.cloneNode(true) as DocumentFragment, context.warn);
  if (!template.content.firstChild) {
    context.warn('it is empty. React fills one by dangerouslySetInnerHTML, Vue by v-html.');
  }
  if (template.content.querySelector('[data-bc-format]')) warmUp();
  if (template.content.querySelector('[data-bc-action]')) void import('../actions/index.js');

  return {
    show(data) {
      const isFirst = !instance;
      instance ??= instantiate(blueprint, context);
      context.room.rows = MOST_ROWS;
      instance.update({ value: data });
      if (isFirst) {
        place = document.createElement('div');
        place.slot = 'content';
        place.append(instance.fragment);
        element.append(place);
      }
      return {};
    },
    clear() {
      ended.abort();
      ended = new AbortController();
      place?.remove();
      instance = undefined;
    },
  };
}

/** The products of a card, in the theme's own grid. */
export function createProductsView(context: ViewContext): View {
  const template = document.createElement('template');
  const grid = document.createElement('div');
  grid.className = 'productGrid';
  grid.setAttribute('data-bc-products', 'productIds');
  template.content.append(grid);
  return createTemplateView(context, template);
}
