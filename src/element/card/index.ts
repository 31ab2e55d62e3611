// The built-in view: any JSON object as a card.
import { adopt } from '../adopt.js';
import { warmUp } from '../format.js';
import type { View, ViewContext } from '../parts.js';
import { asCard } from './as-card.js';
import { renderCard } from './render-card.js';
import { styles } from './styles.js';

export function createCardView(context: ViewContext): View {
  const { element } = context;
  adopt(element, styles);
  warmUp();
  let products: Promise<View> | undefined;

  return {
    show(data) {
      const card = asCard(data);
      if (card.actions.some(({ method }) => method === 'POST')) void import('../actions/index.js');
      if (card.hasProducts) {
        products ??= import('../template/index.js').then((part) => part.createProductsView(context));
        void products.then((view) => view.show(data));
      } else
        void products?.then((view) => {
          view.clear();
        });
      return { heading: card.heading, content: renderCard(card, context) };
    },
    clear() {
      void products?.then((view) => {
        view.clear();
      });
      products = undefined;
    },
  };
}
