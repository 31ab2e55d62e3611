// What `data-bc-each`, `data-bc-if` and `data-bc-unless` repeat or leave out: an element, as often as the data says.
import type { Context, Part } from './bindings.js';
import type { Instance } from './blueprint.js';
import { isTruthy, lookup, type Path, type Scope } from './lookup.js';

export interface Block {
  /** The element as the author wrote it. */
  name: string;
  each: Path | undefined;
  isTrue: Path | undefined;
  isFalse: Path | undefined;
  key: Path | undefined;
}

interface Row extends Pick<Instance, 'update'> {
  element: Element;
}

/** More items than anybody scrolls through; a page that shows them all would stand still. */
const LONGEST_LIST = 1000;

/** Rows stay where they are and are updated; one that belongs to a new place is moved there. */
export function createBlock(block: Block, instantiate: () => Instance, anchor: Node, context: Context): Part {
  let rows = new Map<unknown, Row>();
  return (scope) => {
    const next = new Map<unknown, Row>();
    for (const [index, item] of scopesOf(block, scope, context).entries()) {
      const key = keyOf(block, item, index, next, context);
      const row = rows.get(key) ?? createRow(instantiate());
      rows.delete(key);
      row.update(item);
      next.set(key, row);
    }
    for (const { element } of rows.values()) element.remove();
    arrange([...next.values()], anchor, rows.size === 0);
    rows = next;
  };
}

function scopesOf({ name, each, isTrue, isFalse }: Block, scope: Scope, context: Context): Scope[] {
  const scopes = each ? itemsOf(each, name, scope, context) : [scope];
  return scopes.filter(
    (one) => (!isTrue || isTruthy(lookup(isTrue, one))) && (!isFalse || !isTruthy(lookup(isFalse, one))),
  );
}

function itemsOf(each: Path, name: string, scope: Scope, context: Context): Scope[] {
  const list = lookup(each, scope);
  if (list === null) return [];
  if (!Array.isArray(list)) {
    context.warn(`${name}: the data has no list "${each.source}".`);
    return [];
  }
  const room = Math.min(LONGEST_LIST, context.room.rows);
  if (list.length > room) {
    context.warn(`${name}: only the first ${room} of ${list.length} items are shown.`);
  }
  context.room.rows -= Math.min(room, list.length);
  return list.slice(0, room).map((value: unknown) => ({ value, parent: scope }));
}

function keyOf({ name, key }: Block, item: Scope, index: number, taken: Map<unknown, Row>, context: Context) {
  const value = key ? lookup(key, item) : index;
  if ((typeof value === 'string' || typeof value === 'number') && !taken.has(value)) return value;
  context.warn(`${name}: data-bc-key must be a text or number that no other item has.`);
  return Symbol();
}

function createRow({ fragment, update }: Instance): Row {
  // A block is one element.
  return { element: fragment.firstElementChild as HTMLElement, update };
}

function arrange(rows: Row[], anchor: Node, areNew: boolean): void {
  const parent = anchor.parentNode;
  if (!parent) return;
  if (areNew) {
    parent.insertBefore(fragmentOf(rows), anchor);
    return;
  }
  let before = anchor;
  for (const { element } of rows.reverse()) {
    if (element.nextSibling !== before) parent.insertBefore(element, before);
    before = element;
  }
}

function fragmentOf(rows: Row[]): DocumentFragment {
  const fragment = new DocumentFragment();
  for (const { element } of rows) fragment.append(element);
  return fragment;
}
