// Reads a theme: its templates, and its JSON files with errors that name file and fault.
import { CommandError } from './command-error.js';
import type { Draft } from './draft.js';
import { PARTIALS } from './package-files.js';

/** @throws CommandError when the folder is not a Stencil theme */
export async function assertTheme(draft: Draft): Promise<void> {
  const templates = await listTemplates(draft);
  if ((await draft.read('config.json')) === undefined || templates.length === 0) {
    throw new CommandError(
      `${draft.folder} is not a Stencil theme: it has no config.json with a templates folder beside it.`,
    );
  }
}

/** Paths of the theme's own templates. */
export async function listTemplates(draft: Draft): Promise<string[]> {
  const paths = (await draft.list('templates')).map((file) => `templates/${file}`);
  return paths.filter((path) => path.endsWith('.html') && !path.startsWith(PARTIALS));
}

/** @throws CommandError when there is no such file, or it is not valid JSON of that kind */
export async function readJsonFile(draft: Draft, path: string, kind: 'object' | 'array') {
  const text = (await draft.read(path)) ?? '';
  let value: unknown;
  try {
    // A byte order mark is no JSON, but editors write it.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CommandError(`${path} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
  const found = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  if (found !== kind) throw new CommandError(`${path} should hold a JSON ${kind}, but holds this: ${found}.`);
  return { text, value: value as Record<string, unknown> };
}
