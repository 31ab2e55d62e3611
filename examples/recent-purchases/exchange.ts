/**
 * The platform's classic sample, done safely: what a customer bought recently, from the management API.
 * It runs on Node (server.ts here) and in a Worker (../worker) alike.
 */
import type { CustomerCard } from 'bc-customer-widget';
import {
  createExchange,
  createManagementApi,
  ManagementApiError,
  type Purchase,
} from 'bc-customer-widget/server';

export interface RecentPurchasesOptions {
  /** Of an app-level API account: what the storefront asks with, and what verifies the answer. */
  clientId: string;
  clientSecret: string;
  /** The store, and an access token for it with the scope `store_v2_orders_read_only`. */
  storeHash: string;
  accessToken: string;
  /** Comma-separated. */
  allowedOrigins: string;
  /** @default 'https://api.bigcommerce.com' */
  apiUrl?: string | undefined;
}

export function createRecentPurchases(
  options: RecentPurchasesOptions,
): (request: Request) => Promise<Response> {
  const { clientId, clientSecret, storeHash, accessToken, apiUrl } = options;
  const api = createManagementApi({ storeHash, accessToken, ...(apiUrl ? { baseUrl: apiUrl } : {}) });
  return createExchange({
    apps: [{ clientId, clientSecret }],
    storeHashes: [storeHash],
    allowedOrigins: options.allowedOrigins.split(','),
    load: async ({ customerId }, { signal }) => {
      try {
        return toCard(await api.recentPurchases(customerId, { limit: 10, signal }));
      } catch (error) {
        if (!(error instanceof ManagementApiError) || error.code !== 'rate_limited') throw error;
        // All apps of the store share its limit: the widget may ask again in the next window.
        return new Response(null, { status: 503, headers: { 'Retry-After': '30' } });
      }
    },
    onError: console.error,
  });
}

/** Each product once, where it was bought last. `undefined`, "nothing yet", when there is none. */
export function toCard(purchases: Purchase[]): CustomerCard | undefined {
  if (purchases.length === 0) return undefined;
  const products = new Map<number, Purchase>();
  for (const purchase of purchases) {
    if (!products.has(purchase.productId)) products.set(purchase.productId, purchase);
  }
  return {
    items: [...products.values()].map(({ productId, name, orderedAt, price, currency }) => ({
      title: name,
      href: `/products.php?productId=${productId}`,
      meta: `${date.format(new Date(orderedAt))} · ${formatPrice(price, currency)}`,
    })),
  };
}

const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

function formatPrice(price: string, currency: string): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(Number(price));
}
