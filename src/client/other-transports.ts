// The ways for the token other than `Authorization: Bearer`, for backends that expect it elsewhere.
import { CustomerWidgetError } from './errors.js';
import { carry, type BareRequest, type Loader, type Transport } from './transports.js';

/**
 * @throws {CustomerWidgetError} `misconfigured` for an unknown transport, and for a name that it cannot have.
 */
export function otherLoader(transport: Transport, name: string | undefined): Loader {
  if (name !== undefined && (transport === 'bearer' || transport === 'text')) {
    throw misconfigured(`transport-name has no use with transport="${transport}": remove it.`);
  }
  if (transport === 'bearer' || !Object.hasOwn(loaders, transport)) {
    throw misconfigured('transport must be bearer, header, json, text, form or query.');
  }
  const loader = loaders[transport];
  if (name === undefined) return loader();
  if (!/^[\w-]+$/.test(name) || (transport === 'header' && isTaken(name))) {
    throw misconfigured(`transport-name="${name}" cannot be used: X-Current-Customer or token is usual.`);
  }
  return loader(name);
}

const loaders: Record<Exclude<Transport, 'bearer'>, (name?: string) => Loader> = {
  header:
    (name = 'X-Current-Customer') =>
    (token, request) =>
      carry(request, { headers: { [name]: token } }),
  json:
    (name = 'token') =>
    (token, request) =>
      post(request, 'application/json', JSON.stringify({ ...inputOf(request), [name]: token })),
  form:
    (name = 'token') =>
    (token, request) =>
      post(
        request,
        'application/x-www-form-urlencoded',
        String(new URLSearchParams({ ...inputOf(request), [name]: token })),
      ),
  text: () => (token, request) => {
    if (request.body) throw misconfigured('transport="text" has no room for an action\'s input.');
    return post(request, 'text/plain', token);
  },
  query(name = 'token') {
    console.warn(
      '<bc-customer-widget> transport="query" puts the token, which holds an e-mail address, into addresses. ' +
        'They end up in logs: use it only where no other transport works.',
    );
    return (token, request) => {
      const [address = ''] = request.address.split('#');
      const separator = address.includes('?') ? '&' : '?';
      return carry(request, { address: `${address}${separator}${name}=${token}` });
    };
  },
};

function post(request: BareRequest, type: string, body: string) {
  return carry(request, { method: 'POST', headers: { 'content-type': type }, body });
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

function misconfigured(message: string): CustomerWidgetError {
  return new CustomerWidgetError('misconfigured', message);
}
