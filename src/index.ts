// Registers <bc-customer-widget> and re-exports what a page can use.
import { BcCustomerWidget } from './element/index.js';

// The bundle can reach one page by the theme, Script Manager and several widgets; the first one wins.
if (!customElements.get('bc-customer-widget')) customElements.define('bc-customer-widget', BcCustomerWidget);

declare global {
  interface HTMLElementTagNameMap {
    'bc-customer-widget': BcCustomerWidget;
  }
}

export type { CardAction, CardFact, CardItem, CustomerCard } from './card.js';
export { CustomerWidgetError, type CustomerWidgetErrorCode, type TokenSource } from './client/index.js';
export { BcCustomerWidget, type CustomerWidgetEvents } from './element/index.js';
