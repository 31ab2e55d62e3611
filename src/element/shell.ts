// The box around the data: heading, skeleton, and the place for what a load brings.
import { html, nothing, type TemplateResult } from 'lit';
import type { Outcome } from './settled/index.js';

export interface Shell {
  isHidden: boolean;
  /** Nothing to show yet: the skeleton keeps the place. */
  isWaiting: boolean;
  isBusy: boolean;
  heading: string;
  headingLevel: number;
  content: unknown;
  /** Read out, and not seen. */
  heard: string | undefined;
  outcome: { [Key in keyof Outcome]?: unknown };
  /** For the merchant, in Page Builder's editor. */
  note: TemplateResult | undefined;
}

export function renderShell(shell: Shell): TemplateResult {
  const { isHidden, isWaiting, heading, note, outcome } = shell;
  return html`
    <section part="card" tabindex="-1" ?hidden=${isHidden} aria-labelledby=${heading ? 'heading' : nothing}>
      ${note ?? nothing} ${isHidden ? nothing : heading && renderHeading(shell)}
      <div class="data" aria-busy=${shell.isBusy}>
        <div ?hidden=${!isWaiting}>
          <slot name="loading">${isWaiting && !isHidden ? skeleton : nothing}</slot>
        </div>
        ${shell.content}
        <slot name="content"></slot>
      </div>
      <div role="status">
        <span class="heard">${isHidden ? nothing : (shell.heard ?? nothing)}</span>
        ${outcome.messages ?? nothing}
      </div>
      ${outcome.controls ?? nothing}
    </section>
  `;
}

function renderHeading({ heading, headingLevel }: Shell): TemplateResult {
  const level = /^[1-6]$/.test(String(headingLevel)) ? headingLevel : 2;
  return html`<div part="heading" id="heading" role="heading" aria-level=${level}>${heading}</div>`;
}

const row = html`<div class="row"><i class="square"></i><i></i></div>`;
const skeleton = html`<div part="skeleton" aria-hidden="true">
  <i></i><i class="block"></i>${row}${row}${row}
</div>`;
