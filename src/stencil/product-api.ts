// The one request of stencil-utils that product cards need, for a self-contained module on a page without stencil-utils.

interface ProductOptions {
  template: string;
  baseUrl?: string | null;
  abortSignal?: AbortSignal;
}

/** Answers as stencil-utils does: an HTTP error is no error here, its body arrives as `answer`. */
export default class ProductApi {
  getById(
    productId: number,
    { template, baseUrl, abortSignal }: ProductOptions,
    callback: (error: unknown, answer?: string) => void,
  ): void {
    fetch(`${baseUrl ?? ''}/products.php?productId=${productId}`, {
      headers: {
        'stencil-config': '{}',
        'stencil-options': JSON.stringify({ render_with: template }),
        'x-requested-with': 'stencil-utils',
      },
      ...(abortSignal && { signal: abortSignal }),
    })
      .then((response) => response.text())
      .then((answer) => {
        callback(null, answer);
      }, callback);
  }
}
