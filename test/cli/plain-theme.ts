// The example theme as it would be without the widget: what `add` meets in the wild.
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../src/cli/program.js';
import { temporaryTheme, removeAtExit } from '../theme/temporary-theme.js';

type Json = Record<string, unknown>;

/** @param files further files by their path in the theme; they replace what is there */
export async function plainTheme(files: Record<string, string> = {}): Promise<string> {
  const source = await temporaryTheme();
  const theme = removeAtExit(await mkdtemp(join(tmpdir(), 'bcw-plain-')));
  const isOurs = (path: string) => /bc-customer-widget\b/.test(path.slice(source.length));
  await cp(source, theme, { recursive: true, filter: (path) => !isOurs(path) });
  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(theme, path)), { recursive: true });
    await writeFile(join(theme, path), content);
  };
  const edit = async (path: string, change: (text: string) => string) => {
    await write(path, change(await readFile(join(theme, path), 'utf8')));
  };
  const editJson = (path: string, change: (json: Json) => unknown) =>
    edit(path, (text) => `${JSON.stringify(change(JSON.parse(text) as Json), null, 4)}\n`);
  for (const path of (await readdir(join(theme, 'templates'), { recursive: true })).filter((name) =>
    name.endsWith('.html'),
  )) {
    await edit(join('templates', path), (text) => text.replace(/^.*bc-customer-widget.*\n/gm, ''));
  }
  await editJson('config.json', (config) => ({
    ...config,
    settings: Object.fromEntries(
      Object.entries(config.settings as Json).filter(([key]) => !key.startsWith('bcw_')),
    ),
  }));
  for (const file of await readdir(join(theme, 'lang'))) {
    await editJson(`lang/${file}`, (words) => {
      delete words.bc_customer_widget;
      return words;
    });
  }
  await write('schema.json', '[\n\t{ "name": "i18n.Colors", "settings": [] }\n]');
  await write('schemaTranslations.json', '{ "i18n.Colors": { "default": "Colors" } }\n');
  for (const [path, content] of Object.entries(files)) await write(path, content);
  return theme;
}

/** Every file of a folder by its path: equal snapshots mean an empty `git diff`. */
export async function snapshot(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  const contents = files.map(
    async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')] as const,
  );
  return Object.fromEntries(await Promise.all(contents));
}

/** A built package of a given version, with its partials changed where a test wants an older or newer one. */
export async function builtPackage(
  version = '1.0.0',
  partials: Record<string, string> = {},
): Promise<string> {
  const root = removeAtExit(await mkdtemp(join(tmpdir(), 'bcw-package-')));
  await cp('templates', join(root, 'templates'), { recursive: true });
  await mkdir(join(root, 'dist'));
  await writeFile(join(root, 'dist/bc-customer-widget.min.js'), `export const version = '${version}';\n`);
  await writeFile(join(root, 'package.json'), JSON.stringify({ version }));
  for (const [name, content] of Object.entries(partials)) {
    await writeFile(join(root, 'templates/components/bc-customer-widget', name), content);
  }
  return root;
}

export interface Outcome {
  code: number;
  out: string;
  error: string;
}

/** Runs the command line as a user would; `answer` is what they type when they are asked. */
export async function runCommand(args: string[], packageRoot: string, answer?: string): Promise<Outcome> {
  const outcome = { code: 0, out: '', error: '' };
  const code = await run(args, {
    write: (text) => (outcome.out += text),
    writeError: (text) => (outcome.error += text),
    ask: answer === undefined ? undefined : () => Promise.resolve(answer),
    packageRoot,
  });
  return { ...outcome, code };
}
