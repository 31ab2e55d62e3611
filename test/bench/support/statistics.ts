// Medians and spread. The mean would tell more about the machine's other work than about ours.

export interface Spread {
  median: number;
  /** First quartile: a quarter of the values lies below. */
  low: number;
  /** Third quartile. */
  high: number;
  /** How many values. */
  runs: number;
}

/** @throws RangeError when there is no value, or one that is not a number */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0 || values.some((value) => !Number.isFinite(value))) {
    throw new RangeError(`No median of ${values.length} values [${values.join(', ')}].`);
  }
  const sorted = [...values].sort((one, other) => one - other);
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
    runs: values.length,
  };
}

/**
 * How many times `base` each value is, round by round. Both were measured in the same rounds, so a machine that is
 * slow for a while is slow for both.
 *
 * @throws RangeError when there are not as many of one as of the other
 */
export function ratioOf(values: readonly number[], base: readonly number[]): Spread {
  if (values.length !== base.length) {
    throw new RangeError(`${values.length} values cannot be paired with ${base.length}.`);
  }
  return spreadOf(values.map((value, round) => value / base[round]!));
}

/** `163.2 (161.9–165.0)`: the median and its quartiles. */
export function inWords({ median, low, high }: Spread, digits = 1): string {
  const write = (value: number) =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${write(median)} (${write(low)}–${write(high)})`;
}

/** Linear between the two nearest values. */
function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}
