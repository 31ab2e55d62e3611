// The store that runs when nothing else is given: three customers, six products, one app. All of it is invented.

/** An app-level API account: `clientId` is public, tokens are signed with `clientSecret`. */
export interface EmulatedApp {
  clientId: string;
  clientSecret: string;
}

/** A shopper with an account. `groupId` is the customer group, 0 or left out for none. */
export interface EmulatedCustomer {
  id: number;
  email: string;
  name: string;
  password: string;
  groupId?: number;
}

/** A product of the catalogue; `price` is in US dollars. */
export interface EmulatedProduct {
  id: number;
  name: string;
  price: number;
  description: string;
}

/** A category at `/{slug}/`. */
export interface EmulatedCategory {
  id: number;
  slug: string;
  name: string;
  productIds: readonly number[];
}

/**
 * The sample store: its hash, its access token and its app with synthetic secrets, its customers and its products.
 * A backend that is tried against the emulator takes `clientId` and `clientSecret` from here.
 */
export const sampleStore = {
  storeHash: 'samplestore',
  /** For the management API. */
  accessToken: 'synthetic-access-token-of-the-sample-store',
  apps: [
    {
      clientId: 'sampleapp4customerwidget0000001',
      // HS512 wants a key of at least 64 bytes (RFC 7518 §3.2).
      clientSecret: 'synthetic-client-secret-of-the-sample-app-0123456789abcdef0123456789abcdef',
    },
  ] satisfies EmulatedApp[],
  customers: [
    { id: 1, email: 'ada@example.com', name: 'Ada Lovelace', password: 'demo', groupId: 2 },
    { id: 2, email: 'grace@example.com', name: 'Grace Hopper', password: 'demo' },
    { id: 3, email: 'new@example.com', name: 'New Customer', password: 'demo' },
  ] satisfies EmulatedCustomer[],
  products: [
    {
      id: 101,
      name: 'Stoneware mug',
      price: 18,
      description: 'Thrown by hand, glazed in sea green. Holds 350 ml.',
    },
    {
      id: 102,
      name: 'Linen tote bag',
      price: 24,
      description: 'Washed linen with long handles and an inner pocket.',
    },
    {
      id: 103,
      name: 'Pocket notebook',
      price: 9,
      description: 'Ninety-six dotted pages, sewn so that it opens flat.',
    },
    { id: 104, name: 'Desk lamp', price: 64, description: 'A warm light on a jointed brass arm.' },
    { id: 105, name: 'Wool blanket', price: 89, description: 'Woven from undyed wool, 130 by 180 cm.' },
    {
      id: 106,
      name: 'Tea sampler',
      price: 21,
      description: 'Six small tins: two black, two green, two herbal.',
    },
  ] satisfies EmulatedProduct[],
  categories: [
    { id: 21, slug: 'kitchen', name: 'Kitchen', productIds: [101, 106] },
    { id: 22, slug: 'desk', name: 'Desk', productIds: [103, 104] },
    { id: 23, slug: 'living', name: 'Living', productIds: [102, 105] },
  ] satisfies EmulatedCategory[],
};
