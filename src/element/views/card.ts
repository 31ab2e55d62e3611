// The built-in look of a CustomerCard: text, facts, items and links. Lit writes text, never markup.
import { html, nothing, type TemplateResult } from 'lit';
import type { ParsedCard, Scalars } from './as-card.js';
import { formatValue } from './format.js';
import { safeImage, safeLink } from './safe-url.js';

export function renderCard({ text, facts, items, actions }: ParsedCard, language: string): TemplateResult {
  const links = actions.filter(({ method, href }) => method !== 'POST' && safeLink(href));
  return html`
    ${text && html`<p part="text">${text}</p>`}
    ${
      facts.length > 0
        ? html`<dl part="facts">
            ${facts.map(
              ({ label, value = '', format }) =>
                html`<div part="fact">
                  <dt part="fact-label">${label}</dt>
                  <dd part="fact-value">${formatValue(value, format, language)}</dd>
                </div>`,
            )}
          </dl>`
        : nothing
    }
    ${
      items.length > 0
        ? html`<ul part="items" role="list">
            ${items.map(renderItem)}
          </ul>`
        : nothing
    }
    ${
      links.length > 0
        ? html`<div part="actions">
            ${links.map(({ label, href }) => html`<a part="action" class="button" href=${href}>${label}</a>`)}
          </div>`
        : nothing
    }
  `;
}

function renderItem({ title, text, image, href, meta }: Scalars): TemplateResult {
  const link = safeLink(href);
  const picture = safeImage(image);
  return html`
    <li part="item" class="row">
      ${picture && html`<img part="item-image" src=${picture} alt="" width="56" height="56" loading="lazy" />`}
      <div>
        <span>
          ${link ? html`<a part="item-link" href=${link}>${title}</a>` : html`<span part="item-title">${title}</span>`}
          ${text && html`<small part="item-text">${text}</small>`}
        </span>
        ${meta && html`<small part="item-meta">${meta}</small>`}
      </div>
    </li>
  `;
}

/** The place that a card will take, in grey, so that nothing moves when it arrives. */
export function renderSkeleton(): TemplateResult {
  const row = html`<div class="row"><i class="square"></i><i></i></div>`;
  return html`<div part="skeleton" aria-hidden="true"><i></i><i class="block"></i>${row}${row}${row}</div>`;
}
