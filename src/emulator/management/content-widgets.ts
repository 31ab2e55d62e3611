// /v3/content/widgets, /placements and /regions: widgets on pages.
import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { WidgetConfiguration } from '../../page-builder/index.js';
import {
  inChannels,
  length,
  notFound,
  one,
  oneOf,
  page,
  readBody,
  unprocessable,
  type Body,
  type Fields,
} from './content-answers.js';
import type { ContentStore, StoredPlacement, StoredWidget } from './content-store.js';
import { answer as templateAnswer } from './content-templates.js';

/** The platform's limits. */
const MAXIMUM_CONFIGURATION_BYTES = 64 * 1024;
const MAXIMUM_PLACEMENTS_PER_FILE = 75;

const WIDGET_FIELDS: Fields = {
  name: { type: 'string', isRequired: true, check: length(1, 255) },
  description: { type: 'string' },
  widget_template_uuid: { type: 'string', isRequired: true },
  widget_configuration: { type: 'object', check: checkSize },
  channel_id: { type: 'integer' },
  upgrade: { type: 'boolean' },
};

export function createWidgetRoutes({ templates, widgets, placements }: ContentStore): Hono {
  const app = new Hono();

  app.get('/', (context) => {
    const { name, widget_template_uuid: template } = context.req.query();
    const found = inChannels(context, [...widgets.values()]).filter(
      (widget) =>
        (name === undefined || widget.name === name) &&
        (template === undefined || widget.template.uuid === template),
    );
    return page(context, found.map(widgetAnswer));
  });

  app.post('/', async (context) => {
    const body = await readBody(context, WIDGET_FIELDS);
    const template = templates.get(String(body.widget_template_uuid));
    if (!template) return unprocessable(context, { widget_template_uuid: 'is not a widget template' });
    const now = new Date().toISOString();
    const widget: StoredWidget = {
      uuid: randomUUID(),
      name: String(body.name),
      description: textOf(body, 'description'),
      channel_id: (body.channel_id as number | undefined) ?? template.channel_id,
      version_uuid: template.current_version_uuid,
      widget_configuration: (body.widget_configuration ?? {}) as WidgetConfiguration,
      date_created: now,
      date_modified: now,
      template,
    };
    widgets.set(widget.uuid, widget);
    return one(context, widgetAnswer(widget));
  });

  app.get('/:uuid', (context) => {
    const widget = widgets.get(context.req.param('uuid'));
    return widget ? one(context, widgetAnswer(widget)) : notFound(context);
  });

  app.put('/:uuid', async (context) => {
    const widget = widgets.get(context.req.param('uuid'));
    if (!widget) return notFound(context);
    const {
      name,
      description,
      widget_configuration: configuration,
      upgrade,
    } = await readBody(context, WIDGET_FIELDS, true);
    Object.assign(
      widget,
      { date_modified: new Date().toISOString() },
      name && { name },
      description !== undefined && { description },
      configuration && { widget_configuration: configuration },
      // A widget stays at its version until it is told to move.
      upgrade === true && { version_uuid: widget.template.current_version_uuid },
    );
    return one(context, widgetAnswer(widget));
  });

  app.delete('/:uuid', (context) => {
    const uuid = context.req.param('uuid');
    for (const placement of [...placements.values()]) {
      if (placement.widget_uuid === uuid) placements.delete(placement.uuid);
    }
    return widgets.delete(uuid) ? context.body(null, 204) : notFound(context);
  });

  return app;
}

const PLACEMENT_FIELDS: Fields = {
  widget_uuid: { type: 'string', isRequired: true },
  template_file: { type: 'string', isRequired: true, check: checkTemplateFile },
  region: { type: 'string' },
  status: { type: 'string', check: oneOf('active', 'inactive') },
  sort_order: { type: 'integer' },
  entity_id: { type: 'string' },
  channel_id: { type: 'integer' },
};

export function createPlacementRoutes({ widgets, placements }: ContentStore): Hono {
  const app = new Hono();
  const answer = (placement: StoredPlacement) => {
    const { widget_uuid: uuid, ...fields } = placement;
    const widget = widgets.get(uuid);
    return { ...fields, widget: widget ? widgetAnswer(widget) : null };
  };

  app.get('/', (context) => {
    const { widget_uuid: widget, template_file: file } = context.req.query();
    const found = inChannels(context, [...placements.values()]).filter(
      (placement) =>
        (widget === undefined || placement.widget_uuid === widget) &&
        (file === undefined || placement.template_file === file),
    );
    return page(context, found.map(answer));
  });

  app.post('/', async (context) => {
    const body = await readBody(context, PLACEMENT_FIELDS);
    const widget = widgets.get(String(body.widget_uuid));
    if (!widget) return unprocessable(context, { widget_uuid: 'is not a widget' });
    const beside = [...placements.values()].filter((other) => other.template_file === body.template_file);
    if (beside.length >= MAXIMUM_PLACEMENTS_PER_FILE) {
      return unprocessable(context, {
        template_file: `has ${MAXIMUM_PLACEMENTS_PER_FILE} placements, which is the most`,
      });
    }
    const now = new Date().toISOString();
    const placement: StoredPlacement = {
      uuid: randomUUID(),
      widget_uuid: widget.uuid,
      template_file: String(body.template_file),
      region: textOf(body, 'region'),
      status: (body.status as StoredPlacement['status'] | undefined) ?? 'inactive',
      sort_order: Number(body.sort_order ?? 1),
      entity_id: textOf(body, 'entity_id'),
      channel_id: (body.channel_id as number | undefined) ?? widget.channel_id,
      date_created: now,
      date_modified: now,
    };
    placements.set(placement.uuid, placement);
    return one(context, answer(placement));
  });

  app.get('/:uuid', (context) => {
    const placement = placements.get(context.req.param('uuid'));
    return placement ? one(context, answer(placement)) : notFound(context);
  });

  app.put('/:uuid', async (context) => {
    const placement = placements.get(context.req.param('uuid'));
    if (!placement) return notFound(context);
    const body = await readBody(context, PLACEMENT_FIELDS, true);
    if (typeof body.widget_uuid === 'string' && !widgets.has(body.widget_uuid)) {
      return unprocessable(context, { widget_uuid: 'is not a widget' });
    }
    return one(context, answer(Object.assign(placement, body, { date_modified: new Date().toISOString() })));
  });

  app.delete('/:uuid', (context) => {
    return placements.delete(context.req.param('uuid')) ? context.body(null, 204) : notFound(context);
  });

  return app;
}

/** Gives the regions of a theme's template file; undefined when the theme has no such file. */
export type RegionFinder = (templateFile: string) => Promise<string[] | undefined>;

export function createRegionRoutes(regionsOf: RegionFinder): Hono {
  const app = new Hono();
  app.get('/', async (context) => {
    const file = context.req.query('template_file');
    if (!file) return unprocessable(context, { template_file: 'is required' });
    const names = await regionsOf(file);
    return names ? context.json({ data: names.map((name) => ({ name })), meta: {} }) : missingFile(context);
  });
  return app;
}

const missingFile = (context: Context) => unprocessable(context, { template_file: 'is not in the theme' });

function widgetAnswer(widget: StoredWidget) {
  const { template, ...fields } = widget;
  return { ...fields, storefront_api_query_params: {}, widget_template: templateAnswer(template) };
}

function textOf(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

function checkSize(configuration: object): string | undefined {
  return Buffer.byteLength(JSON.stringify(configuration)) > MAXIMUM_CONFIGURATION_BYTES
    ? 'must have at most 64 KB'
    : undefined;
}

function checkTemplateFile(file: string): string | undefined {
  return /^pages\/[\w-]+(\/[\w-]+)*$/.test(file) ? undefined : 'must be a file such as pages/home';
}
