// Turns any JSON object into a card whose every field is known to be what its type says.
import type { CardAction, CardFact, CardItem, CustomerCard } from '../../card.js';

type Json = Record<string, unknown>;

export type ParsedCard = CustomerCard & Required<Pick<CustomerCard, 'facts' | 'items' | 'actions'>>;

const CARD_FIELDS = ['heading', 'text', 'facts', 'items', 'productIds', 'actions'];
const FORMATS = ['number', 'currency', 'date', 'relative'];

/** A CustomerCard as it is; of any other object the scalar fields as facts. What does not fit is left out. */
export function asCard(data: Json): ParsedCard {
  const isCard = CARD_FIELDS.some((field) => Object.hasOwn(data, field));
  if (!isCard) return { facts: scalarFacts(data), items: [], actions: [] };
  return {
    ...optional('heading', data.heading),
    ...optional('text', data.text),
    facts: objectsIn(data.facts).flatMap(asFact),
    items: objectsIn(data.items).flatMap(asItem),
    actions: objectsIn(data.actions).flatMap(asAction),
  };
}

function asFact(fact: Json): CardFact[] {
  const { label, value, format } = fact;
  if (!isScalar(label) || !isScalar(value)) return [];
  const known = FORMATS.includes(format as string)
    ? { format: format as NonNullable<CardFact['format']> }
    : {};
  return [{ label: String(label), value, ...known }];
}

function asItem(item: Json): CardItem[] {
  if (!isScalar(item.title)) return [];
  return [
    {
      title: String(item.title),
      ...optional('text', item.text),
      ...optional('image', item.image),
      ...optional('href', item.href),
      ...optional('meta', item.meta),
    },
  ];
}

function asAction(action: Json): CardAction[] {
  const { label, href, method } = action;
  if (!isScalar(label) || typeof href !== 'string') return [];
  return [
    {
      label: String(label),
      href,
      method: method === 'POST' ? 'POST' : 'GET',
      ...optional('confirm', action.confirm),
    },
  ];
}

function scalarFacts(data: Json): CardFact[] {
  return Object.entries(data).flatMap(([name, value]) =>
    isScalar(value)
      ? [
          {
            label: readable(name),
            value,
            ...(typeof value === 'number' ? { format: 'number' as const } : {}),
          },
        ]
      : [],
  );
}

/** `lifetimePoints` and `lifetime_points` read "Lifetime points". */
function readable(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function optional<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  return isScalar(value) && value !== '' ? ({ [name]: String(value) } as Partial<Record<Name, string>>) : {};
}

function objectsIn(value: unknown): Json[] {
  return Array.isArray(value)
    ? value.filter((entry): entry is Json => typeof entry === 'object' && entry !== null)
    : [];
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}
