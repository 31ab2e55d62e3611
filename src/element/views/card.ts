// The built-in look of a CustomerCard: text, facts, items and links. Lit writes text, never markup.
import { html, nothing, type TemplateResult } from 'lit';
import type { CardAction, CardFact, CardItem } from '../../card.js';
import type { ParsedCard } from './as-card.js';
import { formatValue, type FormatOptions } from './format.js';
import { safeImage, safeLink } from './safe-url.js';

export function renderCard(card: ParsedCard, options: FormatOptions): TemplateResult {
  const { text, facts, items, actions } = card;
  const links = actions.filter(({ method, href }) => method !== 'POST' && safeLink(href));
  return html`
    ${text ? html`<p part="text" class="text">${text}</p>` : nothing}
    ${facts.length > 0 ? html`<dl part="facts" class="facts">${facts.map((fact) => renderFact(fact, options))}</dl>` : nothing}
    ${
      items.length > 0
        ? html`<ul part="items" class="items" role="list">
            ${items.map(renderItem)}
          </ul>`
        : nothing
    }
    ${links.length > 0 ? html`<div part="actions" class="actions">${links.map(renderLink)}</div>` : nothing}
  `;
}

/** The place a card will take, in grey: so that nothing moves when it arrives. */
export function renderSkeleton(withHeading: boolean): TemplateResult {
  const row = html`<div class="row"><span class="bone picture"></span><span class="bone line"></span></div>`;
  return html`
    <div part="skeleton" class="skeleton" aria-hidden="true">
      ${withHeading ? nothing : html`<span class="bone title"></span>`}
      <span class="bone line"></span>
      <div class="facts">
        <span class="bone fact"></span><span class="bone fact"></span><span class="bone fact"></span>
      </div>
      ${row} ${row} ${row}
    </div>
  `;
}

function renderFact({ label, value, format }: CardFact, options: FormatOptions): TemplateResult {
  return html`
    <div part="fact" class="fact">
      <dt part="fact-label">${label}</dt>
      <dd part="fact-value">${formatValue(value, format, options)}</dd>
    </div>
  `;
}

function renderItem({ title, text, image, href, meta }: CardItem): TemplateResult {
  const link = safeLink(href);
  const picture = safeImage(image);
  return html`
    <li part="item" class="item">
      ${
        picture
          ? html`<img
              part="item-image"
              class="picture"
              src=${picture}
              alt=""
              width="56"
              height="56"
              loading="lazy"
            />`
          : nothing
      }
      <div class="item-text">
        ${link ? html`<a part="item-link" href=${link}>${title}</a>` : html`<span part="item-title">${title}</span>`}
        ${text ? html`<span part="item-description" class="muted">${text}</span>` : nothing}
      </div>
      ${meta ? html`<span part="item-meta" class="muted meta">${meta}</span>` : nothing}
    </li>
  `;
}

function renderLink({ label, href }: CardAction): TemplateResult {
  return html`<a part="action" class="action" href=${href}>${label}</a>`;
}
