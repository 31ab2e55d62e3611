/** What a backend returns when no template is given: the wire contract that `server/` and `element/` share. */
export interface CustomerCard {
  heading?: string;
  text?: string;
  /** Figures with a label: "Points: 1,240". */
  facts?: CardFact[];
  /** A list: recent purchases, subscriptions. */
  items?: CardItem[];
  /** Shown as the theme's own product cards, where the theme has them. */
  productIds?: number[];
  actions?: CardAction[];
}

export interface CardFact {
  label: string;
  /** A number for `number` and `currency`; an ISO 8601 date or epoch milliseconds for `date` and `relative`. */
  value: string | number;
  format?: 'number' | 'currency' | 'date' | 'relative';
}

export interface CardItem {
  title: string;
  text?: string;
  /** Image address: `https:` or relative to the storefront. */
  image?: string;
  /** Link target: `https:`, `http:`, `mailto:`, `tel:` or relative to the storefront. */
  href?: string;
  meta?: string;
}

export interface CardAction {
  label: string;
  /** For `GET` a link target; for `POST` an address on the backend's own origin. */
  href: string;
  method?: 'GET' | 'POST';
  /** A question to answer before a `POST` is sent. */
  confirm?: string;
}
