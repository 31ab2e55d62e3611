// The ways for the token other than `Authorization: Bearer`, for backends that expect it elsewhere.
import type { failure } from './errors.js';
import type { BareRequest, Load, Loader, Transport } from './transports.js';

/**
 * @throws {CustomerWidgetError} `misconfigured` for an unknown transport, and for a name that it cannot have.
 */
export async function otherLoader(
  transport: Transport,
  name: string | undefined,
  input: string | undefined,
  refuse: typeof failure,
): Promise<Loader> {
  if (name !== undefined && (transport === 'bearer' || transport === 'text')) {
    throw await refuse('misconfigured: no transport-name');
  }
  if (transport === 'bearer' || !Object.hasOwn(loaders, transport)) {
    throw await refuse('misconfigured: transport');
  }
  if (transport === 'text' && input) throw await refuse('misconfigured: input');
  const loader = loaders[transport];
  if (name === undefined) return loader();
  if (!/^[\w-]+$/.test(name) || (transport === 'header' && isTaken(name))) {
    throw await refuse('misconfigured: transport-name');
  }
  return loader(name);
}

const loaders: Record<Exclude<Transport, 'bearer'>, (name?: string) => Loader> = {
  header:
    (name = 'X-Current-Customer') =>
    (token) => ({ headers: { [name]: token } }),
  json:
    (name = 'token') =>
    (token, request) =>
      post('application/json', JSON.stringify({ ...inputOf(request), [name]: token })),
  form:
    (name = 'token') =>
    (token, request) =>
      post(
        'application/x-www-form-urlencoded',
        String(new URLSearchParams({ ...inputOf(request), [name]: token })),
      ),
  text: () => (token) => post('text/plain', token),
  query(name = 'token') {
    console.warn(
      '<bc-customer-widget> transport="query" puts the token, which holds an e-mail address, into addresses. ' +
        'They end up in logs: use it only where no other transport works.',
    );
    return (token, request) => {
      const [address = ''] = request.address.split('#');
      const separator = address.includes('?') ? '&' : '?';
      return { address: `${address}${separator}${name}=${token}` };
    };
  },
};

function post(type: string, body: string): Load {
  return { method: 'POST', headers: { 'content-type': type }, body };
}

/** The fields that an action sends, beside which the token goes. */
function inputOf({ body }: BareRequest): Record<string, string> {
  return body ? (JSON.parse(body) as Record<string, string>) : {};
}

/** Browsers keep some headers for themselves, and drop them without a word. */
function isTaken(name: string): boolean {
  const { headers } = new Request('https://example.com', { headers: { [name]: 'token' } });
  return !headers.has(name) || ['authorization', 'accept', 'content-type'].includes(name.toLowerCase());
}
