// /v2/orders: version 2 answers an empty list with 204 and writes dates as e-mails do.
import { Hono } from 'hono';
import { soldProduct, type EmulatedOrder } from './sample-orders.js';

export function createOrderRoutes(orders: readonly EmulatedOrder[]): Hono {
  const app = new Hono();

  app.get('/', (context) => {
    const { customer_id: customerId, sort = 'id:asc', limit = '50', page = '1' } = context.req.query();
    const [field = '', direction = 'asc'] = sort.split(':');
    const key = sortKeys[field];
    if (!key || !isCount(limit, 250) || !isCount(page)) {
      return context.json([{ status: 400, message: 'A parameter has an invalid value.' }], 400);
    }
    const order = direction === 'desc' ? -1 : 1;
    const found = orders
      .filter((one) => customerId === undefined || one.customerId === Number(customerId))
      .sort((one, other) => order * (key(one) - key(other)));
    const start = (Number(page) - 1) * Number(limit);
    const shown = found.slice(start, start + Number(limit));
    return shown.length === 0 ? context.body(null, 204) : context.json(shown.map(toOrder));
  });

  app.get('/:id/products', (context) => {
    const order = orders.find(({ id }) => id === Number(context.req.param('id')));
    if (!order) return context.json([{ status: 404, message: 'The requested resource was not found.' }], 404);
    return context.json(order.productIds.map((productId, index) => toOrderProduct(order, productId, index)));
  });

  return app;
}

const sortKeys: Record<string, ((order: EmulatedOrder) => number) | undefined> = {
  id: ({ id }) => id,
  date_created: ({ createdAt }) => Date.parse(createdAt),
};

function isCount(value: string, maximum = Infinity): boolean {
  return /^[1-9]\d*$/.test(value) && Number(value) <= maximum;
}

function toOrder({ id, customerId, createdAt, statusId, productIds }: EmulatedOrder) {
  return {
    id,
    customer_id: customerId,
    date_created: new Date(createdAt).toUTCString().replace('GMT', '+0000'),
    status_id: statusId,
    items_total: productIds.length,
    currency_code: 'USD',
  };
}

function toOrderProduct(order: EmulatedOrder, productId: number, index: number) {
  const { name, price } = soldProduct(productId);
  return {
    id: order.id * 10 + index,
    order_id: order.id,
    product_id: productId,
    name,
    sku: `SKU-${productId}`,
    type: 'physical',
    quantity: 1,
    price_ex_tax: price.toFixed(4),
    price_inc_tax: price.toFixed(4),
  };
}
