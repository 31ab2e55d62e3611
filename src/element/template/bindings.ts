// What an element of a template shows: text, checked addresses, an action, product cards. Never markup.
import type { ActionRequest } from '../parts.js';
import { safeImage, safeLink } from '../safe-url.js';
import { lookup, parsePath, type Path, type Scope } from './lookup.js';

/** Shows the values that it is given now. */
export type Part = (scope: Scope) => void;

export interface Context {
  /** Says a sentence on the console, once. */
  warn: (sentence: string) => void;
  formatValue: (value: string | number, format: unknown) => string;
  act: (request: ActionRequest) => void;
  showProducts: (container: HTMLElement, ids: number[]) => void;
  /** How many more rows this rendering may have. */
  room: { rows: number };
}

type PartFactory = (node: Node, context: Context) => Part;

/** Attributes that say more about another one. */
const MODIFIERS = ['data-bc-format', 'data-bc-confirm', 'data-bc-base-url', 'data-bc-product'];
const FORMATS = ['number', 'currency', 'date', 'relative'];

/** Takes the bindings off an element. What is wrong with them is said once, and shows nothing. */
export function bindingsOf(element: Element, warn: Context['warn']): PartFactory[] {
  const factories: PartFactory[] = [];
  const format = element.getAttribute('data-bc-format');
  const confirm = element.getAttribute('data-bc-confirm') ?? undefined;
  if (format !== null && !FORMATS.includes(format)) {
    warn(`${describe(element, 'data-bc-format')}: a format is one of ${FORMATS.join(', ')}.`);
  }
  for (const { name, value } of [...element.attributes]) {
    if (!name.startsWith('data-bc-')) continue;
    const binding: Binding = {
      name: describe(element, name),
      path: parsePath(value),
      format,
      confirm,
      value,
    };
    const kind = name.slice('data-bc-'.length);
    const factory = Object.hasOwn(KINDS, kind) ? KINDS[kind]?.(binding, element) : undefined;
    if (factory) factories.push(factory);
    else if (!MODIFIERS.includes(name)) warn(`${binding.name} is no binding that works on this element.`);
    if (name !== 'data-bc-base-url') element.removeAttribute(name);
    if (name === 'data-bc-text' && factory) element.replaceChildren();
  }
  return factories;
}

/** The element as its author wrote it: `<b data-bc-text="points">`. */
export function describe(element: Element, attribute?: string): string {
  const written = attribute ? ` ${attribute}="${element.getAttribute(attribute) ?? ''}"` : '';
  return `<${element.localName}${written}>`;
}

interface Binding {
  name: string;
  path: Path;
  format: string | null;
  confirm: string | undefined;
  value: string;
}

const KINDS: Record<string, (binding: Binding, element: Element) => PartFactory | undefined> = {
  text: (binding, { localName }) => (localName === 'style' ? undefined : showText(binding)),
  alt: (binding, { localName }) => (localName === 'img' ? showAttribute('alt', binding, asText) : undefined),
  href: (binding, { localName }) =>
    /^(a|area)$/.test(localName) ? showAttribute('href', binding, asLink) : undefined,
  src: (binding, { localName }) => (localName === 'img' ? showAttribute('src', binding, asImage) : undefined),
  action: (binding, { localName }) => (/^(button|form)$/.test(localName) ? offerAction(binding) : undefined),
  products: (binding) => showProducts(binding),
};

type Reader = (value: unknown, binding: Binding, context: Context) => string | undefined;

const asText: Reader = (value, { format }, { formatValue }) => {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' || typeof value === 'number' ? formatValue(value, format) : undefined;
};
const asLink: Reader = safeLink;
const asImage: Reader = safeImage;

/** `undefined` for what cannot be shown, which is said on the console; `null` and `""` are meant to show nothing. */
function read(scope: Scope, binding: Binding, context: Context, as: Reader): string | undefined {
  const value = lookup(binding.path, scope);
  if (value === null || value === '') return undefined;
  const shown = as(value, binding, context);
  if (shown === undefined) {
    const why = value === undefined ? 'the data has no' : 'this cannot be shown:';
    context.warn(`${binding.name}: ${why} "${binding.path.source}".`);
  }
  return shown;
}

function showText(binding: Binding): PartFactory {
  return (node, context) => {
    let shown = '';
    return (scope) => {
      const text = read(scope, binding, context, asText) ?? '';
      if (text !== shown) node.textContent = shown = text;
    };
  };
}

function showAttribute(attribute: string, binding: Binding, as: Reader): PartFactory {
  return (node, context) => {
    const element = node as Element;
    let shown: string | null | undefined = null;
    return (scope) => {
      const value = read(scope, binding, context, as);
      if (value === shown) return;
      shown = value;
      if (value === undefined) element.removeAttribute(attribute);
      else element.setAttribute(attribute, value);
    };
  };
}

/** The value is an address, or the path to one. */
function offerAction(binding: Binding): PartFactory {
  const { value, confirm } = binding;
  return (node, context) => {
    const control = node as HTMLButtonElement | HTMLFormElement;
    let href: string | undefined;
    const isForm = control instanceof HTMLFormElement;
    if (!isForm && !control.hasAttribute('type')) control.type = 'button';
    control.addEventListener(isForm ? 'submit' : 'click', (event) => {
      event.preventDefault();
      if (href === undefined) return;
      // A file cannot travel in JSON.
      const fields = isForm
        ? [...new FormData(control)].filter(([, field]) => typeof field === 'string')
        : [];
      context.act({ href, confirm, control, input: Object.fromEntries(fields) });
    });
    return (scope) => {
      href = /[/:]/.test(value) && !value.startsWith('../') ? value : read(scope, binding, context, asText);
      if (!isForm) control.disabled = href === undefined;
    };
  };
}

function showProducts(binding: Binding): PartFactory {
  return (node, context) => {
    let shown = '';
    return (scope) => {
      const ids = lookup(binding.path, scope);
      if (!Array.isArray(ids)) {
        if (ids !== null) context.warn(`${binding.name}: the data has no list "${binding.path.source}".`);
        return;
      }
      if (String(ids) === shown) return;
      shown = String(ids);
      context.showProducts(
        node as HTMLElement,
        ids.filter((id) => typeof id === 'number'),
      );
    };
  };
}
