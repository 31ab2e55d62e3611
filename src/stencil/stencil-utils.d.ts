// The part of @bigcommerce/stencil-utils that is used here; the package ships no types.
declare module '@bigcommerce/stencil-utils/src/api/product.js' {
  export default class ProductApi {
    /** An HTTP error is no error here: its body arrives as `answer`. */
    getById(
      productId: number,
      options: { template: string; baseUrl?: string | null; abortSignal?: AbortSignal },
      callback: (error: Error | null, answer: unknown) => void,
    ): void;
  }
}

interface StencilUtils {
  api: { product: import('@bigcommerce/stencil-utils/src/api/product.js').default };
  hooks: {
    on: (name: string, callback: (result?: { err?: unknown }) => void) => void;
    off: (name: string, callback: (result?: { err?: unknown }) => void) => void;
  };
}

interface Window {
  /** The theme's own copy, which hears what the theme does. */
  stencilUtils?: StencilUtils;
}
