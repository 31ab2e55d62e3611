/** An answer as plain values until the very end: a Response that is built once, from a string, is far cheaper. */

/** A backend's own `Response` is passed on. */
export type Answer = PlainAnswer | Response;

export interface PlainAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

/** What `load` or an action returned, as an answer. Throws when it cannot be JSON. */
export function toAnswer(data: unknown): Answer {
  if (data instanceof Response) return data;
  if (data === undefined || data === null) return { status: 204, headers: {}, body: null };
  const body = JSON.stringify(data) as string | undefined;
  if (body === undefined) throw new TypeError('The data is neither JSON nor nothing.');
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
}

/** Builds the Response, with headers that every answer has. `Vary` is added to what is there. */
export function toResponse(answer: Answer, headers: Record<string, string>): Response {
  if (!(answer instanceof Response)) {
    // Not a spread of both: V8 would make an object of it that is thirty times slower to list, for every answer.
    const all = Object.assign({}, answer.headers, headers);
    return new Response(answer.body, { status: answer.status, headers: all });
  }
  const all = new Headers(answer.headers);
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'Vary') all.append(name, value);
    else all.set(name, value);
  }
  return new Response(answer.body, { status: answer.status, headers: all });
}
