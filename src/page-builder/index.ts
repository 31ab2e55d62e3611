// Widget templates of Page Builder: reading, checking and what their settings come to. No network, no engine.
export {
  bundleFile,
  bundleParts,
  integrityOf,
  readBundle,
  readBundleFile,
  withBundle,
  withoutScripts,
  type Bundle,
  type BundleKind,
} from './bundle.js';
export { checkSchema } from './check-schema.js';
export { defaultConfiguration, withDefaults, type WidgetConfiguration } from './configuration.js';
export { lintWidgetTemplate } from './lint.js';
export { OWN_TEMPLATE_DIR, readWidgetTemplate } from './read-template.js';
export { checkTranslations, translate, writeOutOptions } from './translations.js';
export {
  settingLists,
  type SchemaTab,
  type SchemaTranslations,
  type WidgetSchema,
  type WidgetSetting,
  type WidgetTemplate,
} from './widget-schema.js';
