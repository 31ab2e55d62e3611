// Numbers, money and dates in the page's own language, by Intl.
import type { CardFact } from '../../card.js';

export interface FormatOptions {
  /** BCP 47 language tag; the browser's own when missing or unknown. */
  locale?: string | undefined;
  /** ISO 4217 code; without a valid one an amount is shown as a plain number with two decimals. */
  currency?: string | undefined;
}

/** A fact's value as the shopper reads it. A value that does not fit its format is shown as it came. */
export function formatValue(
  value: string | number,
  format: CardFact['format'],
  options: FormatOptions = {},
): string {
  const locale = knownLocale(options.locale);
  switch (format) {
    case 'number':
    case 'currency': {
      const number = typeof value === 'number' || value.trim() !== '' ? Number(value) : NaN;
      if (!Number.isFinite(number)) return String(value);
      const style = format === 'currency' ? currencyStyle(options.currency) : {};
      return new Intl.NumberFormat(locale, style).format(number);
    }
    case 'date':
    case 'relative': {
      const date = new Date(value);
      if (Number.isNaN(date.getTime())) return String(value);
      return format === 'date' ? inWords(date, value, locale) : fromNow(date, locale);
    }
    default:
      return String(value);
  }
}

/** "3 days ago", in the largest unit that fits. */
function fromNow(date: Date, locale: string | undefined): string {
  const seconds = (date.getTime() - Date.now()) / 1000;
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['week', 604_800],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / length), unit);
}

function inWords(date: Date, value: string | number, locale: string | undefined): string {
  // A date without a time is that day everywhere, so it is not moved into the shopper's time zone.
  const isDay = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    ...(isDay ? { timeZone: 'UTC' } : {}),
  }).format(date);
}

function currencyStyle(currency: string | undefined): Intl.NumberFormatOptions {
  return currency !== undefined && /^[A-Za-z]{3}$/.test(currency)
    ? { style: 'currency', currency }
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
}

function knownLocale(locale: string | undefined): string | undefined {
  try {
    return locale === undefined || locale === '' ? undefined : Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}
