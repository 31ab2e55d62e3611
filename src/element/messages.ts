// Where the shopper's words come from: the theme, by attributes, else English.

/** Each is replaced by an attribute: `empty` by `empty-text`. Those of an outcome come with settled/. */
const KEYS = [
  'loading',
  'loaded',
  'empty',
  'guest',
  'error',
  'expired',
  'forbidden',
  'retry',
  'stale',
] as const;

export type WordKey = (typeof KEYS)[number];

const messages: Partial<Record<WordKey, string>> = {
  loading: 'Loading…',
  loaded: 'Loaded.',
  error: 'This could not be loaded. Please try again in a moment.',
};

export const textAttributes = KEYS.map((key) => `${key}-text`);

export function wordsOf(element: Element, key: WordKey): string | undefined {
  return element.getAttribute(`${key}-text`) ?? messages[key];
}
