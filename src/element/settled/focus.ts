// Keeps the keyboard in the widget when what it was on goes away.

/**
 * Remembers what has the focus, in the shadow root or in the element's own content. The returned function, called
 * after a rendering, moves the focus to the card if that is gone, and back if it was only moved.
 */
export function rememberFocus(element: HTMLElement): () => void {
  const { shadowRoot } = element;
  const outside = (element.getRootNode() as Document | ShadowRoot).activeElement;
  const focused = (shadowRoot?.activeElement ??
    (element.contains(outside) ? outside : null)) as HTMLElement | null;
  return () => {
    if (!focused || focused.matches(':focus')) return;
    if (focused.isConnected) focused.focus({ preventScroll: true });
    if (!focused.matches(':focus')) shadowRoot?.querySelector('section')?.focus({ preventScroll: true });
  };
}
