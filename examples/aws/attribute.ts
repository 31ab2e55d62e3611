/** `PUT /attribute { "value": "…" }`: writes an attribute of the customer whom the authorizer let through. */
import type { CustomerContext } from 'bc-customer-widget/aws';
import { createManagementApi, ManagementApiError } from 'bc-customer-widget/server';

/** What API Gateway calls a REST integration with, as far as it is read. */
export interface ProxyEvent {
  body: string | null;
  isBase64Encoded: boolean;
  requestContext: { authorizer: CustomerContext };
}

export interface ProxyResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

const { STORE_HASH = '', ACCESS_TOKEN = '', ATTRIBUTE_NAME = '', ALLOWED_ORIGIN = '', API_URL } = process.env;
const api = createManagementApi({
  storeHash: STORE_HASH,
  accessToken: ACCESS_TOKEN,
  ...(API_URL ? { baseUrl: API_URL } : {}),
});

export async function handler({ body, isBase64Encoded, requestContext }: ProxyEvent): Promise<ProxyResult> {
  const value = readValue(isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : body);
  if (value === undefined) return problem(400, 'body_invalid', 'Send { "value": "…" }.');
  // The identity comes from the authorizer alone. API Gateway delivers numbers as strings.
  const customerId = Number(requestContext.authorizer.customerId);
  try {
    await api.setCustomerAttribute(customerId, ATTRIBUTE_NAME, value);
    return answer(200, 'application/json', { text: `Noted: ${value}` });
  } catch (error) {
    if (error instanceof RangeError) return problem(422, 'value_too_long', error.message);
    if (!(error instanceof ManagementApiError)) throw error;
    // The code is safe to log; the body and the customer's data are not.
    console.error('The attribute could not be written:', error.code);
    return problem(
      error.code === 'rate_limited' ? 503 : 502,
      'action_failed',
      'It could not be written. Try again.',
    );
  }
}

function readValue(text: string | null): string | undefined {
  try {
    const { value } = JSON.parse(text ?? '') as { value?: unknown };
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function problem(status: number, code: string, detail: string): ProxyResult {
  return answer(status, 'application/problem+json', { type: 'about:blank', status, code, detail });
}

function answer(statusCode: number, contentType: string, body: object): ProxyResult {
  return {
    statusCode,
    headers: {
      'Content-Type': contentType,
      'Cache-Control': 'no-store',
      'Access-Control-Allow-Origin': ALLOWED_ORIGIN,
      Vary: 'Origin',
    },
    body: JSON.stringify(body),
  };
}
