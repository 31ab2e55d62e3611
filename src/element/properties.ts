// The element's properties, and which of them are attributes. What each is for stands at its declaration in the class.
import type { PropertyDeclarations } from 'lit';
import type { CustomerSessionOptions } from '../client/index.js';
import type { WatchSettings } from './settled/page-watch.js';

export type SessionOptions = CustomerSessionOptions & Omit<WatchSettings, 'openLive'>;

/** A change of one of these means another shopper, another backend or another way to ask: start over. */
export const sessionDefaults = {
  appClientId: '',
  backendUrl: '',
  tokenUrl: null,
  tokenSource: null,
  timeout: 10_000,
  customerId: null,
  transport: null,
  transportName: null,
  refreshAfter: null,
  liveUrl: null,
  preview: false,
};

type SessionProperty = keyof typeof sessionDefaults;

export const defaults = {
  ...sessionDefaults,
  loading: 'eager',
  heading: null,
  headingLevel: 2,
  guest: 'hide',
  debug: false,
  accent: null,
  signInText: null,
  signInUrl: null,
  locale: null,
  currency: null,
  renderer: null,
};

const NUMBERS = ['timeout', 'customerId', 'refreshAfter', 'headingLevel'];
const FUNCTIONS = ['tokenSource', 'renderer'];

/** `backendUrl` is `backend-url` in markup. */
export const declarations: PropertyDeclarations = Object.fromEntries(
  Object.entries(defaults).map(([name, value]) => {
    const attribute =
      !FUNCTIONS.includes(name) && name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const type = value === false ? Boolean : undefined;
    // What is removed from markup is the default again.
    const fromAttribute = (text: string | null) => (text === null ? value : Number(text));
    return [name, { attribute, type, ...(NUMBERS.includes(name) && { converter: { fromAttribute } }) }];
  }),
);

/** What an element's session is made with. */
export function sessionOptions(element: Record<SessionProperty, unknown>): SessionOptions {
  const options = Object.fromEntries(
    Object.keys(sessionDefaults).map((name) => [name, element[name as SessionProperty] ?? undefined]),
  ) as unknown as SessionOptions;
  // `{{customer.id}}` outside a signed-in page is empty, which reads as 0.
  const { customerId = 0 } = options;
  return { ...options, customerId: customerId > 0 ? customerId : undefined };
}
