// The HTML of a page's regions: the placed widgets inside the boxes that BigCommerce puts around them.
import { randomUUID } from 'node:crypto';
import { placedOn, versionOf, type ContentStore } from '../management/content-store.js';
import { renderWidget } from '../render-widget.js';

export interface RegionOptions {
  /** For the style elements around a widget. */
  nonce: string;
  /** True in Page Builder's editor. */
  isEditorMode?: boolean | undefined;
}

/** Renders the widgets of a page, by region. */
export async function renderRegions(
  content: ContentStore,
  templateFile: string,
  { nonce, isEditorMode = false }: RegionOptions,
): Promise<Record<string, string>> {
  const regions: Record<string, string> = {};
  for (const { placement, widget } of placedOn(content, templateFile)) {
    const template = versionOf(widget)?.template ?? '';
    const html = await renderWidget(template, widget.widget_configuration, { isEditorMode, id: widget.uuid });
    const box = widgetBox(html, widget.uuid, placement.uuid);
    regions[placement.region] = (regions[placement.region] ?? '') + layout(box, nonce);
  }
  return regions;
}

/** The box that the editor swaps when a setting changes. */
export function widgetBox(html: string, widgetId: string, placementId = widgetId): string {
  return `<div data-widget-id="${widgetId}" data-placement-id="${placementId}" data-placement-status="ACTIVE">${html}</div>`;
}

/** A layout of one column: what Page Builder makes of a widget that was dropped into an empty region. */
export function layout(widget: string, nonce: string): string {
  const [row, column] = [randomUUID(), randomUUID()];
  return `<div data-layout-id="${randomUUID()}"><div data-sub-layout-container="${row}" data-layout-name="Layout">
<style nonce="${nonce}" data-container-styling="${row}">[data-sub-layout-container="${row}"]{box-sizing:border-box;display:flex;flex-wrap:wrap;position:relative}</style>
<div data-sub-layout="${column}">
<style nonce="${nonce}" data-column-styling="${column}">[data-sub-layout="${column}"]{display:flex;flex-direction:column;box-sizing:border-box;flex-basis:100%;max-width:100%;position:relative;justify-content:center}</style>
${widget}
</div></div></div>`;
}
