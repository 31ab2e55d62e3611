// Data for any page at once, so that a theme's templates can be rendered without visiting them one by one.
import { orderContext, pageContext, productContext, formatPrice } from './page-context.js';
import { sampleStore } from './sample-store.js';
import { createStore } from './store.js';

const ORIGIN = 'https://store.example';

/** What the sample store would give to its pages, for a guest or for its first customer. */
export function sampleContext(who: 'guest' | 'customer') {
  const store = createStore();
  const customer = who === 'customer' ? sampleStore.customers[0] : undefined;
  const cards = store.products.map((product) => productContext(product, ORIGIN));
  const [product] = cards;
  const [category] = store.categories;
  const orders = customer ? store.orders(customer) : [];
  const total = formatPrice(18);
  return {
    ...pageContext({ store, origin: ORIGIN, title: 'Sample page', customer }),
    products: { featured: cards, new: cards, top_sellers: cards },
    product,
    category: { id: category?.id, name: category?.name, products: cards },
    product_results: { products: cards },
    forms: { login: {}, create_account: {}, search: { query: 'mug' } },
    cart: {
      items: [{ ...product, quantity: 1, total }],
      quantity: 1,
      sub_total: total,
      grand_total: total,
    },
    brand: { name: 'Sample brand', products: cards },
    page: { title: 'Sample page', content: '<p>Sample</p>' },
    checkout: { checkout_content: '', order_confirmation_content: '' },
    order: orders[0] && orderContext(orders[0], store, ORIGIN),
  };
}
