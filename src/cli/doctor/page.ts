// Reads a page for what matters to the widget: its elements, scripts and policies.
import { parse, SyntaxKind, walk, type ITag } from 'html5parser';
import { isReply, type Attempt } from './ask.js';
import { parsePolicies, type Policy } from './csp.js';

export type Attributes = Record<string, string>;

export interface PageScript {
  attributes: Attributes;
  /** Undefined for a script that stands in the page. */
  src: URL | undefined;
  /** The code of a script that stands in the page. */
  code: string;
}

export interface Page {
  url: URL;
  widgets: Attributes[];
  scripts: PageScript[];
  policies: Policy[];
}

/** Undefined when there is no page to read. */
export function readPage(attempt: Attempt): Page | undefined {
  if (!isReply(attempt) || attempt.status !== 200) return undefined;
  const { url, headers, body } = attempt;
  const page: Page = {
    url,
    widgets: [],
    scripts: [],
    policies: parsePolicies(headers.get('content-security-policy') ?? ''),
  };
  let templates = 0;
  walk(parse(body.toString()), {
    enter(node) {
      if (node.type !== SyntaxKind.Tag) return;
      if (node.name === 'template') templates += 1;
      // What a <template> holds is not on the page.
      if (templates === 0) readTag(node, page);
    },
    leave(node) {
      if (node.type === SyntaxKind.Tag && node.name === 'template') templates -= 1;
    },
  });
  return page;
}

function readTag(tag: ITag, page: Page): void {
  const attributes = Object.fromEntries(
    tag.attributes.map(({ name, value }) => [name.value.toLowerCase(), decode(value?.value ?? '')]),
  );
  if (tag.name === 'bc-customer-widget') page.widgets.push(attributes);
  else if (tag.name === 'script') {
    const { src } = attributes;
    const code = tag.body?.map((child) => ('value' in child ? child.value : '')).join('') ?? '';
    const address = src !== undefined && URL.canParse(src, page.url) ? new URL(src, page.url) : undefined;
    page.scripts.push({ attributes, src: address, code });
  } else if (tag.name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'content-security-policy') {
    page.policies.push(...parsePolicies(attributes.content ?? ''));
  }
}

const NAMES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The character references that template engines write. */
function decode(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name = '') => {
      const code = hex ? parseInt(hex, 16) : Number(decimal);
      return Number.isNaN(code) ? (NAMES[name as string] ?? whole) : String.fromCodePoint(code);
    },
  );
}
