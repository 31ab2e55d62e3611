// The policy of a strict store: scripts by nonce only, requests to the store and the widget's backend only.

/** @param backendUrl the theme's `bcw_backend_url`; its origin is where the widget may send requests */
export function contentSecurityPolicy(nonce: string, backendUrl: unknown): string {
  const backend =
    typeof backendUrl === 'string' && URL.canParse(backendUrl) ? new URL(backendUrl).origin : '';
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' https: data:",
    `connect-src 'self' ${backend} ${backend.replace('http', 'ws')}`.trimEnd(),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ');
}
