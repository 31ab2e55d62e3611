// Shows the theme's own product cards: the store renders them, so they look and behave as everywhere in the theme.
import type ProductApi from '@bigcommerce/stencil-utils/src/api/product.js';

export interface ShowProductsOptions {
  /** Stops the requests; the promise rejects with the signal's reason. */
  signal: AbortSignal;
  /**
   * Template under `templates/components/` that the store renders for each product. Its root element carries
   * `data-bc-product` with the product's id, so that an error page is told from a card.
   * @default 'bc-customer-widget/product-card'
   */
  template?: string;
}

const DEFAULT_TEMPLATE = 'bc-customer-widget/product-card';

/** As many as a page may ask for at once without holding up the theme's own requests. */
const CONCURRENT_REQUESTS = 4;

/**
 * Fills `container` with the theme's product cards, in the order of the ids. Each card's place is there at once;
 * a product that the store does not show (sold out and hidden, removed) loses its place again.
 * In a sub-folder storefront the container names the folder in `data-bc-base-url`.
 *
 * @returns the ids that are shown, in order
 * @throws the signal's reason when it is aborted
 * @example
 * await showProducts(container, [101, 105], { signal: AbortSignal.timeout(10_000) });
 */
export async function showProducts(
  container: HTMLElement,
  productIds: number[],
  { signal, template = DEFAULT_TEMPLATE }: ShowProductsOptions,
): Promise<number[]> {
  signal.throwIfAborted();
  const ids = [...new Set(productIds)].filter((id) => Number.isSafeInteger(id) && id > 0);
  const places = ids.map((id) => placeholder(id));
  container.replaceChildren(...places);
  const api = await productApi();
  const baseUrl = sameOriginBase(container.dataset.bcBaseUrl);
  const waiting = places.entries();
  const shown: number[] = [];
  const worker = async () => {
    for (const [index, place] of waiting) {
      const id = ids[index] ?? 0;
      const html = await requestCard(api, id, { template, baseUrl, abortSignal: signal });
      signal.throwIfAborted();
      const card = findCard(html, id);
      if (!card) {
        place.remove();
        continue;
      }
      place.removeAttribute('aria-busy');
      place.replaceChildren(...card.childNodes);
      shown.push(id);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_REQUESTS }, worker));
  const missing = ids.filter((id) => !shown.includes(id));
  if (missing.length > 0) {
    console.warn(`<bc-customer-widget> The store gave no product card for ${missing.join(', ')}.`);
  }
  return ids.filter((id) => shown.includes(id));
}

function placeholder(id: number): HTMLElement {
  const place = document.createElement('div');
  place.dataset.bcProduct = String(id);
  place.setAttribute('aria-busy', 'true');
  return place;
}

async function productApi(): Promise<ProductApi> {
  if (window.stencilUtils) return window.stencilUtils.api.product;
  const { default: Product } = await import('@bigcommerce/stencil-utils/src/api/product.js');
  return new Product();
}

type CardRequest = Parameters<ProductApi['getById']>[1];

/** Gives the answer's text, or nothing after a failure; only an abort is passed on. */
function requestCard(api: ProductApi, id: number, options: CardRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const { abortSignal } = options;
    api.getById(id, options, (_error, answer) => {
      if (abortSignal?.aborted) reject(abortSignal.reason as Error);
      else resolve(typeof answer === 'string' ? answer : '');
    });
  });
}

/** stencil-utils does not see HTTP errors: a card is what says that it is the card of this product. */
function findCard(html: string, id: number): Element | null {
  const template = document.createElement('template');
  // The store's own rendered template, parsed inert; only the expected card is taken from it.
  template.innerHTML = trusted(html);
  return template.content.querySelector(`[data-bc-product="${id}"]`);
}

let policy: { createHTML: (html: string) => string } | undefined;

/** The HTML comes from the store itself; a page that enforces Trusted Types wants that said by a named policy. */
function trusted(html: string): string {
  const { trustedTypes } = window as unknown as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('bc-customer-widget', { createHTML: (text) => text });
  return policy ? policy.createHTML(html) : html;
}

interface TrustedTypes {
  createPolicy: (name: string, rules: { createHTML: (html: string) => string }) => typeof policy;
}

/** Cards come from the page's own store, whatever the markup says. */
function sameOriginBase(address: string | undefined): string | null {
  if (!address || !URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  return url.origin === location.origin ? url.href.replace(/\/$/, '') : null;
}
