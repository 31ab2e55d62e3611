// Puts a widget template into a store: finds it, creates or updates it, and looks at the result.
import { isDeepStrictEqual } from 'node:util';
import {
  defaultConfiguration,
  type SchemaTranslations,
  type WidgetSchema,
  type WidgetTemplate,
} from '../page-builder/index.js';
import { CommandError } from './command-error.js';
import type { ContentApi } from './publish-api.js';

/** How a template is found again: by its uuid, or by its name in a channel. */
export interface TemplateIdentity {
  name: string;
  uuid?: string | undefined;
  channel?: number | undefined;
}

/** The part of the API's answer that is used. */
export interface StoreTemplate {
  uuid: string;
  name: string;
  channel_id: number;
  template: string;
  schema: WidgetSchema;
  schema_translations?: SchemaTranslations;
}

export interface PublishResult {
  action: 'created' | 'updated' | 'unchanged';
  template: StoreTemplate;
}

const PATH = '/widget-templates';

/** The templates of a store that were not made by BigCommerce. */
export async function listTemplates(api: ContentApi, channel?: number): Promise<StoreTemplate[]> {
  const query = { widget_template_kind: 'custom', ...(channel && { 'channel_id:in': String(channel) }) };
  return (await api.list(PATH, query)) as StoreTemplate[];
}

/** @throws CommandError when several templates have the name, or none the uuid */
export async function findTemplate(
  api: ContentApi,
  { name, uuid, channel }: TemplateIdentity,
): Promise<StoreTemplate | undefined> {
  if (uuid) return (await api.call('GET', `${PATH}/${encodeURIComponent(uuid)}`)) as StoreTemplate;
  const found = (await listTemplates(api, channel)).filter((template) => template.name === name);
  if (found.length <= 1) return found[0];
  const choices = found.map((one) => `  ${one.uuid}  channel ${one.channel_id}`).join('\n');
  throw new CommandError(
    `${found.length} widget templates are called "${name}". Name one with --uuid, or its channel with --channel:\n${choices}`,
  );
}

/** What is sent. Translations go as JSON in a string, and come back as an object. */
export function templatePayload({ html, schema, translations }: WidgetTemplate, name: string) {
  return {
    name,
    template: html,
    schema,
    schema_translations: JSON.stringify(translations),
    storefront_api_query: '',
  };
}

/** Makes the store's template the same as ours. Run again, it changes nothing. */
export async function publishTemplate(
  api: ContentApi,
  template: WidgetTemplate,
  identity: TemplateIdentity,
  createNewVersion: boolean,
): Promise<PublishResult> {
  const existing = await findTemplate(api, identity);
  const payload = templatePayload(template, identity.name);
  const result = await write();
  await checkPreview(api, result.template.uuid, template);
  return result;

  async function write(): Promise<PublishResult> {
    if (!existing) {
      const body = { ...payload, ...(identity.channel && { channel_id: identity.channel }) };
      return { action: 'created', template: (await api.call('POST', PATH, body)) as StoreTemplate };
    }
    if (isSame(existing, template, identity.name)) return { action: 'unchanged', template: existing };
    const body = { ...payload, create_new_version: createNewVersion };
    const updated = await api.call('PUT', `${PATH}/${existing.uuid}`, body);
    return { action: 'updated', template: updated as StoreTemplate };
  }
}

export async function deleteTemplate(api: ContentApi, { uuid }: StoreTemplate): Promise<void> {
  await api.call('DELETE', `${PATH}/${uuid}`);
}

function isSame(existing: StoreTemplate, { html, schema, translations }: WidgetTemplate, name: string) {
  return (
    existing.name === name &&
    existing.template === html &&
    isDeepStrictEqual(existing.schema, schema) &&
    isDeepStrictEqual(existing.schema_translations, translations)
  );
}

/** The platform's own rendering must hold the element: what a merchant would drop on a page. */
async function checkPreview(api: ContentApi, uuid: string, { schema }: WidgetTemplate): Promise<void> {
  const body = { widget_configuration: defaultConfiguration(schema) };
  const preview = (await api.call('POST', `${PATH}/${uuid}/preview`, body)) as { html?: string } | undefined;
  if (preview?.html?.includes('<bc-customer-widget')) return;
  throw new CommandError(
    `The template ${uuid} is in the store, but BigCommerce renders it without <bc-customer-widget>.`,
  );
}
