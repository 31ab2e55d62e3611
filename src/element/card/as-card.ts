// Turns any JSON object into a card that the view can show without looking at types again.

/** A string or number of each field; whatever else a field held is gone. */
export type Scalars = Partial<Record<string, string | number>>;

export interface ParsedCard {
  heading: string;
  text: string;
  facts: Scalars[];
  items: Scalars[];
  actions: Scalars[];
  hasProducts: boolean;
}

/** More than anybody scrolls through; a page that shows them all would stand still. */
const LONGEST_LIST = 1000;

/** A CustomerCard as it is; of any other object the scalar fields as facts. What does not fit is left out. */
export function asCard(data: Record<string, unknown>): ParsedCard {
  const { heading, text } = scalarsOf(data);
  const card = {
    heading: String(heading ?? ''),
    text: String(text ?? ''),
    facts: listOf(data.facts, 'label'),
    items: listOf(data.items, 'title'),
    actions: listOf(data.actions, 'label'),
  };
  const hasProducts = Array.isArray(data.productIds) && data.productIds.length > 0;
  const isCard = Object.values(card).some((field) => field.length > 0) || 'productIds' in data;
  return { ...card, hasProducts, ...(!isCard && { facts: Object.entries(scalarsOf(data)).map(asFact) }) };
}

/** The objects of a list that have the one field without which there is nothing to show. */
function listOf(list: unknown, required: string): Scalars[] {
  if (!Array.isArray(list)) return [];
  if (list.length > LONGEST_LIST) {
    console.warn(`<bc-customer-widget> Only ${LONGEST_LIST} of ${list.length} entries are shown.`);
  }
  return list
    .slice(0, LONGEST_LIST)
    .map(scalarsOf)
    .filter((entry) => required in entry);
}

function scalarsOf(object: unknown): Scalars {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([, value]) => isScalar(value)));
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || Number.isFinite(value);
}

/** `lifetimePoints` and `lifetime_points` read "Lifetime points". */
function asFact([name, value]: [string, string | number | undefined]): Scalars {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return { label: words.charAt(0).toUpperCase() + words.slice(1), value, format: typeof value };
}
