// Renders a widget template with BigCommerce's own engine, in the context that a widget has: no page, no customer.
import { randomUUID } from 'node:crypto';
import Paper from '@bigcommerce/stencil-paper';
import type { WidgetConfiguration } from '../page-builder/index.js';

export interface WidgetContext {
  /** True in Page Builder's editor. */
  isEditorMode?: boolean;
  /** UUID of the widget. */
  id?: string;
}

/**
 * @returns the widget's HTML
 * @throws Error with the engine's reason when the template cannot be compiled or rendered
 */
export async function renderWidget(
  template: string,
  configuration: WidgetConfiguration,
  { isEditorMode = false, id = randomUUID() }: WidgetContext = {},
): Promise<string> {
  const nothing = { getTemplates: () => Promise.resolve({}), getTranslations: () => Promise.resolve({}) };
  // The platform names its engine for widgets `handlebars_v3`.
  const paper = new Paper({}, {}, nothing, 'handlebars-v3', console, 'info', {});
  return paper.renderString(template, {
    ...configuration,
    _: { id, context: { activeCurrencyCode: 'USD', isEditorMode } },
  });
}
