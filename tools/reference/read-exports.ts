// What each entry of the package exports: the declaration as an application's compiler sees it, and its comment.
import { resolve } from 'node:path';
import ts from 'typescript';

export interface ExportModel {
  name: string;
  isValue: boolean;
  /** The declaration without its comment and without bodies; comments of members are in it. */
  declaration: string;
  description: string;
  parameters: { name: string; description: string }[];
  returns: string;
  throws: string[];
  examples: string[];
}

/** @param entries source files, from the root of the repository */
export function readExports(
  root: string,
  entries: string[],
  program: ts.Program,
): Record<string, ExportModel[]> {
  const checker = program.getTypeChecker();
  const declarationOf = declarationsOf(program);
  const read = (entry: string) => {
    const source = program.getSourceFile(resolve(root, entry));
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${entry} exports nothing.`);
    return checker.getExportsOfModule(module).map((exported): ExportModel => {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
      const node = symbol.declarations?.[0];
      if (!node) throw new Error(`${entry}: ${exported.name} is declared nowhere.`);
      return {
        name: exported.name,
        isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0,
        declaration: declarationOf(node.getSourceFile(), symbol.name),
        ...commentOf(symbol, checker),
      };
    });
  };
  return Object.fromEntries(entries.map((entry) => [entry, read(entry)]));
}

type Comment = Pick<ExportModel, 'description' | 'parameters' | 'returns' | 'throws' | 'examples'>;

function commentOf(symbol: ts.Symbol, checker: ts.TypeChecker): Comment {
  const tags = symbol.getJsDocTags(checker);
  const texts = (name: string) =>
    tags.filter((tag) => tag.name === name).map(({ text }) => ts.displayPartsToString(text).trim());
  return {
    description: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    parameters: texts('param').map((text) => {
      const [name = '', ...words] = text.split(/\s+/);
      return { name, description: words.join(' ') };
    }),
    returns: texts('returns').join(' '),
    throws: texts('throws'),
    examples: texts('example'),
  };
}

/** Gives the text of a declaration in the `.d.ts` that the compiler makes of its source file. */
function declarationsOf(program: ts.Program): (source: ts.SourceFile, name: string) => string {
  const emitted = new Map<ts.SourceFile, ts.SourceFile>();
  const emit = (source: ts.SourceFile) => {
    program.emit(source, (fileName, text) => {
      emitted.set(source, ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true));
    });
    return emitted.get(source);
  };
  return (source, name) => {
    const found = (emitted.get(source) ?? emit(source))?.statements.flatMap((statement) => {
      const named = ts.isVariableStatement(statement)
        ? statement.declarationList.declarations.map((declaration) => declaration.name.getText())
        : [(statement as ts.DeclarationStatement).name?.getText()];
      return named.includes(name) ? [statement.getText()] : [];
    });
    if (!found?.length) throw new Error(`${source.fileName} declares no ${name}.`);
    return found
      .join('\n')
      .replace(/^export (declare )?/gm, '')
      .replace(/^ {4}#private;\n/gm, '');
  };
}

/** Compiles the entries to declarations only. */
export function createProgram(root: string, entries: string[]): ts.Program {
  const file = ts.readConfigFile(resolve(root, 'tsconfig.json'), (name) => ts.sys.readFile(name));
  const { options } = ts.parseJsonConfigFileContent(file.config, ts.sys, root);
  const files = entries.map((entry) => resolve(root, entry));
  return ts.createProgram(files, {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    types: ['node'],
    rootDir: resolve(root, 'src'),
    outDir: resolve(root, 'src'),
  });
}
