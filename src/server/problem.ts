/** Answers that are not data: problem details (RFC 9457) with a stable code. */

export type ProblemCode =
  | 'method_not_allowed'
  | 'origin_not_allowed'
  | 'token_missing'
  | 'token_expired'
  | 'token_invalid'
  | 'load_failed';

/** The field of a problem that programs act on is `code`; `detail` is for the developer who reads it. */
export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
}

const statuses: Record<ProblemCode, readonly [status: number, title: string]> = {
  method_not_allowed: [405, 'Method Not Allowed'],
  origin_not_allowed: [403, 'Forbidden'],
  token_missing: [401, 'Unauthorized'],
  token_expired: [401, 'Unauthorized'],
  token_invalid: [401, 'Unauthorized'],
  load_failed: [500, 'Internal Server Error'],
};

/** Makes the answer. `detail` must not hold anything of the request. */
export function problem(code: ProblemCode, detail: string, headers: Record<string, string> = {}): Response {
  const [status, title] = statuses[code];
  const body: Problem = { type: 'about:blank', title, status, code, detail };
  return Response.json(body, { status, headers: { ...headers, 'Content-Type': 'application/problem+json' } });
}
