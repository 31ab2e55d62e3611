// Puts the widget into a theme, or brings an older installation up to date.
import { isDeepStrictEqual } from 'node:util';
import type { Draft } from './draft.js';
import { insertItem, insertProperty, replaceValue, type JsonPath } from './json-edit.js';
import type { Json, PackageFiles } from './package-files.js';
import { insertInclude, places, type PlaceName } from './places.js';
import { fingerprint, readRecord, RECORD, type InstallRecord } from './record.js';
import { assertTheme, listTemplates, readJsonFile } from './theme-files.js';

/** What the developer should know beside the changes themselves. */
export type Note = string;

/**
 * Drafts the changes that add the widget at these places: on the account page unless told otherwise, and where
 * it already is when it was added before.
 *
 * @throws CommandError when the folder is not a theme, or a file in it cannot be understood
 */
export async function draftAdd(draft: Draft, source: PackageFiles, where?: PlaceName[]): Promise<Note[]> {
  await assertTheme(draft);
  const earlier = await readRecord(draft);
  const record: InstallRecord = {
    version: source.version,
    files: {},
    inserted: { ...earlier?.inserted },
    created: [...(earlier?.created ?? [])],
  };
  const notes = [
    ...(await draftFiles(draft, source, earlier, record)),
    ...(await draftPlaces(draft, where ?? (earlier ? [] : ['account']))),
  ];
  await draftSettings(draft, source, record);
  await draftSchema(draft, source, record);
  await draftTranslations(draft, source, record);
  await draftWords(draft, source, record);
  await draft.write(RECORD, `${JSON.stringify(record, null, 2)}\n`);
  return notes;
}

async function draftFiles(
  draft: Draft,
  { files }: PackageFiles,
  earlier: InstallRecord | undefined,
  record: InstallRecord,
): Promise<Note[]> {
  const notes: Note[] = [];
  for (const [path, content] of Object.entries(files)) {
    const current = await draft.read(path);
    const installed = earlier?.files[path];
    const isOurs = current === undefined || current === content || fingerprint(current) === installed;
    // Kept as it was installed, so that the file still counts as changed next time.
    record.files[path] = isOurs ? fingerprint(content) : (installed ?? '');
    if (isOurs) {
      await draft.write(path, content);
      await draft.remove(`${path}.new`);
    } else if (installed !== fingerprint(content)) {
      await draft.write(`${path}.new`, content);
      notes.push(`${path} was changed in this theme and is kept; the new one is beside it as ${path}.new.`);
    }
  }
  for (const [path, installed] of Object.entries(earlier?.files ?? {})) {
    if (path in files) continue;
    const current = await draft.read(path);
    if (current !== undefined && fingerprint(current) === installed) await draft.remove(path);
  }
  return notes;
}

async function draftPlaces(draft: Draft, where: PlaceName[]): Promise<Note[]> {
  const notes: Note[] = [];
  const templates = await Promise.all((await listTemplates(draft)).map((path) => draft.read(path)));
  for (const name of where) {
    const place = places[name];
    // Also with parameters that the developer gave it.
    const isThere = (template?: string) => template?.includes(place.include.replace('}}', ''));
    if (templates.some(isThere)) continue;
    const template = await draft.read(place.template);
    const placed = template === undefined ? undefined : insertInclude(template, place);
    if (placed !== undefined) await draft.write(place.template, placed);
    else {
      notes.push(
        `No place for the widget was found in ${place.template}. Paste this line where it should show,` +
          ` on a line of its own, outside of loops:\n${place.include}`,
      );
    }
  }
  return notes;
}

async function draftSettings(draft: Draft, { settings }: PackageFiles, record: InstallRecord) {
  const path = 'config.json';
  const { value } = await readJsonFile(draft, path, 'object');
  if (!isObject(value.settings)) await insert(draft, record, path, [], 'settings', {});
  for (const [key, setting] of Object.entries(settings)) {
    // A value that is there is the developer's choice.
    await insert(draft, record, path, ['settings'], key, setting);
  }
}

async function draftSchema(draft: Draft, { schema }: PackageFiles, record: InstallRecord) {
  const path = 'schema.json';
  await createIfMissing(draft, record, path, '[]\n');
  const { text, value } = await readJsonFile(draft, path, 'array');
  const sections = value as unknown as Json[];
  const index = sections.findIndex((section) => section.name === schema.name);
  if (index < 0) await draft.write(path, insertItem(text, [], schema));
  else if (!isDeepStrictEqual(sections[index], schema)) {
    await draft.write(path, replaceValue(text, [index], schema));
  }
}

async function draftTranslations(draft: Draft, { translations }: PackageFiles, record: InstallRecord) {
  const path = 'schemaTranslations.json';
  await createIfMissing(draft, record, path, '{}\n');
  for (const [key, labels] of Object.entries(translations)) {
    if (await insert(draft, record, path, [], key, labels)) continue;
    const { text, value } = await readJsonFile(draft, path, 'object');
    if (!isDeepStrictEqual(value[key], labels)) await draft.write(path, replaceValue(text, [key], labels));
  }
}

async function draftWords(draft: Draft, source: PackageFiles, record: InstallRecord) {
  const key = 'bc_customer_widget';
  for (const file of (await draft.list('lang')).filter((name) => name.endsWith('.json'))) {
    const path = `lang/${file}`;
    const language = file.replace('.json', '');
    const words =
      source.words[language] ?? source.words[language.split('-')[0] ?? ''] ?? source.words.en ?? {};
    if (await insert(draft, record, path, [], key, words)) continue;
    const { text, value } = await readJsonFile(draft, path, 'object');
    // Words that are there may have been put better; only missing ones are added.
    const complete = { ...words, ...(value[key] as Json) };
    if (!isDeepStrictEqual(value[key], complete))
      await draft.write(path, replaceValue(text, [key], complete));
  }
}

/** Adds a property unless it is there, and remembers it; true when it was added. */
async function insert(
  draft: Draft,
  record: InstallRecord,
  path: string,
  at: JsonPath,
  key: string,
  value: unknown,
): Promise<boolean> {
  const file = await readJsonFile(draft, path, 'object');
  const parent = at.reduce<unknown>((object, step) => (object as Json)[step], file.value) as Json;
  if (key in parent) return false;
  await draft.write(path, insertProperty(file.text, at, key, value));
  (record.inserted[path] ??= []).push([...at, key]);
  return true;
}

async function createIfMissing(draft: Draft, record: InstallRecord, path: string, empty: string) {
  if ((await draft.read(path)) !== undefined) return;
  await draft.write(path, empty);
  record.created.push(path);
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
