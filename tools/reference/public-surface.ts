// docs/public-surface.json: every name that users write down, so that none vanishes unnoticed. docs/upgrading.md
// says what each list promises.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/cli/program.js';
import { readWidgetTemplate, settingLists } from '../../src/page-builder/index.js';
import { reasons } from '../../src/server/errors.js';
import { problems } from '../../src/server/problem.js';
import type { ElementModel } from '../metadata/read-element.js';
import type { Entry } from './api-page.js';

/** Names by what they are names of. */
export type Surface = Record<string, string[]>;

export async function publicSurface(root: string, element: ElementModel, entries: Entry[]): Promise<Surface> {
  const names = (list: { name: string }[]) => list.map(({ name }) => name);
  const json = (path: string) =>
    JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, Record<string, unknown>>;
  const lists: Surface = {
    attributes: element.attributes.flatMap(({ name, type }) => withValues(name, type)),
    properties: names(element.properties),
    methods: names(element.methods),
    events: names(element.events),
    slots: names(element.slots),
    parts: names(element.parts),
    'custom properties': names(element.cssProperties),
    'template bindings': bindings(root),
    'theme settings': Object.keys(json('templates/config/settings.json')),
    'theme words': Object.keys(json('templates/lang/en.json')),
    'theme partials': readdirSync(join(root, 'templates/components/bc-customer-widget')),
    'Page Builder settings': await widgetSettings(root),
    transports: words(entries, /^Transport$/),
    'error codes': [...words(entries, /ErrorCode$/), ...Object.keys(reasons)],
    'exchange answers': Object.entries(problems).map(([code, [status]]) => `${status} ${code}`),
    commands: await commands(),
    'package entries': Object.keys(json('package.json').exports ?? {}),
    exports: entries.flatMap(({ name, exports }) => names(exports).map((one) => `${name} ${one}`)),
  };
  return Object.fromEntries(Object.entries(lists).map(([kind, list]) => [kind, [...new Set(list)].sort()]));
}

/** What one has and the other has not, as `kind: name`. */
export function missingFrom(surface: Surface, other: Surface): string[] {
  return Object.entries(other).flatMap(([kind, names]) =>
    names.filter((name) => !surface[kind]?.includes(name)).map((name) => `${kind}: ${name}`),
  );
}

/** `loading`, `loading=eager` … : a value that is no longer taken breaks a page as a name does. */
function withValues(name: string, type: string): string[] {
  return [name, ...[...type.matchAll(/"([\w-]+)"/g)].map(([, value]) => `${name}=${value!}`)];
}

function bindings(root: string): string[] {
  const code = ['src/element', 'src/stencil']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(join(root, folder, name), 'utf8')),
    )
    .join('\n')
    .replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
  const written = [...code.matchAll(/data-bc-[a-z]+(?:-[a-z]+)*/g)].map(([name]) => name);
  // The kinds that src/element/template/bindings.ts makes: `text: (binding, …) => …`.
  const kinds = [...code.matchAll(/^ {2}(\w+): \(binding\b/gm)].map(([, kind]) => `data-bc-${kind!}`);
  return [...written, ...kinds];
}

async function widgetSettings(root: string): Promise<string[]> {
  const { schema } = await readWidgetTemplate(join(root, 'templates/page-builder'));
  return settingLists(schema)
    .flat()
    .flatMap(({ id, typeMeta }) => {
      const options = (typeMeta as { selectOptions?: { value: string }[] } | undefined)?.selectOptions ?? [];
      return [id, ...options.map(({ value }) => `${id}=${value}`)];
    });
}

/** The words of exported unions of words. */
function words(entries: Entry[], type: RegExp): string[] {
  return entries
    .flatMap(({ exports }) => exports)
    .filter(({ name }) => type.test(name))
    .flatMap(({ declaration }) => [...declaration.matchAll(/'([\w-]+)'/g)].map(([, word]) => word!));
}

async function commands(): Promise<string[]> {
  const help = async (...command: string[]) => {
    let text = '';
    const write = (more: string) => (text += more);
    await run([...command, '--help'], { write, writeError: write });
    return text;
  };
  const names = [...(await help()).matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name!);
  const options = names
    .filter((name) => name !== 'help')
    .map(async (name) => {
      const found = [...(await help(name)).matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)];
      return [name, ...found.map(([, option]) => `${name} ${option!}`)];
    });
  return (await Promise.all(options)).flat().filter((name) => !name.endsWith(' --help'));
}
