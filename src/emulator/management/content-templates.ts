// /v3/content/widget-templates: what Page Builder lists under "Custom".
import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import {
  checkSchema,
  checkTranslations,
  type SchemaTranslations,
  type WidgetConfiguration,
  type WidgetSchema,
} from '../../page-builder/index.js';
import { renderWidget } from '../render-widget.js';
import {
  inChannels,
  length,
  notFound,
  one,
  page,
  readBody,
  unprocessable,
  type Body,
  type Fields,
} from './content-answers.js';
import type { ContentStore, StoredTemplate, TemplateVersion } from './content-store.js';

/** The platform's limit for a channel. */
const MAXIMUM_TEMPLATES = 1000;

const FIELDS: Fields = {
  name: { type: 'string', isRequired: true, check: length(1, 255) },
  template: { type: 'string', isRequired: true, check: length(1, Infinity) },
  schema: { type: 'array', check: (schema: unknown[]) => checkSchema(schema)[0] },
  schema_translations: { type: 'string', check: checkStringified },
  storefront_api_query: { type: 'string' },
  channel_id: { type: 'integer' },
  create_new_version: { type: 'boolean' },
};

export function createTemplateRoutes({ templates }: ContentStore): Hono {
  const app = new Hono();
  const find = (context: Context) => templates.get(context.req.param('uuid') ?? '');

  app.get('/', (context) => {
    const kind = context.req.query('widget_template_kind') ?? 'custom';
    const all = kind === 'custom' ? inChannels(context, [...templates.values()]) : [];
    return page(
      context,
      all.map((template) => answer(template)),
    );
  });

  app.post('/', async (context) => {
    const body = await readBody(context, FIELDS);
    const channelId = (body.channel_id as number | undefined) ?? 1;
    const beside = [...templates.values()].filter((template) => template.channel_id === channelId);
    if (beside.length >= MAXIMUM_TEMPLATES) {
      return unprocessable(context, { name: `a channel has at most ${MAXIMUM_TEMPLATES} templates` });
    }
    const problem = await problemOf(String(body.template));
    if (problem) return unprocessable(context, { template: problem });
    const now = new Date().toISOString();
    const version = randomUUID();
    const template: StoredTemplate = {
      uuid: randomUUID(),
      name: String(body.name),
      channel_id: channelId,
      current_version_uuid: version,
      date_created: now,
      date_modified: now,
      versions: new Map([[version, versionFrom(body, EMPTY)]]),
    };
    templates.set(template.uuid, template);
    return one(context, answer(template));
  });

  app.post('/preview', async (context) => {
    const { widget_template: html, widget_configuration: configuration } = await readBody(context, {
      widget_template: { type: 'string', isRequired: true },
      widget_configuration: { type: 'object' },
    });
    return preview(context, String(html), configuration as WidgetConfiguration);
  });

  app.get('/:uuid', (context) => {
    const template = find(context);
    const version = template && (context.req.query('version_uuid') ?? template.current_version_uuid);
    return version && template.versions.has(version)
      ? one(context, answer(template, version))
      : notFound(context);
  });

  app.put('/:uuid', async (context) => {
    const template = find(context);
    if (!template) return notFound(context);
    const body = await readBody(context, FIELDS, true);
    const problem = typeof body.template === 'string' ? await problemOf(body.template) : undefined;
    if (problem) return unprocessable(context, { template: problem });
    const current = template.versions.get(template.current_version_uuid) ?? EMPTY;
    // Without a new version the current one changes in place, and with it every widget that shows it.
    const version = body.create_new_version === true ? randomUUID() : template.current_version_uuid;
    template.versions.set(version, versionFrom(body, current));
    template.current_version_uuid = version;
    if (typeof body.name === 'string') template.name = body.name;
    template.date_modified = new Date().toISOString();
    return one(context, answer(template));
  });

  app.delete('/:uuid', (context) => {
    return templates.delete(context.req.param('uuid')) ? context.body(null, 204) : notFound(context);
  });

  app.post('/:uuid/preview', async (context) => {
    const template = find(context);
    const version = template?.versions.get(template.current_version_uuid);
    if (!version) return notFound(context);
    const body = await readBody(context, { widget_configuration: { type: 'object' } });
    return preview(context, version.template, body.widget_configuration as WidgetConfiguration | undefined);
  });

  return app;
}

const EMPTY: TemplateVersion = {
  template: '',
  schema: [],
  schema_translations: {},
  storefront_api_query: '',
};

function versionFrom(body: Body, before: TemplateVersion): TemplateVersion {
  const translations = body.schema_translations;
  return {
    template: typeof body.template === 'string' ? body.template : before.template,
    schema: body.schema ? (body.schema as WidgetSchema) : before.schema,
    schema_translations:
      typeof translations === 'string'
        ? (JSON.parse(translations) as SchemaTranslations)
        : before.schema_translations,
    storefront_api_query:
      typeof body.storefront_api_query === 'string' ? body.storefront_api_query : before.storefront_api_query,
  };
}

/** A template as the API returns it, in a version. Translations come back as an object. */
export function answer(template: StoredTemplate, version = template.current_version_uuid) {
  const { versions, ...fields } = template;
  return {
    ...fields,
    ...versions.get(version),
    kind: 'custom',
    icon_name: 'default',
    template_engine: 'handlebars_v3',
    client_rerender: false,
  };
}

/** Why the engine cannot compile a template; nothing when it can. */
async function problemOf(html: string): Promise<string | undefined> {
  try {
    await renderWidget(html, {});
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function preview(context: Context, html: string, configuration: WidgetConfiguration = {}) {
  try {
    return one(context, { html: await renderWidget(html, configuration) });
  } catch (error) {
    return unprocessable(context, { details: (error as Error).message });
  }
}

function checkStringified(text: string): string | undefined {
  try {
    return checkTranslations(JSON.parse(text))[0];
  } catch {
    return 'must be JSON in a string';
  }
}
