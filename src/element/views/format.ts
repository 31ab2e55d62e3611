// Numbers and dates in the page's own language, by Intl.

/**
 * A value as the shopper reads it, in the given language (BCP 47).
 * A value that does not fit its format, or a format that is not known, is shown as it came.
 */
export function formatValue(value: string | number, format: unknown, language: string): string {
  const locales = localesFor(language);
  const number = value === '' ? NaN : Number(value);
  if (format === 'number' && Number.isFinite(number)) return new Intl.NumberFormat(locales).format(number);
  const date = new Date(value);
  if (format === 'date' && Number.isFinite(date.getTime())) {
    // A date without a time is that day everywhere: it is not moved into the shopper's time zone.
    const zone = String(value).length === 'yyyy-mm-dd'.length ? { timeZone: 'UTC' } : {};
    return new Intl.DateTimeFormat(locales, { dateStyle: 'medium', ...zone }).format(date);
  }
  return String(value);
}

/** The browser's own language for an empty or malformed tag. */
function localesFor(language: string): string[] {
  try {
    return Intl.getCanonicalLocales(language.replaceAll('_', '-'));
  } catch {
    return [];
  }
}
