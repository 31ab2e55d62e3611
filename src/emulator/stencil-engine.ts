// Renders a theme's pages with BigCommerce's own engine, reading the theme anew for every page.
import { readdir, readFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import Paper from '@bigcommerce/stencil-paper';

export type TemplateEngine = 'handlebars-v3' | 'handlebars-v4';

export interface EngineOptions {
  /** Folder of the theme, the one that holds `config.json`. */
  themeDir: string;
  /** What a merchant saved in the theme editor: overrides the settings in `config.json`. */
  themeSettings?: Record<string, unknown>;
  /** Default: `template_engine` of `config.json`, else `handlebars-v3`, the platform's default. */
  engine?: TemplateEngine;
}

export interface Page {
  /** Template name without folder and ending, e.g. `pages/home`. */
  template: string;
  /** What the template can use, without `theme_settings`. `settings` also configures the helpers. */
  context: { settings: object } & Record<string, unknown>;
  /** What `{{nonce}}` gives. */
  nonce: string;
  /** What Page Builder put into the theme's regions, as HTML by the region's name. */
  regions?: Record<string, string>;
  acceptLanguage?: string;
}

export interface StencilEngine {
  themeSettings: () => Promise<Record<string, unknown>>;
  /** @throws ThemeError naming the template or file that is at fault */
  render: (page: Page) => Promise<string>;
  /** Names of the regions that a template and its partials have; undefined when there is no such template. */
  regions: (template: string) => Promise<string[] | undefined>;
}

/** A fault in the theme itself; `file` is relative to the theme's folder. */
export class ThemeError extends Error {
  override name = 'ThemeError';
  constructor(
    readonly file: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${reason}`, options);
  }
}

interface ThemeConfig {
  template_engine?: string;
  settings?: Record<string, unknown>;
  variations?: { settings?: Record<string, unknown> }[];
}

/** Renders the pages of a theme as the platform does; a change of the theme shows with the next page. */
export function createStencilEngine(options: EngineOptions): StencilEngine {
  const { themeDir } = options;
  const readConfig = async () => (await readJson(themeDir, 'config.json')) as ThemeConfig;
  const mergeSettings = (config: ThemeConfig) => ({
    ...config.settings,
    ...config.variations?.[0]?.settings,
    ...options.themeSettings,
  });
  return {
    themeSettings: async () => mergeSettings(await readConfig()),
    async render({ template, context, nonce, regions = {}, acceptLanguage = 'en' }) {
      const config = await readConfig();
      const themeSettings = mergeSettings(config);
      const engine =
        options.engine ?? (config.template_engine === 'handlebars_v4' ? 'handlebars-v4' : 'handlebars-v3');
      const assembler = {
        getTemplates: async (path: string, process: (templates: Record<string, string>) => unknown) => {
          const templates = await collectTemplates(themeDir, path);
          try {
            return process(templates);
          } catch (error) {
            throw faultyTemplate(templates, process) ?? error;
          }
        },
        getTranslations: () => readTranslations(themeDir),
      };
      // One Paper a page: registered partials are never replaced. Any logger but the console itself
      // would make Paper replace the global console's methods.
      const params = { security: { nonce } };
      const paper = new Paper(context.settings, themeSettings, assembler, engine, console, 'info', params);
      paper.setContent(regions);
      await paper.loadTheme(template, acceptLanguage);
      try {
        return await paper.render(template, { ...context, theme_settings: themeSettings });
      } catch (error) {
        throw new ThemeError(templateFile(template), messageOf(error), { cause: error });
      }
    },
    async regions(template) {
      try {
        const sources = Object.values(await collectTemplates(themeDir, template));
        const names = sources.flatMap((source) => [...source.matchAll(REGION)].map(([, name = '']) => name));
        return [...new Set(names)];
      } catch (error) {
        if (error instanceof ThemeError && error.file === templateFile(template)) return undefined;
        throw error;
      }
    },
  };
}

/** Compiles one by one: the engine's own error does not say which template it is about. */
function faultyTemplate(
  templates: Record<string, string>,
  process: (templates: Record<string, string>) => unknown,
) {
  for (const [name, source] of Object.entries(templates)) {
    try {
      process({ [name]: source });
    } catch (error) {
      return new ThemeError(templateFile(name), messageOf(error), { cause: error });
    }
  }
  return undefined;
}

const FRONT_MATTER = /^---\r?\n[\s\S]*?\r?\n---\r?\n/;
const PARTIAL = /\{\{~?#?>\s*["']?([\w\-/@]+)["']?[^{]*?\}\}/g;
const DYNAMIC = /\{\{~?\s*dynamicComponent\s*["']([\w\-/]+)["'].*?\}\}/g;
const REGION = /\{\{\{~?\s*region\s[^}]*?name=["']([\w-]+)["']/g;

/** The template and every partial that it reaches, as the platform assembles them. */
async function collectTemplates(themeDir: string, first: string): Promise<Record<string, string>> {
  const found = new Map<string, string>();
  const visit = async (name: string, includedBy?: string): Promise<void> => {
    if (found.has(name) || name === '@partial-block') return;
    const source = await readTemplate(themeDir, name, includedBy);
    found.set(name, source);
    for (const [, partial] of source.matchAll(PARTIAL)) if (partial) await visit(partial, name);
    for (const [, folder] of source.matchAll(DYNAMIC)) {
      const files = folder ? await readdir(join(themeDir, 'templates', folder)) : [];
      for (const file of files) await visit(`${folder ?? ''}/${parse(file).name}`, name);
    }
  };
  await visit(first);
  return Object.fromEntries(found);
}

async function readTemplate(themeDir: string, name: string, includedBy?: string): Promise<string> {
  try {
    const source = await readFile(join(themeDir, templateFile(name)), 'utf8');
    return source.replace(FRONT_MATTER, '');
  } catch (error) {
    const asked = includedBy ? `, included by ${templateFile(includedBy)}` : '';
    throw new ThemeError(templateFile(name), `the theme has no such template${asked}.`, { cause: error });
  }
}

async function readTranslations(themeDir: string): Promise<Record<string, unknown>> {
  const files = await readdir(join(themeDir, 'lang')).catch(() => [] as string[]);
  const languages = files
    .filter((file) => file.endsWith('.json'))
    .map(async (file) => [parse(file).name.toLowerCase(), await readJson(themeDir, `lang/${file}`)] as const);
  return Object.fromEntries(await Promise.all(languages));
}

async function readJson(themeDir: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(themeDir, file), 'utf8')) as unknown;
  } catch (error) {
    throw new ThemeError(file, messageOf(error), { cause: error });
  }
}

const templateFile = (name: string) => `templates/${name}.html`;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
