/** Answers that are not data: problem details (RFC 9457) with a stable code. */
import type { PlainAnswer } from './answer.js';
import type { CustomerTokenErrorCode } from './errors.js';

export const problems = {
  body_invalid: [400, 'Bad Request'],
  token_ambiguous: [400, 'Bad Request'],
  token_misplaced: [400, 'Bad Request'],
  idempotency_key_missing: [400, 'Bad Request'],
  idempotency_key_invalid: [400, 'Bad Request'],
  token_missing: [401, 'Unauthorized'],
  token_expired: [401, 'Unauthorized'],
  token_invalid: [401, 'Unauthorized'],
  origin_not_allowed: [403, 'Forbidden'],
  action_unknown: [404, 'Not Found'],
  method_not_allowed: [405, 'Method Not Allowed'],
  action_in_progress: [409, 'Conflict'],
  body_too_large: [413, 'Content Too Large'],
  content_type_unsupported: [415, 'Unsupported Media Type'],
  idempotency_key_reused: [422, 'Unprocessable Content'],
  load_failed: [500, 'Internal Server Error'],
  action_failed: [500, 'Internal Server Error'],
  time_limit_exceeded: [504, 'Gateway Timeout'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof problems;

/** The body of an answer that is not data. Programs act on `code`; `detail` is for the developer who reads it. */
export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
}

/** Thrown to answer with a problem. `detail` must not hold anything of the request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly headers: Record<string, string>;
  /** For logs: why the token was refused. */
  readonly reason: CustomerTokenErrorCode | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { headers?: Record<string, string>; reason?: CustomerTokenErrorCode } = {},
  ) {
    super(detail);
    this.code = code;
    this.headers = more.headers ?? {};
    this.reason = more.reason;
  }

  toAnswer(): PlainAnswer {
    const [status, title] = problems[this.code];
    const body: Problem = { type: 'about:blank', title, status, code: this.code, detail: this.message };
    const headers = { ...this.headers, 'Content-Type': 'application/problem+json' };
    return { status, headers, body: JSON.stringify(body) };
  }
}
