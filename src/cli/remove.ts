// Takes out of a theme what `add` put into it, and nothing else.
import { CommandError } from './command-error.js';
import type { Draft } from './draft.js';
import { removeAt } from './json-edit.js';
import type { Json } from './package-files.js';
import { removeIncludes } from './places.js';
import { fingerprint, readRecord, RECORD } from './record.js';
import { assertTheme, listTemplates, readJsonFile } from './theme-files.js';
import type { Note } from './add.js';

const SECTION = 'i18n.BcCustomerWidget';

/**
 * Drafts the changes that take the widget out; no change when it is not installed.
 *
 * @throws CommandError when a template of the theme would still include a partial that is gone
 */
export async function draftRemove(draft: Draft): Promise<Note[]> {
  await assertTheme(draft);
  const record = await readRecord(draft);
  if (!record) return [];
  const notes: Note[] = [];
  for (const path of await listTemplates(draft)) {
    await draft.write(path, removeIncludes((await draft.read(path)) ?? ''));
  }
  for (const [path, installed] of Object.entries(record.files)) {
    await draft.remove(`${path}.new`);
    const current = await draft.read(path);
    if (current === undefined) continue;
    if (fingerprint(current) === installed) await draft.remove(path);
    else notes.push(`${path} was changed in this theme and is kept.`);
  }
  for (const [path, inserted] of Object.entries(record.inserted)) {
    if ((await draft.read(path)) === undefined) continue;
    let { text } = await readJsonFile(draft, path, 'object');
    for (const at of [...inserted].reverse()) text = removeAt(text, at);
    await draft.write(path, text);
  }
  await removeSection(draft);
  for (const path of record.created) {
    if (/^\s*(\{\s*\}|\[\s*\])\s*$/.test((await draft.read(path)) ?? '')) await draft.remove(path);
  }
  await draft.remove(RECORD);
  await assertUnused(draft);
  return notes;
}

async function removeSection(draft: Draft) {
  const path = 'schema.json';
  if ((await draft.read(path)) === undefined) return;
  const { text, value } = await readJsonFile(draft, path, 'array');
  const index = (value as unknown as Json[]).findIndex((section) => section.name === SECTION);
  if (index >= 0) await draft.write(path, removeAt(text, [index]));
}

/** A page that includes a partial which is gone is an error page. */
async function assertUnused(draft: Draft) {
  const partial = /\{\{~?#?>\s*["']?(components\/bc-customer-widget\/[\w-]+)/g;
  for (const path of await listTemplates(draft)) {
    for (const match of ((await draft.read(path)) ?? '').matchAll(partial)) {
      const name = match[1] ?? '';
      if ((await draft.read(`templates/${name}.html`)) !== undefined) continue;
      const line = match.input.slice(0, match.index).split('\n').length;
      throw new CommandError(`${path}, line ${line}, still includes ${name}. Take that line out first.`);
    }
  }
}
