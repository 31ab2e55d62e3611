// What a Stencil template can use on a page: the part of BigCommerce's context that is the same on all pages.
import type { EmulatedCustomer, EmulatedProduct } from './sample-store.js';
import type { Store } from './store.js';

export interface PageContextInput {
  store: Store;
  /** Origin that the page was asked for under, e.g. `http://localhost:4000`. */
  origin: string;
  title: string;
  customer: EmulatedCustomer | undefined;
}

/** Version in the addresses of theme assets, `/stencil/{version}/…`. */
export const THEME_VERSION = 'emulator';

const STORE_NAME = 'Sample Store';

export function pageContext({ store, origin, title, customer }: PageContextInput) {
  return {
    customer: customer ? customerContext(customer) : null,
    settings: {
      base_url: origin,
      secure_base_url: origin,
      cdn_url: '',
      theme_version_id: THEME_VERSION,
      store_name: STORE_NAME,
      store_hash: store.storeHash,
      account_creation_enabled: false,
      storefront_api: { token: 'emulator' },
      money: {
        currency_token: '$',
        currency_location: 'left',
        decimal_token: '.',
        thousands_token: ',',
        decimal_places: 2,
      },
    },
    urls: {
      home: '/',
      cart: '/cart.php',
      search: '/search.php',
      account: { index: '/account.php', orders: { all: '/account.php?action=order_status' } },
      auth: {
        login: '/login.php',
        check_login: '/login.php?action=check_login',
        logout: '/login.php?action=logout',
        create_account: '/login.php?action=create_account',
      },
    },
    head: { title: `${title} - ${STORE_NAME}`, meta_tags: '', config: '', scripts: '', rsslinks: '' },
    footer: { scripts: '' },
    page_type: 'default',
  };
}

export function productContext(product: EmulatedProduct, origin: string) {
  const price = { formatted: `$${product.price.toFixed(2)}`, value: product.price };
  return {
    id: product.id,
    name: product.name,
    title: product.name,
    url: `${origin}/products.php?productId=${product.id}`,
    summary: product.description,
    description: `<p>${product.description}</p>`,
    price: { with_tax: price, without_tax: price },
    // `{:size}` is what the getImage helper replaces; it takes absolute addresses only.
    image: { data: `${origin}/product_images/${product.id}.svg?size={:size}`, alt: product.name },
  };
}

function customerContext({ id, name, email, groupId }: EmulatedCustomer) {
  // Addresses and phone number are empty on most pages of a real store too.
  return { id, name, email, phone: '', customer_group_id: groupId ?? 0, customer_group_name: '', orders: [] };
}
