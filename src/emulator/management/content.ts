// /v3/content: widget templates, widgets, placements, regions and scripts, as far as Page Builder uses them.
import { Hono } from 'hono';
import { InvalidBody, unprocessable } from './content-answers.js';
import { createScriptRoutes } from './content-scripts.js';
import type { ContentStore } from './content-store.js';
import { createTemplateRoutes } from './content-templates.js';
import {
  createPlacementRoutes,
  createRegionRoutes,
  createWidgetRoutes,
  type RegionFinder,
} from './content-widgets.js';

/** Creates the routes, to be mounted at `/v3/content`. */
export function createContentRoutes(store: ContentStore, regionsOf: RegionFinder): Hono {
  const app = new Hono();
  app.route('/widget-templates', createTemplateRoutes(store));
  app.route('/widgets', createWidgetRoutes(store));
  app.route('/placements', createPlacementRoutes(store));
  app.route('/regions', createRegionRoutes(regionsOf));
  app.route('/scripts', createScriptRoutes(store));
  app.onError((error, context) => {
    if (error instanceof InvalidBody) return unprocessable(context, error.errors);
    throw error;
  });
  return app;
}
