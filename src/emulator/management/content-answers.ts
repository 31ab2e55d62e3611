// How the content API answers: lists in pages, missing things, and bodies that do not fit.
import type { Context } from 'hono';

/** What a field of a body must be. `check` returns what is wrong with a value of the right type. */
export interface Field {
  type: 'string' | 'integer' | 'boolean' | 'object' | 'array';
  isRequired?: boolean;
  check?: (value: never) => string | undefined;
}

export type Fields = Record<string, Field>;
export type Body = Record<string, unknown>;

/** Thrown when a body does not fit; `errors` holds a reason for each field. */
export class InvalidBody extends Error {
  constructor(readonly errors: Record<string, string>) {
    super('The body does not fit.');
  }
}

/** Reads the fields that an endpoint knows; others are left out. `isUpdate` requires none. */
export async function readBody(context: Context, fields: Fields, isUpdate = false): Promise<Body> {
  const body = await context.req.json<unknown>().catch(() => undefined);
  if (typeof body !== 'object' || body === null) throw new InvalidBody({ body: 'must be a JSON object' });
  const errors: Record<string, string> = {};
  const known: Body = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = (body as Body)[name];
    if (value === undefined) {
      if (field.isRequired && !isUpdate) errors[name] = 'is required';
      continue;
    }
    const problem = hasType(value, field.type) ? field.check?.(value as never) : `must be a ${field.type}`;
    if (problem) errors[name] = problem;
    else known[name] = value;
  }
  if (Object.keys(errors).length > 0) throw new InvalidBody(errors);
  return known;
}

function hasType(value: unknown, type: Field['type']): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

export const length =
  (least: number, most: number) =>
  (value: string): string | undefined =>
    value.length < least || value.length > most ? `must have ${least} to ${most} characters` : undefined;

export const oneOf =
  (...allowed: string[]) =>
  (value: string): string | undefined =>
    allowed.includes(value) ? undefined : `must be ${allowed.join(' or ')}`;

export function page(context: Context, all: readonly object[], defaultLimit = 50) {
  const limit = Number(context.req.query('limit') ?? defaultLimit);
  const current = Number(context.req.query('page') ?? 1);
  const data = all.slice((current - 1) * limit, current * limit);
  const pagination = {
    total: all.length,
    count: data.length,
    per_page: limit,
    current_page: current,
    total_pages: Math.max(1, Math.ceil(all.length / limit)),
  };
  return context.json({ data, meta: { pagination } });
}

export const one = (context: Context, data: object) => context.json({ data, meta: {} });

const REFERENCE = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes';

export const notFound = (context: Context) =>
  context.json({ status: 404, title: 'The resource was not found.', type: REFERENCE, errors: {} }, 404);

export const unprocessable = (context: Context, errors: Record<string, string>) =>
  context.json({ status: 422, title: 'JSON data is missing or invalid', type: REFERENCE, errors }, 422);

/** Only what is in one of the channels that `channel_id:in` names; plain `channel_id` is ignored, as live. */
export function inChannels<Item extends { channel_id: number }>(context: Context, items: Item[]): Item[] {
  const channels = context.req.query('channel_id:in')?.split(',').map(Number);
  return channels ? items.filter((item) => channels.includes(item.channel_id)) : items;
}
