// The words of the side panel: checked as BigCommerce's validator does, and looked up by language.
import type { SchemaTranslations, WidgetSchema } from './widget-schema.js';

const KEY = /^i18n\.\w+$/;
const LANGUAGE = /^[a-z]{2}(-[a-zA-Z0-9]{2,})?$/;

/** @returns one sentence for each fault in the shape of a `schema_translations.json` */
export function checkTranslations(translations: unknown): string[] {
  if (!isObject(translations)) return ['schema_translations must be an object.'];
  return Object.entries(translations).flatMap(([key, words]) => {
    if (!KEY.test(key)) return [`${key}: a key is "i18n." and letters, digits or underscores.`];
    if (!isObject(words)) return [`${key} must be an object with a word for each language.`];
    return [
      ...('default' in words ? [] : [`${key} has no "default".`]),
      ...Object.entries(words).flatMap(([language, word]) => [
        // "default" itself is not of that form; it is its own rule.
        ...(language === 'default' || LANGUAGE.test(language)
          ? []
          : [`${key}: "${language}" is not a language such as "de" or "pt-BR".`]),
        ...(typeof word === 'string' ? [] : [`${key}.${language} must be a string.`]),
      ]),
    ];
  });
}

/** The word of a label in a language, else in its default; a label that is no key is itself. */
export function translate(
  label: string,
  translations: SchemaTranslations,
  language: string | undefined,
): string {
  const words = Object.hasOwn(translations, label) ? translations[label] : undefined;
  return (language && words?.[language]) ?? words?.default ?? label;
}

/**
 * Writes the labels of select options out in one language. BigCommerce documents the look-up of `i18n.` keys
 * for the labels of settings; its own example has plain labels in `selectOptions`.
 */
export function writeOutOptions(
  schema: WidgetSchema,
  translations: SchemaTranslations,
  language?: string,
): WidgetSchema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key !== 'selectOptions' || !Array.isArray(value)
      ? value
      : value.map((option: { label: string }) => ({
          ...option,
          label: translate(option.label, translations, language),
        })),
  ) as WidgetSchema;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
