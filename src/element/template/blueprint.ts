// Reads a template once: which of its nodes show which values. An instance is a copy of it that follows the data.
import { bindingsOf, describe, type Context, type Part } from './bindings.js';
import { createBlock } from './block.js';
import { parsePath, type Scope } from './lookup.js';

export interface Blueprint {
  fragment: DocumentFragment;
  parts: { index: number; create: (node: Node, context: Context) => Part }[];
}

export interface Instance {
  fragment: DocumentFragment;
  update: (scope: Scope) => void;
}

const SHOWN = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT;

/** Takes the fragment apart; give it a copy. */
export function compile(fragment: DocumentFragment, warn: Context['warn']): Blueprint {
  const blueprint: Blueprint = { fragment, parts: [] };
  const walker = document.createTreeWalker(fragment, SHOWN);
  for (let index = 0; walker.nextNode(); index += 1) {
    const node = walker.currentNode;
    if (!(node instanceof Element)) continue;
    if (isScript(node)) {
      warn(`${describe(node)} is left out: a template holds no scripts.`);
      walker.currentNode = replace(node);
      continue;
    }
    const name = node.hasAttribute('data-bc-each') ? describe(node, 'data-bc-each') : describe(node);
    const each = take(node, 'data-bc-each');
    const isTrue = take(node, 'data-bc-if');
    const isFalse = take(node, 'data-bc-unless');
    if (each === undefined && isTrue === undefined && isFalse === undefined) {
      for (const create of bindingsOf(node, warn)) blueprint.parts.push({ index, create });
      continue;
    }
    const key = take(node, 'data-bc-key');
    const block = { name, each, isTrue, isFalse, key };
    walker.currentNode = replace(node);
    const inner = new DocumentFragment();
    inner.append(node);
    const content = compile(inner, warn);
    blueprint.parts.push({
      index,
      create: (anchor, context) => createBlock(block, () => instantiate(content, context), anchor, context),
    });
  }
  return blueprint;

  function take(element: Element, attribute: string) {
    const value = element.getAttribute(attribute);
    element.removeAttribute(attribute);
    return value === null ? undefined : parsePath(value);
  }
}

export function instantiate({ fragment, parts }: Blueprint, context: Context): Instance {
  const copy = document.importNode(fragment, true);
  const walker = document.createTreeWalker(copy, SHOWN);
  const places: [create: Blueprint['parts'][number]['create'], node: Node][] = [];
  let at = -1;
  for (const { index, create } of parts) {
    for (; at < index; at += 1) walker.nextNode();
    places.push([create, walker.currentNode]);
  }
  // Parts add nodes: all places are found before the first one does.
  const made = places.map(([create, node]) => create(node, context));
  return {
    fragment: copy,
    update(scope) {
      for (const part of made) part(scope);
    },
  };
}

/** Leaves a comment where the element was. */
function replace(element: Element): Comment {
  const anchor = document.createComment('');
  element.replaceWith(anchor);
  return anchor;
}

function isScript({ localName }: Element): boolean {
  return localName === 'script';
}
