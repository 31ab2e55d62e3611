// Page Builder on this machine.
export { renderWidget } from './render-widget.js';
