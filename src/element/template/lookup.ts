// Dotted paths into the data. Own properties only, so that a path reaches what the backend sent and nothing else.

/** Where a path starts: the data, or within `data-bc-each` an item of it. */
export interface Scope {
  value: unknown;
  parent?: Scope;
}

export interface Path {
  source: string;
  /** How many `../` it begins with. */
  up: number;
  keys: string[];
}

/** `points`, `facts.0.label`, `../currency`, and `.` for the item itself. */
export function parsePath(source: string): Path {
  const [, parents = '', rest = ''] = /^((?:\.\.\/)*)(.*)$/s.exec(source.trim()) ?? [];
  const own = rest.replace(/^(this|\.)(\.|$)/, '');
  const isWhole = own === '' && source.trim() !== '';
  return { source, up: parents.length / 3, keys: isWhole ? [] : own.split('.') };
}

/** `undefined` for whatever is not there. */
export function lookup({ up, keys }: Path, scope: Scope): unknown {
  let start: Scope | undefined = scope;
  for (let level = 0; level < up; level += 1) start = start?.parent;
  let value = start?.value;
  for (const key of keys) {
    // JSON.parse makes `__proto__` an own property.
    if (typeof value !== 'object' || value === null || key === '__proto__' || !Object.hasOwn(value, key)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** As Handlebars sees it: `false`, `0`, `""`, `null`, an empty list and what is not there are not. */
export function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
