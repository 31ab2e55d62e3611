// Which addresses from a backend may become links and images.

/** The address if a shopper may follow it, else `undefined`: `https:`, `http:`, `mailto:`, `tel:` or relative. */
export function safeLink(value: unknown): string | undefined {
  return allowed(value, ['https:', 'http:', 'mailto:', 'tel:']);
}

/** The address if a picture may be loaded from it, else `undefined`: `https:`, `http:` or relative. */
export function safeImage(value: unknown): string | undefined {
  return allowed(value, ['https:', 'http:']);
}

// The browser's own parser decides, so that control characters or odd spellings of `javascript:` cannot slip by.
function allowed(value: unknown, protocols: string[]): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  // No scheme can stand before a slash; long lists should not wait for the parser.
  if (value.startsWith('/')) return value;
  try {
    return protocols.includes(new URL(value, document.baseURI).protocol) ? value : undefined;
  } catch {
    return undefined;
  }
}
