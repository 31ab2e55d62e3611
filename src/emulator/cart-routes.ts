// The cart: the page, the form that fills it, and the part of the Storefront API that takes an item out.
import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { formatPrice, productContext } from './page-context.js';
import type { ShowPage } from './show-page.js';
import type { Store } from './store.js';

const CART_COOKIE = 'SHOP_CART_ID';

export function createCartRoutes(store: Store, showPage: ShowPage): Hono {
  const routes = new Hono();
  /** Quantities by product, by cart. */
  const carts = new Map<string, Map<number, number>>();
  const cartOf = (context: Context) => carts.get(getCookie(context, CART_COOKIE) ?? '');

  routes.get('/cart.php', (context) => {
    const { origin } = new URL(context.req.url);
    const items = [...(cartOf(context) ?? [])].flatMap(([id, quantity]) => {
      const product = store.product(id);
      if (!product) return [];
      const { name, url, image, price } = productContext(product, origin);
      const total = formatPrice(product.price * quantity);
      return { id: String(id), product_id: id, name, url, image, quantity, price: price.without_tax, total };
    });
    const total = formatPrice(items.reduce((sum, item) => sum + item.total.value, 0));
    const quantity = items.reduce((sum, item) => sum + item.quantity, 0);
    return showPage(context, {
      template: 'pages/cart',
      title: 'Your cart',
      context: {
        cart_id: getCookie(context, CART_COOKIE) ?? null,
        cart: { items, quantity, sub_total: total, grand_total: total, show_primary_checkout_button: true },
      },
    });
  });

  routes.post('/cart.php', async (context) => {
    const form = await context.req.parseBody();
    const product = store.product(Number(form.product_id));
    const quantity = Number(form['qty[]'] ?? 1);
    if (form.action === 'add' && product && Number.isInteger(quantity) && quantity > 0) {
      const id = cartOf(context) ? (getCookie(context, CART_COOKIE) ?? '') : randomUUID();
      const cart = carts.get(id) ?? new Map<number, number>();
      cart.set(product.id, (cart.get(product.id) ?? 0) + quantity);
      carts.set(id, cart);
      setCookie(context, CART_COOKIE, id, { path: '/', httpOnly: true, sameSite: 'Lax' });
    }
    return context.redirect('/cart.php');
  });

  routes.get('/checkout', (context) =>
    showPage(context, {
      template: 'pages/checkout',
      title: 'Check out',
      context: { checkout: { checkout_content: '<p>The emulated store has no checkout.</p>' } },
    }),
  );

  routes.delete('/api/storefront/carts/:cart/items/:item', (context) => {
    const { cart, item } = context.req.param();
    // Only the shopper's own: a cart's id in the address is not yet the right to change it.
    const found = cart === getCookie(context, CART_COOKIE) && carts.get(cart)?.delete(Number(item));
    return found ? context.body(null, 204) : context.json({ status: 404, title: 'Not Found' }, 404);
  });

  return routes;
}
