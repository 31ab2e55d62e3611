// What a Stencil theme gives to the widget: its product cards, and word of a changed cart.
export { onCartChange } from './on-cart-change.js';
export { showProducts, type ShowProductsOptions } from './show-products.js';
