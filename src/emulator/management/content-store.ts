// What a merchant's content consists of: widget templates with versions, widgets, placements and scripts.
import type { SchemaTranslations, WidgetConfiguration, WidgetSchema } from '../../page-builder/index.js';

/** What a version of a template fixes. A widget shows the version that it was made with. */
export interface TemplateVersion {
  template: string;
  schema: WidgetSchema;
  schema_translations: SchemaTranslations;
  storefront_api_query: string;
}

export interface StoredTemplate {
  uuid: string;
  name: string;
  channel_id: number;
  current_version_uuid: string;
  date_created: string;
  date_modified: string;
  versions: Map<string, TemplateVersion>;
}

export interface StoredWidget {
  uuid: string;
  name: string;
  description: string;
  channel_id: number;
  version_uuid: string;
  widget_configuration: WidgetConfiguration;
  date_created: string;
  date_modified: string;
  /** The template stays with the widget: content outlives the app that brought the template. */
  template: StoredTemplate;
}

export interface StoredPlacement {
  uuid: string;
  widget_uuid: string;
  template_file: string;
  region: string;
  status: 'active' | 'inactive';
  sort_order: number;
  entity_id: string;
  channel_id: number;
  date_created: string;
  date_modified: string;
}

export interface StoredScript {
  uuid: string;
  name: string;
  description: string;
  kind: 'src' | 'script_tag';
  src: string;
  html: string;
  load_method: 'default' | 'async' | 'defer';
  location: 'head' | 'footer';
  visibility: 'storefront' | 'all_pages' | 'checkout' | 'order_confirmation';
  consent_category: 'essential' | 'functional' | 'analytics' | 'targeting' | 'unknown';
  auto_uninstall: boolean;
  enabled: boolean;
  integrity_hashes: { hash: string }[];
  channel_id: number;
  date_created: string;
  date_modified: string;
}

export interface ContentStore {
  templates: Map<string, StoredTemplate>;
  widgets: Map<string, StoredWidget>;
  placements: Map<string, StoredPlacement>;
  scripts: Map<string, StoredScript>;
}

export function createContentStore(): ContentStore {
  return { templates: new Map(), widgets: new Map(), placements: new Map(), scripts: new Map() };
}

/** The active placements of a page, in their order, with the widget that each one shows. */
export function placedOn(
  { placements, widgets }: ContentStore,
  templateFile: string,
): { placement: StoredPlacement; widget: StoredWidget }[] {
  return [...placements.values()]
    .filter(({ status, region, template_file: file }) => {
      // A region whose name ends in `--global` shows the same on every page that has it.
      return status === 'active' && (file === templateFile || region.endsWith('--global'));
    })
    .sort((one, other) => one.sort_order - other.sort_order)
    .flatMap((placement) => {
      const widget = widgets.get(placement.widget_uuid);
      return widget ? [{ placement, widget }] : [];
    });
}

/** The version that a widget shows. */
export function versionOf({ template, version_uuid: version }: StoredWidget): TemplateVersion | undefined {
  return template.versions.get(version);
}
