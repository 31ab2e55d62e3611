// The values that a widget has when it is dropped.
import { settingLists, type WidgetSchema } from './widget-schema.js';

/** A widget's values by setting id, as BigCommerce stores them in `widget_configuration`. */
export type WidgetConfiguration = Record<string, unknown>;

/** The configuration of a widget that was just dropped. Like BigCommerce's, it leaves falsy defaults out. */
export function defaultConfiguration(schema: WidgetSchema): WidgetConfiguration {
  const settings = settingLists(schema).flat();
  return Object.fromEntries(
    settings.filter((setting) => setting.default).map((setting) => [setting.id, setting.default]),
  );
}

/** The schema with other defaults: what a merchant finds filled in. Ids that it does not have are left out. */
export function withDefaults(schema: WidgetSchema, values: Record<string, string>): WidgetSchema {
  const copy = structuredClone(schema);
  for (const setting of settingLists(copy).flat()) {
    const value = values[setting.id];
    if (value !== undefined) setting.default = value;
  }
  return copy;
}
