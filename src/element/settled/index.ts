// What a widget needs when a load has ended: words and controls for every outcome, the shopper's place on the keyboard,
// and the watch that takes data off the page again. Fetched beside the token; nothing is shown without it.
export { act } from './act.js';
export { setAccent } from './accent.js';
export { rememberFocus } from './focus.js';
export { watchPage } from './page-watch.js';
export { renderOutcome, type Outcome } from './render-outcome.js';
