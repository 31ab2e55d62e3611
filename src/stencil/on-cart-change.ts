// Tells when the shopper's cart has changed, by the theme's own hooks.

/** Sent after the request: the cart has changed when they are heard. */
const HOOKS = ['cart-item-add-remote', 'cart-item-update-remote', 'cart-item-remove-remote'];

/**
 * Calls back after each change of the cart until the signal is aborted. Hooks are heard only on the copy of
 * stencil-utils that the theme uses, so a theme without `window.stencilUtils` gives no sign.
 *
 * @returns when listening has begun, or been given up
 * @example
 * await onCartChange(() => widget.refresh(), controller.signal);
 */
export async function onCartChange(callback: () => void, signal: AbortSignal): Promise<void> {
  // A theme's bundle comes by an async script, perhaps later than this module.
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => {
      window.addEventListener('load', resolve, { once: true });
    });
  }
  const hooks = window.stencilUtils?.hooks;
  if (!hooks || signal.aborted) return;
  const listener = (result?: { err?: unknown }) => {
    // A hook is sent after a failure too. An error thrown inside it would reach the theme's own code, as its own.
    if (!result?.err) queueMicrotask(callback);
  };
  for (const name of HOOKS) hooks.on(name, listener);
  signal.addEventListener('abort', () => {
    for (const name of HOOKS) hooks.off(name, listener);
  });
}
