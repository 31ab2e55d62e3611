// A session of the emulated store, for those who need no page to sign in.

/** Signs in and gives the `Cookie` header of that shopper. `send` is for a store that listens nowhere. */
export async function sessionCookie(
  storeUrl: string,
  email: string,
  send: (request: Request) => Promise<Response> = fetch,
): Promise<string> {
  const body = new URLSearchParams({ login_email: email, login_pass: 'demo' });
  const address = `${storeUrl}/login.php?action=check_login`;
  const { headers } = await send(new Request(address, { method: 'POST', body, redirect: 'manual' }));
  return headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}
