// What this package brings into a theme: partials, the built module, settings, labels and words.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from './command-error.js';

export type Json = Record<string, unknown>;

export interface PackageFiles {
  version: string;
  /** Content by the path that a file gets in the theme. */
  files: Record<string, string>;
  settings: Json;
  /** A section of `schema.json`. */
  schema: Json & { name: string };
  translations: Json;
  /** The words by language, e.g. `de` or `pt-BR`. */
  words: Record<string, Record<string, string>>;
}

export const PARTIALS = 'templates/components/bc-customer-widget';
const ASSETS = 'assets/bc-customer-widget';

/** The module and the parts that it loads when they are needed; they find each other by these names. */
const MODULE_FILE = /^bc-customer-widget(-[\w-]+)?\.min\.js$/;

const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

/** @throws CommandError when the package has not been built */
export async function readPackageFiles(root = packageRoot): Promise<PackageFiles> {
  const text = (path: string) => readFile(join(root, path), 'utf8');
  const json = async (path: string) => JSON.parse(await text(path)) as Json;
  const built = await readdir(join(root, 'dist')).catch(() => []);
  const files: Record<string, string> = {};
  for (const name of built.filter((file) => MODULE_FILE.test(file))) {
    files[`${ASSETS}/${name}`] = await text(`dist/${name}`);
  }
  if (Object.keys(files).length === 0) {
    throw new CommandError('The package has not been built; run npm run build in its folder first.');
  }
  for (const name of await readdir(join(root, PARTIALS))) {
    files[`${PARTIALS}/${name}`] = await text(`${PARTIALS}/${name}`);
  }
  const words: PackageFiles['words'] = {};
  for (const name of await readdir(join(root, 'templates/lang'))) {
    words[name.replace('.json', '')] = (await json(`templates/lang/${name}`)) as Record<string, string>;
  }
  return {
    version: String((await json('package.json')).version),
    files,
    settings: await json('templates/config/settings.json'),
    schema: (await json('templates/config/schema.json')) as PackageFiles['schema'],
    translations: await json('templates/config/schemaTranslations.json'),
    words,
  };
}
