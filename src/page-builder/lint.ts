// What BigCommerce's validator lets through and a merchant would trip over.
import { checkSchema } from './check-schema.js';
import { checkTranslations } from './translations.js';
import {
  settingLists,
  type SchemaTranslations,
  type WidgetSchema,
  type WidgetSetting,
  type WidgetTemplate,
} from './widget-schema.js';

/**
 * Checks a widget template as a whole: the shape of its schema and translations, then that
 * - the schema is not empty (Page Builder calls such a widget incompatible);
 * - ids are unique identifiers, none is a secret, and all are used in the HTML, which uses no others;
 * - values are strings (`input`, `text`, `select`, `color`) and have a default, a select one of its options;
 * - a condition names a setting beside it and one of its options;
 * - every label is translated into every language, and no word is left over;
 * - the HTML quotes and escapes what it prints, asks for no customer, and nests no script.
 *
 * @returns one sentence for each fault; empty when there is none
 * @example
 * const template = await readWidgetTemplate('templates/page-builder');
 * for (const problem of lintWidgetTemplate(template)) console.error(problem);
 */
export function lintWidgetTemplate({ html, schema, translations }: WidgetTemplate): string[] {
  const shape = [...checkSchema(schema), ...checkTranslations(translations)];
  // The rest relies on the shape.
  if (shape.length > 0) return shape;
  return [
    ...(schema.length === 0 ? ['schema is empty: Page Builder would call the widget incompatible.'] : []),
    ...lintSettings(schema),
    ...lintUse(html, schema),
    ...lintLabels(schema, translations),
    ...lintHtml(html),
  ];
}

const STRING_TYPES = ['input', 'text', 'select', 'color'];

function lintSettings(schema: WidgetSchema): string[] {
  const lists = settingLists(schema);
  const ids = idsOf(schema);
  const duplicates = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [
    ...[...duplicates].map((id) => `${id} is the id of more than one setting.`),
    ...lists.flatMap((list) => list.flatMap((setting) => lintSetting(setting, list))),
  ];
}

function lintSetting(setting: WidgetSetting, beside: WidgetSetting[]): string[] {
  const { id, type, conditional } = setting;
  const problems: string[] = [];
  if (!/^[A-Za-z_]\w*$/.test(id)) problems.push(`${id}: an id is letters, digits and underscores.`);
  if (/secret|passw|token/i.test(id)) {
    problems.push(`${id}: settings are printed into the page; a secret cannot be one.`);
  }
  if (!STRING_TYPES.includes(type))
    problems.push(`${id}: ${type} gives no string; use a select or an input.`);
  if (setting.default === undefined) problems.push(`${id} has no default.`);
  if (type === 'select' && !optionsOf(setting).includes(String(setting.default))) {
    problems.push(`${id}: the default is none of the options.`);
  }
  if (conditional) {
    const key = beside.find((other) => other.id === conditional.key && other !== setting);
    const options = key ? optionsOf(key) : [];
    if (!key) problems.push(`${id}: the condition names ${conditional.key}, which is not in its list.`);
    else if (![conditional.value].flat().every((value) => options.includes(value))) {
      problems.push(`${id}: the condition asks for a value that ${conditional.key} does not have.`);
    }
  }
  return problems;
}

function lintUse(html: string, schema: WidgetSchema): string[] {
  const known = idsOf(schema);
  const used = usedNames(html);
  return [
    ...(used.has('customer')
      ? ['widget.html uses "customer": there is none in a widget template, on no page.']
      : []),
    ...[...used]
      .filter((name) => name !== 'customer' && !known.includes(name))
      .map((name) => `widget.html uses "${name}", which is no setting.`),
    ...known.filter((id) => !used.has(id)).map((id) => `${id} is not used in widget.html.`),
  ];
}

function lintLabels(schema: WidgetSchema, translations: SchemaTranslations): string[] {
  const labels = new Set(labelsOf(schema));
  const languages = new Set(Object.values(translations).flatMap((words) => Object.keys(words)));
  return [
    ...[...labels]
      .filter((label) => !Object.hasOwn(translations, label))
      .map((label) => `The label "${label}" has no translation.`),
    ...Object.entries(translations).flatMap(([key, words]) => [
      ...(labels.has(key) ? [] : [`${key} is translated and not used.`]),
      ...[...languages]
        .filter((language) => !words[language]?.trim())
        .map((language) => `${key} has no word for "${language}".`),
    ]),
  ];
}

function lintHtml(html: string): string[] {
  const source = withoutComments(html);
  const problems: string[] = [];
  if (source.trim() === '') problems.push('widget.html is empty.');
  if (/=\s*\{\{/.test(source)) {
    problems.push('widget.html prints a value into an attribute without quotes: a space would end it.');
  }
  if (/\{\{\{|\{\{&/.test(source)) {
    problems.push('widget.html prints a value as markup: use two braces, which escape it.');
  }
  if (hasNestedScript(source)) {
    problems.push('widget.html has a script inside another element: Page Builder cannot move it from there.');
  }
  return problems;
}

const VOID_ELEMENTS = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

function hasNestedScript(source: string): boolean {
  let depth = 0;
  // Quoted values are skipped, so that a ">" in one does not end the tag.
  for (const [, slash, name = ''] of source.matchAll(/<(\/?)([a-z][\w-]*)(?:"[^"]*"|'[^']*'|[^'">])*>/gi)) {
    if (VOID_ELEMENTS.test(name)) continue;
    if (slash) depth--;
    else if (name.toLowerCase() === 'script' && depth > 0) return true;
    else depth++;
  }
  return false;
}

/** The names at the beginning of paths in mustaches, without helpers, keywords and the platform's own `_`. */
function usedNames(html: string): Set<string> {
  const names = new Set<string>();
  for (const [, content = ''] of withoutComments(html).matchAll(/\{\{\{?([^{}]*)\}\}/g)) {
    const code = content
      .replace(/"[^"]*"|'[^']*'/g, '0')
      .replace(/[\w-]+=/g, ' ')
      // The first word in parentheses is a helper.
      .replace(/\(\s*[\w-]+/g, ' ')
      .replace(/^\s*else\s+\w+/, 'else');
    const words = code
      .replace(/[~#^/&()]/g, ' ')
      .trim()
      .split(/\s+/);
    const isClosing = /^~?\//.test(code.trim());
    // With arguments behind it, the first word is a helper; a name alone is a value.
    const paths = isClosing ? [] : words.length > 1 ? words.slice(1) : words;
    for (const path of paths) {
      const [name = ''] = path.replace(/^(?:\.\.\/|this\.)+/, '').split('.');
      if (/^[A-Za-z]\w*$/.test(name) && !KEYWORDS.has(name)) names.add(name);
    }
  }
  return names;
}

const KEYWORDS = new Set(['else', 'this', 'true', 'false', 'null', 'undefined', 'as']);

const withoutComments = (html: string) =>
  html.replace(/\{\{!--[^]*?--~?\}\}|\{\{![^]*?\}\}|<!--[^]*?-->/g, '');

function idsOf(schema: WidgetSchema): string[] {
  const own = settingLists(schema).flatMap((list) => list.map(({ id }) => id));
  const others = schema.flatMap((element) => {
    if (element.type === 'hidden') return element.settings.map(({ id }) => id);
    return element.type === 'array' ? [element.id] : [];
  });
  return [...own, ...others];
}

function labelsOf(schema: WidgetSchema): string[] {
  const labels: string[] = [];
  JSON.stringify(schema, (key, value: unknown) => {
    if ((key === 'label' || key === 'entryLabel') && typeof value === 'string') labels.push(value);
    return value;
  });
  return labels;
}

const optionsOf = ({ typeMeta }: WidgetSetting) => typeMeta?.selectOptions?.map(({ value }) => value) ?? [];
