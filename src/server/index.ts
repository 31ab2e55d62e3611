/** For the merchant's backend: verify the current customer, answer the widget, sign tokens. */
export { signCurrentCustomer, type CustomerToSign, type SignOptions } from './sign.js';
