// Reads a widget template's folder: `widget.html`, `schema.json` and, where there is one, `schema_translations.json`.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SchemaTranslations, WidgetSchema, WidgetTemplate } from './widget-schema.js';

/** The template of `<bc-customer-widget>` that comes with this package. */
export const OWN_TEMPLATE_DIR = fileURLToPath(new URL('../../templates/page-builder', import.meta.url));

/**
 * Reads a widget template as it is on disk; `lintWidgetTemplate` says whether it is a good one.
 *
 * @throws Error naming the file that is missing or no JSON
 * @example
 * const { html, schema } = await readWidgetTemplate('my-widget');
 */
export async function readWidgetTemplate(folder = OWN_TEMPLATE_DIR): Promise<WidgetTemplate> {
  const html = await read(folder, 'widget.html');
  const schema = parse(await read(folder, 'schema.json'), join(folder, 'schema.json')) as WidgetSchema;
  const words = await read(folder, 'schema_translations.json', '{}');
  const translations = parse(words, join(folder, 'schema_translations.json')) as SchemaTranslations;
  return { html, schema, translations };
}

async function read(folder: string, file: string, otherwise?: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (error) {
    if (otherwise !== undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise;
    throw new Error(`${join(folder, file)} cannot be read: a widget template has one.`, { cause: error });
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
