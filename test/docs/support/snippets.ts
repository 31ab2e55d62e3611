// The snippets as files of a project that has the package installed.
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { removeAtExit } from '../../theme/temporary-theme.js';
import type { Block } from './blocks.js';

/** An application's folder: `bc-customer-widget` is this package as it was built, the others are its own packages. */
export function readersProject(): string {
  const root = removeAtExit(mkdtempSync(join(tmpdir(), 'bcw-snippets-')));
  const folder = join(root, 'app');
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  symlinkSync(resolve('.'), join(folder, 'node_modules/bc-customer-widget'));
  // React and others, which only the framework tests bring along, then everything else.
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  for (const name of ['react', '@types']) {
    symlinkSync(resolve('test/frameworks/node_modules', name), join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

/** Complaints of the compiler by the block's key. */
export function typeCheck(folder: string, blocks: Block[]): Map<string, string[]> {
  const files = new Map(blocks.map((block, index) => [join(folder, fileName(block, index)), block]));
  for (const [file, block] of files) writeFileSync(file, moduleOf(block));
  const surroundings = join(folder, 'surroundings.d.ts');
  writeFileSync(surroundings, readFileSync('test/docs/support/surroundings.d.ts'));
  const complaints = new Map<string, string[]>(blocks.map(({ key }) => [key, []]));
  // What is written in JavaScript does not care for `null`.
  for (const isScript of [true, false]) {
    const chosen = [...files.keys()].filter((file) => file.endsWith('.js') === isScript);
    const program = ts.createProgram([...chosen, surroundings], {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: ['node'],
      jsx: ts.JsxEmit.ReactJSX,
      strict: !isScript,
      noImplicitAny: false,
      allowJs: true,
      checkJs: true,
      skipLibCheck: true,
      noEmit: true,
      // The package is found where it is installed, and so are the frameworks beside it.
      preserveSymlinks: true,
    });
    for (const { file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
      const block = file && files.get(file.fileName);
      const line = file && block ? block.line + file.getLineAndCharacterOfPosition(start ?? 0).line : 0;
      const message = ts.flattenDiagnosticMessageText(messageText, '\n');
      const key = block?.key ?? file?.fileName ?? 'the project';
      complaints.set(key, [...(complaints.get(key) ?? []), `${block?.document ?? ''}:${line} ${message}`]);
    }
  }
  return complaints;
}

function fileName({ language }: Block, index: number): string {
  return `snippet-${index}.${language}`;
}

/** An example of the reference may be the inside of a function. */
function moduleOf({ document, text }: Block): string {
  const isInside = document === 'docs/api.md' && !/^(import|export) /m.test(text);
  return isInside ? `export const example = async () => { ${text} };` : `${text}\nexport {};`;
}
