// The part of the store's management API that a loyalty backend needs, with its limits and its errors.
import { Hono } from 'hono';
import { createAttributeRoutes } from './attributes.js';
import { createOrderRoutes } from './orders.js';
import { createRateLimit, type RateLimitOptions } from './rate-limit.js';
import { sampleOrders, type EmulatedOrder } from './sample-orders.js';

export type { EmulatedOrder } from './sample-orders.js';

export interface ManagementOptions extends RateLimitOptions {
  storeHash: string;
  /** What `X-Auth-Token` must be. */
  accessToken: string;
  /** Default: what the sample customers have bought. */
  orders?: readonly EmulatedOrder[];
  /** The routes of `/v3/content`. Default: none. */
  content?: Hono;
}

/**
 * Creates the routes, to be mounted at `/stores`:
 * `/{store_hash}/v2/orders`, `/v2/orders/{id}/products`, `/v3/customers/attributes`, `/v3/customers/attribute-values`,
 * `/v3/content/…`.
 *
 * @example
 * app.route('/stores', createManagementRoutes({ storeHash: 'abc123', accessToken: 'secret' }));
 */
export function createManagementRoutes(options: ManagementOptions): Hono {
  const { storeHash, accessToken, orders = sampleOrders } = options;
  const store = new Hono();
  store.use(async (context, next) => {
    if (context.req.header('X-Auth-Token') !== accessToken) return context.json(unauthorized, 401);
    return next();
  });
  store.use(createRateLimit(options));
  store.route('/v2/orders', createOrderRoutes(orders));
  store.route('/v3/customers', createAttributeRoutes());
  if (options.content) store.route('/v3/content', options.content);
  store.notFound((context) => context.json({ status: 404, title: 'The resource was not found.' }, 404));
  const stores = new Hono();
  stores.route(`/${storeHash}`, store);
  return stores;
}

const unauthorized = {
  status: 401,
  title: 'X-Auth-Token header is required',
  type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes',
  errors: {},
};
