/** The management API as far as a widget's backend needs it: what a customer bought, and what is noted about them. */
import {
  createRequester,
  ManagementApiError,
  type Requester,
  type RequesterOptions,
} from './management-request.js';

/** One product that a customer bought. */
export interface Purchase {
  orderId: number;
  /** ISO 8601. */
  orderedAt: string;
  productId: number;
  name: string;
  sku: string;
  quantity: number;
  /** Of one piece, with tax, as the API writes it: `"18.0000"`. */
  price: string;
  /** ISO 4217. */
  currency: string;
}

interface CallOptions {
  /** Gives up waiting and asking. */
  signal?: AbortSignal;
}

export interface PurchasesOptions extends CallOptions {
  /**
   * Most purchases to return, 1 to 50.
   * @default 10
   */
  limit?: number;
}

/** Each method rejects with a `ManagementApiError`, or with the signal's reason. */
export interface ManagementApi {
  /**
   * What the customer bought, newest first; not what was cancelled or never paid. Scope: `store_v2_orders_read_only`.
   * One request for the orders, and one for each order that is needed to fill the list.
   */
  recentPurchases(customerId: number, options?: PurchasesOptions): Promise<Purchase[]>;
  /** The customer's attribute values by name. Scope: `store_v2_customers_read_only`. */
  customerAttributes(customerId: number, options?: CallOptions): Promise<Record<string, string>>;
  /**
   * Writes a text attribute of the customer; creates the attribute when the store does not have it. Scope:
   * `store_v2_customers`. Throws a RangeError when the value has more than 255 characters.
   */
  setCustomerAttribute(customerId: number, name: string, value: string, options?: CallOptions): Promise<void>;
}

interface Order {
  id: number;
  date_created: string;
  status_id: number;
  currency_code: string;
}

interface OrderProduct {
  product_id: number;
  name: string;
  sku: string;
  quantity: number;
  price_inc_tax: string;
}

interface Attribute {
  id: number;
  name: string;
}

interface AttributeValue {
  attribute_id: number;
  attribute_value: string;
}

/** Incomplete, cancelled, declined. */
const notBought = [0, 5, 6];
const maximumValueLength = 255;
const ordersAtOnce = 3;

/**
 * Makes a client for one store. It sends a few requests at a time and waits out rate limits, within bounds.
 *
 * @throws TypeError when storeHash or accessToken is missing
 * @example
 * const api = createManagementApi({ storeHash: 'abc123', accessToken });
 * const purchases = await api.recentPurchases(customer.customerId, { limit: 5 });
 */
export function createManagementApi(options: RequesterOptions): ManagementApi {
  const request = createRequester(options);
  return {
    recentPurchases: async (customerId, { limit = 10, signal } = {}) => {
      assertCustomerId(customerId);
      if (!Number.isInteger(limit) || limit < 1 || limit > 50) throw new RangeError('limit must be 1 to 50.');
      return recentPurchases(request, customerId, limit, signal);
    },

    customerAttributes: async (customerId, { signal } = {}) => {
      assertCustomerId(customerId);
      const [attributes, values] = await Promise.all([
        listOf<Attribute>(request, { path: '/v3/customers/attributes', signal }),
        listOf<AttributeValue>(request, {
          path: '/v3/customers/attribute-values',
          query: { 'customer_id:in': customerId },
          signal,
        }),
      ]);
      const names = new Map(attributes.map(({ id, name }) => [id, name]));
      return Object.fromEntries(
        values.map(({ attribute_id: id, attribute_value: value }) => [names.get(id) ?? String(id), value]),
      );
    },

    setCustomerAttribute: async (customerId, name, value, { signal } = {}) => {
      assertCustomerId(customerId);
      if (value.length > maximumValueLength) {
        throw new RangeError(
          `A customer attribute holds ${maximumValueLength} characters, this value has ${value.length}. ` +
            'Keep it in a database and note its key here.',
        );
      }
      const id = await findOrCreateAttribute(request, name, signal);
      await request({
        method: 'PUT',
        path: '/v3/customers/attribute-values',
        body: [{ attribute_id: id, customer_id: customerId, value }],
        signal,
      });
    },
  };
}

/** Customer 0 is every guest: asking for it would hand out the orders of strangers. */
function assertCustomerId(customerId: number): void {
  if (Number.isSafeInteger(customerId) && customerId > 0) return;
  throw new TypeError('customerId must be a positive integer: take it from a verified token.');
}

async function recentPurchases(
  request: Requester,
  customerId: number,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Purchase[]> {
  const purchases: Purchase[] = [];
  // The API has no way to ask for the products of several orders; an order has one at least.
  for (let page = 1; purchases.length < limit; page += 1) {
    const orders = await arrayOf<Order>(request, {
      path: '/v2/orders',
      query: { customer_id: customerId, sort: 'date_created:desc', limit, page },
      signal,
    });
    const bought = orders.filter(({ status_id: status }) => !notBought.includes(status));
    // A few orders at a time, because the first ones may fill the list.
    for (let start = 0; start < bought.length && purchases.length < limit; start += ordersAtOnce) {
      const some = bought.slice(start, start + ordersAtOnce);
      const perOrder = await Promise.all(some.map((order) => purchasesOf(request, order, signal)));
      purchases.push(...perOrder.flat());
    }
    if (orders.length < limit) break;
  }
  return purchases.slice(0, limit);
}

async function purchasesOf(
  request: Requester,
  order: Order,
  signal: AbortSignal | undefined,
): Promise<Purchase[]> {
  const products = await arrayOf<OrderProduct>(request, { path: `/v2/orders/${order.id}/products`, signal });
  return products.map((product) => ({
    orderId: order.id,
    // Version 2 writes dates as e-mails do: "Mon, 05 Oct 2026 14:20:00 +0000".
    orderedAt: new Date(order.date_created).toISOString(),
    productId: product.product_id,
    name: product.name,
    sku: product.sku,
    quantity: product.quantity,
    price: product.price_inc_tax,
    currency: order.currency_code,
  }));
}

async function findOrCreateAttribute(
  request: Requester,
  name: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  const path = '/v3/customers/attributes';
  const find = async () => (await listOf<Attribute>(request, { path, query: { name }, signal }))[0]?.id;
  const found = await find();
  if (found !== undefined) return found;
  try {
    const body = [{ name, type: 'string' }];
    const [created] = await listOf<Attribute>(request, { method: 'POST', path, body, signal });
    if (created) return created.id;
  } catch (error) {
    // Another instance may have been first; then it is there now.
    const meanwhile =
      error instanceof ManagementApiError && error.code === 'rejected' ? await find() : undefined;
    if (meanwhile === undefined) throw error;
    return meanwhile;
  }
  throw unexpected();
}

/** Version 2: an array, or nothing. */
async function arrayOf<Item>(request: Requester, asked: Parameters<Requester>[0]): Promise<Item[]> {
  const answer = (await request(asked)) ?? [];
  if (!Array.isArray(answer)) throw unexpected();
  return answer as Item[];
}

/** Version 3: `{ data: […] }`. */
async function listOf<Item>(request: Requester, asked: Parameters<Requester>[0]): Promise<Item[]> {
  const { data } = ((await request(asked)) ?? {}) as { data?: unknown };
  if (!Array.isArray(data)) throw unexpected();
  return data as Item[];
}

function unexpected(): ManagementApiError {
  return new ManagementApiError(
    'invalid_response',
    'The management API answered in another form than documented.',
  );
}
