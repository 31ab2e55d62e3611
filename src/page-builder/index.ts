// Widget templates of Page Builder: reading, checking and what their settings come to. No network, no engine.
export {
  bundleFile,
  bundleParts,
  integrityOf,
  readBundle,
  readBundleFile,
  withBundle,
  withoutScripts,
  type BundleKind,
} from './bundle.js';
export { checkSchema } from './check-schema.js';
export { defaultConfiguration, withDefaults, type WidgetConfiguration } from './configuration.js';
export { lintWidgetTemplate } from './lint.js';
export { readWidgetTemplate } from './read-template.js';
export { checkTranslations, writeOutOptions } from './translations.js';
export {
  settingLists,
  type SchemaTranslations,
  type WidgetSchema,
  type WidgetSetting,
  type WidgetTemplate,
} from './widget-schema.js';
