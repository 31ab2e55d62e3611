// Which blocks of a Handlebars template are open at a place in it.

export interface OpenBlock {
  /** `if`, `each`, … */
  name: string;
  /** What stands behind the name: `customer`, `products as |product|`, … */
  params: string;
  /** Behind `{{else}}`. */
  isElse: boolean;
}

const TAG = /\{\{~?\s*(?:([#^/])>?\s*\*?\s*([\w/.-]+)|(else\b|\^))([^}]*)\}\}/g;

/** The blocks that are open at the end of `before`, the outermost first. */
export function openBlocks(before: string): OpenBlock[] {
  const open: OpenBlock[] = [];
  for (const [, sign, name = '', isElse, rest = ''] of withoutComments(before).matchAll(TAG)) {
    const params = rest.replace(/~$/, '').trim();
    if (isElse) {
      const [, chained, chainedParams = ''] = /^(\w+)\s+(.*)$/s.exec(params) ?? [];
      const block = open.pop();
      if (chained) open.push({ name: chained, params: chainedParams, isElse: false });
      else if (block) open.push({ ...block, isElse: true });
    } else if (sign === '/') open.pop();
    else open.push({ name, params, isElse: sign === '^' });
  }
  return open;
}

/** Inside these the customer is out of sight: a Stencil partial sees its own scope only. */
export const isLoop = ({ name }: OpenBlock): boolean => /^(each|with|for|filter)$/.test(name);

/** The template with blanks where its comments are, so that places in it stay the same. */
export function withoutComments(template: string): string {
  return template.replace(/\{\{~?!--[^]*?--~?\}\}|\{\{~?![^]*?\}\}|<!--[^]*?-->/g, (comment) =>
    comment.replace(/[^\n]/g, ' '),
  );
}
