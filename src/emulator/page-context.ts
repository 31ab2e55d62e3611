// What a Stencil template can use on a page: the part of BigCommerce's context that is the same on all pages.
import type { EmulatedOrder } from './management/sample-orders.js';
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
    customer: customer ? customerContext(customer, store, origin) : null,
    settings: {
      base_url: origin,
      secure_base_url: origin,
      cdn_url: '',
      theme_version_id: THEME_VERSION,
      store_name: STORE_NAME,
      store_hash: store.storeHash,
      account_creation_enabled: true,
      storefront_api: { token: 'emulator' },
      money: {
        currency_token: '$',
        currency_location: 'left',
        decimal_token: '.',
        thousands_token: ',',
        decimal_places: 2,
      },
    },
    categories: store.categories.map(({ id, slug, name }) => ({ id, name, url: `/${slug}/`, children: [] })),
    urls: {
      home: '/',
      cart: '/cart.php',
      search: '/search.php',
      checkout: { single_address: '/checkout' },
      account: { index: '/account.php', orders: { all: '/account.php?action=order_status' } },
      auth: {
        login: '/login.php',
        check_login: '/login.php?action=check_login',
        logout: '/login.php?action=logout',
        create_account: '/login.php?action=create_account',
        save_new_account: '/login.php?action=save_new_account',
      },
    },
    head: { title: `${title} - ${STORE_NAME}`, meta_tags: '', config: '', scripts: '', rsslinks: '' },
    footer: { scripts: '' },
    page_type: 'default',
  };
}

export function productContext(product: EmulatedProduct, origin: string) {
  const price = formatPrice(product.price);
  return {
    id: product.id,
    name: product.name,
    title: product.name,
    url: `${origin}/products.php?productId=${product.id}`,
    summary: product.description,
    description: `<p>${product.description}</p>`,
    price: { with_tax: price, without_tax: price },
    can_purchase: true,
    cart_url: '/cart.php',
    // `{:size}` is what the getImage helper replaces; it takes absolute addresses only.
    image: { data: `${origin}/product_images/${product.id}.svg?size={:size}`, alt: product.name },
  };
}

export function orderContext(order: EmulatedOrder, store: Store, origin: string) {
  const products = order.productIds.flatMap((id) => store.product(id) ?? []);
  const status = STATUS[order.statusId] ?? 'Pending';
  const date = new Date(order.createdAt).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
  return {
    id: order.id,
    status,
    status_text: status,
    date,
    last_update_date: date,
    details_url: `/account.php?action=view_order&order_id=${order.id}`,
    total: formatPrice(products.reduce((sum, { price }) => sum + price, 0)),
    items: products.map((product) => ({
      ...productContext(product, origin),
      price: formatPrice(product.price),
      quantity: 1,
      type: 'product',
    })),
    image: products[0] && productContext(products[0], origin).image,
  };
}

export const formatPrice = (value: number) => ({ formatted: `$${value.toFixed(2)}`, value });

const STATUS: Record<number, string> = { 5: 'Cancelled', 10: 'Completed' };

function customerContext(customer: EmulatedCustomer, store: Store, origin: string) {
  const { id, name, email, groupId } = customer;
  return {
    id,
    name,
    email,
    // Empty on most pages of a real store too, as are the addresses, which are left out.
    phone: '',
    customer_group_id: groupId ?? 0,
    customer_group_name: '',
    orders: store.orders(customer).map((order) => orderContext(order, store, origin)),
  };
}
