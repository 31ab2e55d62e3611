// How the token travels to the backend.

/**
 * `Authorization: Bearer …`, without cookies, redirects or referrer (and uncached, like every request here): the token reaches the
 * given address and nothing else.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearer(token: string): Omit<RequestInit, 'headers'> & { headers: Record<string, string> } {
  return {
    headers: { accept: 'application/json', authorization: `Bearer ${token}` },
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  };
}
