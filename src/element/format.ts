// Numbers, money and dates in the page's own language, by Intl.

export interface Region {
  /** BCP 47 language tag; the browser's own language where it is empty or malformed. */
  locale: string;
  /** ISO 4217 code. Without one, or with one that is not known, money is shown as a number. */
  currency?: string | null | undefined;
}

/** What a widget says about its shopper's language and money. */
export interface Localized {
  locale: string | null;
  currency: string | null;
}

/** The language of the place that the element stands in, unless it has its own. */
export function regionOf(element: HTMLElement & Localized): Region {
  const place = element.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang;
  return { locale: element.locale ?? place, currency: element.currency };
}

interface Formatter {
  format: (value: number) => string;
}

/** Making an Intl object costs far more than using it. */
const formatters = new Map<string, Formatter>();

/**
 * A value as the shopper reads it: `number`, `currency` (in the currency's own unit, 18.5 for $18.50), `date` or
 * `relative` ("3 days ago"). Dates are ISO 8601 or epoch milliseconds.
 * A value that does not fit its format, or a format that is not known, is shown as it came.
 */
export function formatValue(value: string | number, format: unknown, region: Region): string {
  const number = value === '' ? NaN : Number(value);
  const time = new Date(value).getTime();
  // A date without a time is that day everywhere: it is not moved into the shopper's time zone.
  const isDay = String(value).length === 'yyyy-mm-dd'.length && isNaN(number);
  if ((format === 'number' || format === 'currency') && isFinite(number)) {
    return formatter(format, region).format(number);
  }
  if (format === 'date' && isFinite(time)) return formatter(isDay ? 'day' : format, region).format(time);
  if (format === 'relative' && isFinite(time)) return relative(time, isDay, region);
  return String(value);
}

/**
 * The first Intl object of a page takes the browser as long as a whole card. While the data is on its way is a better
 * time for it than afterwards, and two short tasks are better than a long one.
 */
export function warmUp(): void {
  setTimeout(() => {
    new Intl.Collator();
    setTimeout(() => new Intl.NumberFormat());
  });
}

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

function relative(time: number, isDay: boolean, { locale }: Region): string {
  const now = new Date();
  const from = isDay ? Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) : now.getTime();
  const seconds = Math.round((time - from) / 1000);
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? (isDay ? UNITS[3] : UNITS[6]);
  return new Intl.RelativeTimeFormat(localesFor(locale), { numeric: 'auto' }).format(
    Math.round(seconds / length),
    unit,
  );
}

function formatter(format: string, region: Region): Formatter {
  const key = [format, region.locale, region.currency].join();
  const known = formatters.get(key);
  if (known) return known;
  const made = make(format, localesFor(region.locale), region.currency);
  formatters.set(key, made);
  return made;
}

function make(format: string, locales: string[], currency: string | null | undefined): Formatter {
  if (format === 'number') return new Intl.NumberFormat(locales);
  if (format === 'currency') {
    try {
      return new Intl.NumberFormat(locales, { style: 'currency', currency: currency ?? '' });
    } catch {
      return new Intl.NumberFormat(locales, { minimumFractionDigits: 2 });
    }
  }
  return new Intl.DateTimeFormat(locales, {
    dateStyle: 'medium',
    ...(format === 'day' ? { timeZone: 'UTC' } : {}),
  });
}

function localesFor(locale: string): string[] {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'));
  } catch {
    return [];
  }
}
