// What stands below the data, or in its place: the words of an outcome, and what the shopper can do about it.
import type { html, nothing, TemplateResult } from 'lit';
import type { CustomerSnapshot } from '../../client/index.js';
import { adopt } from '../adopt.js';
import { errorKey, outcomeWords } from './messages.js';
import { styles } from './styles.js';

export interface Outcome {
  /** For the region that is read out. */
  messages: TemplateResult;
  controls: TemplateResult;
}

interface Widget extends HTMLElement {
  signInText: string | null;
  signInUrl: string | null;
  refresh: () => Promise<void>;
}

/** Lit's: a part has no copy of it. */
interface Lit {
  html: typeof html;
  nothing: typeof nothing;
}

/** Slots are always there, so that what a theme puts into them is found; words only in their own state. */
export function renderOutcome(
  { html, nothing }: Lit,
  element: Widget,
  { state, error, dataFrom }: CustomerSnapshot,
): Outcome {
  adopt(element, styles);
  const { signInText } = element;
  return {
    messages: html`${renderMessage('guest', 'guest')} ${renderMessage('empty', 'empty')}
    ${renderMessage('error', errorKey(error))}
    ${dataFrom === undefined ? nothing : html`<p part="as-of" class="words">${asOf(dataFrom)}</p>`}`,
    controls: html`${
      state === 'guest' && signInText
        ? html`<a part="sign-in" class="button" href=${signInHref(element)}>${signInText}</a>`
        : nothing
    }
    ${
      state === 'error'
        ? html`<button part="retry" class="button" type="button" @click=${retry}>
            ${outcomeWords(element, 'retry')}
          </button>`
        : nothing
    }`,
  };

  function renderMessage(
    name: 'guest' | 'empty' | 'error',
    key: 'guest' | 'empty' | ReturnType<typeof errorKey>,
  ): TemplateResult {
    const isNow = state === name;
    return html`<div part=${isNow ? 'message' : nothing} class="words" ?hidden=${!isNow}>
      <slot name=${name}>${isNow ? outcomeWords(element, key) : nothing}</slot>
    </div>`;
  }

  /** In the shopper's own language and clock. */
  function asOf(time: number): string {
    return `${outcomeWords(element, 'stale')} ${new Date(time).toLocaleTimeString([], { timeStyle: 'short' })}`;
  }

  function retry(): void {
    // The button is about to go; the card takes the focus, so that the keyboard stays here.
    element.shadowRoot?.querySelector('section')?.focus();
    void element.refresh();
  }
}

function signInHref({ signInUrl }: Widget): string {
  // Nothing that a browser could take for a script.
  if (signInUrl && /^(https?:|\/|[^:]*$)/i.test(signInUrl)) return signInUrl;
  // The storefront takes the way back as a path without its first slash.
  return `/login.php?from=${encodeURIComponent((location.pathname + location.search).slice(1))}`;
}
