// The fenced blocks and inline commands of all documents, so that none is left unchecked.
import { readdirSync, readFileSync } from 'node:fs';

export interface Block {
  /** `docs/backend.md#ten-lines`; a further block of the same language in a section has `-2` and so on. */
  key: string;
  document: string;
  /** Of its first line, from 1. */
  line: number;
  language: string;
  text: string;
}

export const documents = [
  ...names('.'),
  ...names('docs').map((name) => `docs/${name}`),
  ...readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => `examples/${name}`),
  'example-theme/README.md',
];

export const blocks = documents.flatMap((document) => blocksOf(document, readFileSync(document, 'utf8')));

/** @param languages `sh`, `ts` … */
export const blocksIn = (...languages: string[]): Block[] =>
  blocks.filter(({ language }) => languages.includes(language));

export function blocksOf(document: string, text: string): Block[] {
  const found: Block[] = [];
  let open: { block: Block; fence: string } | undefined;
  let section = '';
  text.split('\n').forEach((line, index) => {
    const [, indent = '', fence, language = ''] = /^( *)(`{3,})([\w-]*)/.exec(line) ?? [];
    if (open) {
      if (fence === open.fence) open = undefined;
      else open.block.text += `${line}\n`;
    } else if (fence) {
      const key = `${document}#${section}`;
      const earlier = found.filter(
        (block) => block.key.startsWith(key) && block.language === language,
      ).length;
      const number = earlier === 0 ? '' : `-${earlier + 1}`;
      const block = { key: key + number, document, line: index + 2, language, text: '' };
      found.push(block);
      open = { block, fence: indent + fence };
    } else section = anchorOf(/^#+ (.+)/.exec(line)?.[1]) ?? section;
  });
  return found;
}

/** Commands within the prose, such as `npm run build`. */
export function inlineCommands(): { document: string; command: string }[] {
  return documents.flatMap((document) => {
    const prose = readFileSync(document, 'utf8').replace(/^( *)```[^]*?^\1```/gm, '');
    const commands = [...prose.matchAll(/`((?:npm|npx) [^`]+)`/g)].map(([, command]) => command!);
    return commands.map((command) => ({ document, command: command.replace(/\s+/g, ' ') }));
  });
}

/** A heading as GitHub's links name it. */
export function anchorOf(heading: string | undefined): string | undefined {
  return heading
    ?.toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

function names(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.md'));
}
