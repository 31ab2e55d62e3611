// What a Page Builder widget template is made of: the shape of `schema.json` and of its translations.

/** One control of the side panel. Its value reaches the template under `id`. */
export interface WidgetSetting {
  type: string;
  id: string;
  label?: string;
  default?: unknown;
  typeMeta?: { placeholder?: string; selectOptions?: SelectOption[] };
  /** Shows the control only while another setting of the same list has one of the values. */
  conditional?: { key: string; operator: 'IN'; value: string | string[] };
}

export interface SelectOption {
  label: string;
  value: string;
}

export interface SchemaSection {
  label?: string;
  settings?: WidgetSetting[];
}

export interface SchemaTab {
  type: 'tab';
  label: string;
  sections: SchemaSection[];
}

/** A list of entries, each with settings of its own. */
export interface SchemaArray {
  type: 'array';
  id: string;
  label: string;
  entryLabel: string;
  schema: WidgetSchema;
}

export interface SchemaHidden {
  type: 'hidden';
  settings: Pick<WidgetSetting, 'id' | 'default'>[];
}

export type WidgetSchema = (SchemaTab | SchemaArray | SchemaHidden)[];

/** Words of the side panel: `{ 'i18n.Heading': { default: 'Heading', de: 'Überschrift' } }`. */
export type SchemaTranslations = Record<string, Record<string, string>>;

export interface WidgetTemplate {
  /** Handlebars, rendered by BigCommerce with the settings as its context. */
  html: string;
  schema: WidgetSchema;
  translations: SchemaTranslations;
}

/** The controls of the panel, one list for each `settings` array: conditions reach no further. */
export function settingLists(schema: WidgetSchema): WidgetSetting[][] {
  return schema.flatMap((element) => {
    if (element.type === 'tab') return element.sections.map(({ settings }) => settings ?? []);
    return element.type === 'array' ? settingLists(element.schema) : [];
  });
}
