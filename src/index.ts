// Registers <bc-customer-widget> and re-exports what a page can use.
import { BcCustomerWidget, type CustomerWidgetEvents } from './element/index.js';

// The bundle can reach one page by the theme, Script Manager and several widgets; the first one wins.
const registered = customElements.get('bc-customer-widget') as typeof BcCustomerWidget | undefined;
if (!registered) customElements.define('bc-customer-widget', BcCustomerWidget);
else if (registered.version !== BcCustomerWidget.version) {
  console.warn(
    `<bc-customer-widget> ${registered.version} is in use, not ${BcCustomerWidget.version}: load one of them.`,
  );
}

/** The element's events by name, as listeners get them. */
export type CustomerWidgetEventMap = {
  [Name in keyof CustomerWidgetEvents]: CustomEvent<CustomerWidgetEvents[Name]>;
};

declare global {
  interface HTMLElementTagNameMap {
    'bc-customer-widget': BcCustomerWidget;
  }
  // They bubble, and so reach the document too.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- a declaration that merges
  interface HTMLElementEventMap extends CustomerWidgetEventMap {}
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- a declaration that merges
  interface DocumentEventMap extends CustomerWidgetEventMap {}
}

export type { CardAction, CardFact, CardItem, CustomerCard } from './card.js';
export {
  CustomerWidgetError,
  routeTokenSource,
  sessionChanged,
  type CustomerWidgetErrorCode,
  type TokenSource,
} from './client/index.js';
export { BcCustomerWidget, type CustomerWidgetEvents, type Renderer } from './element/index.js';
