// The signed-in shopper's pages: their orders, one order, and the token that says who they are.
import { Hono } from 'hono';
import type { TokenIssuer } from './current-customer.js';
import { orderContext } from './page-context.js';
import { customerOf } from './session.js';
import type { ShowPage } from './show-page.js';
import type { Store } from './store.js';

export function createAccountRoutes(store: Store, issueToken: TokenIssuer, showPage: ShowPage): Hono {
  const routes = new Hono();

  routes.get('/account.php', (context, next) => {
    const customer = customerOf(context, store);
    if (!customer) return context.redirect('/login.php');
    if (context.req.query('action') !== 'view_order') {
      return showPage(context, { template: 'pages/account/orders/all', title: 'Your account' });
    }
    const order = store.orders(customer).find(({ id }) => String(id) === context.req.query('order_id'));
    if (!order) return next();
    return showPage(context, {
      template: 'pages/account/orders/details',
      title: `Order ${order.id}`,
      context: { order: orderContext(order, store, new URL(context.req.url).origin) },
    });
  });

  routes.get('/customer/current.jwt', async (context) => {
    context.header('Cache-Control', 'no-store');
    const customer = customerOf(context, store);
    const token = customer && (await issueToken(customer, context.req.query('app_client_id') ?? ''));
    // A guest and an unknown app look the same to the caller, as on a real store.
    if (!token) return context.json({ errors: [{ status: 404, title: 'Not Found' }] }, 404);
    const wantsJson = context.req.header('accept')?.includes('application/json');
    return wantsJson ? context.json({ token }) : context.text(token);
  });

  return routes;
}
