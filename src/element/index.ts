// The element's class and types, without registering it: `bc-customer-widget` does that.
export { BcCustomerWidget, type Renderer } from './bc-customer-widget.js';
export type { CustomerWidgetEvents } from './events.js';
