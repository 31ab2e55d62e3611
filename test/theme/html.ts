// Reads rendered pages as a browser does.
import { parse, parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';

export interface ElementOf {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** All elements of a page or fragment, in document order, those inside `<template>` included. */
export function elementsOf(html: string): ElementOf[] {
  const isDocument = html.trimStart().startsWith('<!');
  const found: ElementOf[] = [];
  const visit = (node: Tree.Node) => {
    if ('tagName' in node) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      found.push({ name: node.tagName, attributes, text: textOf(node).trim() });
    }
    if ('content' in node) visit(node.content);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(isDocument ? parse(html) : parseFragment(html));
  return found;
}

/** The one element of that name; fails when there is none or more than one. */
export function elementOf(html: string, name: string): ElementOf {
  const found = elementsOf(html).filter((element) => element.name === name);
  if (found.length !== 1) throw new Error(`Expected one <${name}>, found ${found.length}.`);
  return found[0]!;
}

function textOf(node: Tree.Node): string {
  if (node.nodeName === '#text') return (node as Tree.TextNode).value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
