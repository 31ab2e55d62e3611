// The built-in look of a CustomerCard: text, facts, items and actions. Lit writes text, never markup.
import type { TemplateResult } from 'lit';
import { formatValue, regionOf } from '../format.js';
import type { ViewContext } from '../parts.js';
import { safeImage, safeLink } from '../safe-url.js';
import type { ParsedCard, Scalars } from './as-card.js';

export function renderCard(
  { text, facts, items, actions }: ParsedCard,
  context: ViewContext,
): TemplateResult {
  const { html } = context;
  const region = regionOf(context.element);
  const offers = actions.map((action) => renderAction(action, context)).filter(Boolean);
  return html`<div class="card">
    ${text && html`<p part="text">${text}</p>`}
    ${
      facts.length > 0
        ? html`<dl part="facts">
            ${facts.map(
              ({ label, value = '', format }) =>
                html`<div part="fact">
                  <dt part="fact-label">${label}</dt>
                  <dd part="fact-value">${formatValue(value, format, region)}</dd>
                </div>`,
            )}
          </dl>`
        : ''
    }
    ${
      items.length > 0
        ? html`<ul part="items" role="list">
            ${items.map((item) => renderItem(item, html))}
          </ul>`
        : ''
    }
    ${offers.length > 0 ? html`<div part="actions">${offers}</div>` : ''}
  </div>`;
}

function renderItem({ title, text, image, href, meta }: Scalars, html: ViewContext['html']): TemplateResult {
  const link = safeLink(href);
  const picture = safeImage(image);
  return html`
    <li part="item" class="row">
      ${picture && html`<img part="item-image" src=${picture} alt="" loading="lazy" />`}
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

function renderAction({ label, href, method, confirm }: Scalars, { html, act }: ViewContext) {
  if (method !== 'POST') {
    return safeLink(href) && html`<a part="action" class="button" href=${String(href)}>${label}</a>`;
  }
  const press = (event: Event) => {
    const control = event.currentTarget as HTMLButtonElement;
    act({
      href: String(href),
      confirm: confirm === undefined ? confirm : String(confirm),
      control,
      input: {},
    });
  };
  return (
    href && html`<button part="action" class="button primary" type="button" @click=${press}>${label}</button>`
  );
}
