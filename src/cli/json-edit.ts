// Edits JSON as text: what is there keeps its order and format, and a removal is the exact inverse of an insertion.
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';

export type JsonPath = (string | number)[];

/** Adds a property as the object's last one. */
export function insertProperty(text: string, object: JsonPath, key: string, value: unknown): string {
  return insertLast(text, object, (format) => `${JSON.stringify(key)}:${format.space}${format.print(value)}`);
}

/** Adds an item as the array's last one. */
export function insertItem(text: string, array: JsonPath, value: unknown): string {
  return insertLast(text, array, (format) => format.print(value));
}

/** Puts another value in the place of the one at `path`. */
export function replaceValue(text: string, path: JsonPath, value: unknown): string {
  const node = nodeAt(text, path);
  const depth = path.length;
  return splice(text, node.offset, end(node), formatOf(text, depth).print(value));
}

/** Takes a property or an item out, with its comma; the text is unchanged when there is none at `path`. */
export function removeAt(text: string, path: JsonPath): string {
  const root = parseTree(text);
  const found = root && findNodeAtLocation(root, path);
  if (!found) return text;
  const node = found.parent?.type === 'property' ? found.parent : found;
  const siblings = node.parent?.children ?? [];
  const index = siblings.indexOf(node);
  const [previous, next] = [siblings[index - 1], siblings[index + 1]];
  if (previous) return splice(text, end(previous), end(node), '');
  if (next) return splice(text, node.offset, next.offset, '');
  const container = node.parent;
  return container ? splice(text, container.offset + 1, end(container) - 1, '') : text;
}

interface Format {
  space: string;
  /** A value as the file would write it at this depth. */
  print: (value: unknown) => string;
  /** What stands before a new member, and before the closing bracket. */
  open: string;
  close: string;
}

function insertLast(text: string, path: JsonPath, member: (format: Format) => string): string {
  const container = nodeAt(text, path);
  const format = formatOf(text, path.length + 1);
  const last = container.children?.at(-1);
  if (last) return splice(text, end(last), end(last), `,${format.open}${member(format)}`);
  const inner = `${format.open}${member(format)}${format.close}`;
  return splice(text, container.offset + 1, end(container) - 1, inner);
}

/** Takes indentation and line ends from the file itself; a file on one line stays on one line. */
function formatOf(text: string, depth: number): Format {
  const isOneLine = !text.trim().includes('\n') && text.trim().length > 2;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const indent = isOneLine ? '' : newLine + unit.repeat(depth);
  return {
    space: isOneLine && !/":\s/.test(text) ? '' : ' ',
    print: (value) => JSON.stringify(value, null, isOneLine ? undefined : unit).replaceAll('\n', indent),
    open: indent,
    close: isOneLine ? '' : newLine + unit.repeat(depth - 1),
  };
}

function nodeAt(text: string, path: JsonPath): Node {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, path);
  if (!node) throw new Error(`The JSON has nothing at ${path.join('.')}.`);
  return node;
}

const end = (node: Node) => node.offset + node.length;

const splice = (text: string, from: number, to: number, middle: string) =>
  text.slice(0, from) + middle + text.slice(to);
