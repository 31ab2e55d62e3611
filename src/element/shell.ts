// The box around the data: heading, skeleton, and the words of every state. Slots are always there, so that what a
// theme puts into them is found; the words in them are rendered only in their own state.
import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerState } from '../client/index.js';
import type { WordKey } from './messages.js';

export interface Shell {
  state: CustomerState;
  isHidden: boolean;
  /** Nothing to show yet: the skeleton keeps the place. */
  isWaiting: boolean;
  heading: string;
  headingLevel: number;
  content: unknown;
  words: (key: WordKey) => string;
  error: WordKey;
  /** When the data that is shown beside an error came, in milliseconds since 1970. */
  dataFrom: number | undefined;
  signIn: { text: string; href: string } | undefined;
  /** For the merchant, in Page Builder's editor. */
  preview: string | undefined;
  retry: () => void;
}

export function renderShell(shell: Shell): TemplateResult {
  const { state, isHidden, isWaiting, words, signIn, preview } = shell;
  const heard = isWaiting ? words('loading') : state === 'ready' ? words('loaded') : '';
  return html`
    <section
      part="card"
      tabindex="-1"
      ?hidden=${isHidden}
      aria-labelledby=${shell.heading ? 'heading' : nothing}
    >
      ${preview && !isHidden ? html`<p part="preview" class="words">${preview}</p>` : nothing}
      ${isHidden ? nothing : shell.heading && renderHeading(shell)}
      <div class="data" aria-busy=${state === 'loading'}>
        <div ?hidden=${!isWaiting}>
          <slot name="loading">${isWaiting && !isHidden ? skeleton : nothing}</slot>
        </div>
        ${shell.content}
        <slot name="content"></slot>
      </div>
      <div role="status">
        <span class="heard">${isHidden ? nothing : heard}</span>
        ${renderMessage('guest', shell, 'guest')} ${renderMessage('empty', shell, 'empty')}
        ${renderMessage('error', shell, shell.error)}
        ${shell.dataFrom === undefined ? nothing : html`<p part="as-of" class="words">${asOf(shell, shell.dataFrom)}</p>`}
      </div>
      ${signIn ? html`<a part="sign-in" class="button" href=${signIn.href}>${signIn.text}</a>` : nothing}
      ${
        state === 'error' && !isHidden
          ? html`<button part="retry" class="button" type="button" @click=${shell.retry}>
              ${words('retry')}
            </button>`
          : nothing
      }
    </section>
  `;
}

function renderMessage(name: 'guest' | 'empty' | 'error', { state, isHidden, words }: Shell, key: WordKey) {
  const isNow = state === name && !isHidden;
  return html`<div part=${isNow ? 'message' : nothing} class="words" ?hidden=${!isNow}>
    <slot name=${name}>${isNow ? words(key) : nothing}</slot>
  </div>`;
}

/** In the shopper's own language and clock. */
function asOf({ words }: Shell, time: number): string {
  return `${words('stale')} ${new Date(time).toLocaleTimeString([], { timeStyle: 'short' })}`;
}

function renderHeading({ heading, headingLevel }: Shell): TemplateResult {
  const level = [1, 2, 3, 4, 5, 6].includes(headingLevel) ? headingLevel : 2;
  return html`<div part="heading" id="heading" role="heading" aria-level=${level}>${heading}</div>`;
}

const row = html`<div class="row"><i class="square"></i><i></i></div>`;
const skeleton = html`<div part="skeleton" aria-hidden="true">
  <i></i><i class="block"></i>${row}${row}${row}
</div>`;
