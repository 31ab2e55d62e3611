// What the element's source says about it: attributes and defaults from the class itself, types and words from
// TypeScript. Everything that is published about the element for editors and frameworks is made from this.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import ts from 'typescript';
import { BcCustomerWidget } from '../../src/element/index.js';

export interface AttributeModel {
  name: string;
  /** A TypeScript type: `string`, `number`, `boolean` or a union of quoted words. */
  type: string;
  description: string;
  default?: string;
  /** The property that it sets, if there is one. */
  property?: string;
  isReadOnly: boolean;
}

export interface PropertyModel {
  name: string;
  type: string;
  description: string;
  default?: string;
  attribute?: string;
  isReadOnly: boolean;
}

export interface EventModel {
  name: string;
  /** Type of `detail`. */
  detail: string;
  description: string;
}

export interface MethodModel {
  name: string;
  description: string;
  parameters: { name: string; type: string }[];
  returns: string;
}

/** A slot, a part or a custom property of CSS. */
export interface NamedModel {
  name: string;
  description: string;
  default?: string;
}

export interface ElementModel {
  tagName: string;
  className: string;
  /** The class's file, from the package's folder. */
  path: string;
  description: string;
  attributes: AttributeModel[];
  properties: PropertyModel[];
  methods: MethodModel[];
  events: EventModel[];
  slots: NamedModel[];
  parts: NamedModel[];
  cssProperties: NamedModel[];
}

const PATH = 'src/element/bc-customer-widget.ts';

/** @throws Error when the class's comment and its code contradict each other */
export function readElement(root: string, program: ts.Program = createProgram(root)): ElementModel {
  const checker = program.getTypeChecker();
  const { name: className } = BcCustomerWidget;
  const declaration = findClass(program.getSourceFile(resolve(root, PATH)), className);
  const tags = readTags(declaration);
  const properties = readProperties(checker, declaration);
  const events = readEvents(checker, program.getSourceFile(resolve(root, 'src/element/events.ts')));
  const fired = tags.filter(({ tag }) => tag === 'fires').map(({ name }) => name);
  const missing = events.filter(({ name }) => !fired.includes(name));
  if (missing.length > 0 || fired.length !== events.length) {
    throw new Error(`@fires of ${className} and CustomerWidgetEvents differ: ${fired.join(', ')}.`);
  }
  return {
    tagName: 'bc-customer-widget',
    className,
    path: PATH,
    description: commentOf(checker, declaration),
    attributes: attributesOf(properties, tags),
    properties,
    methods: readMethods(checker, declaration),
    events: events.map((event) => ({ ...event, description: wordsFor('fires', event.name) })),
    slots: namedBy('slot'),
    parts: namedBy('csspart'),
    cssProperties: namedBy('cssproperty'),
  };

  function wordsFor(tag: string, name: string): string {
    return tags.find((found) => found.tag === tag && found.name === name)?.description ?? '';
  }

  function namedBy(wanted: string): NamedModel[] {
    return tags
      .filter(({ tag }) => tag === wanted)
      .map(({ name, description, default: initial }) => ({
        name,
        description,
        ...(initial !== undefined && { default: initial }),
      }));
  }
}

interface Tag {
  tag: string;
  name: string;
  type?: string;
  description: string;
  default?: string;
}

/** `@attr {type} name - words`, `@cssproperty [--name=default] - words` and the like. */
function readTags(declaration: ts.ClassDeclaration): Tag[] {
  return ts.getJSDocTags(declaration).flatMap((node) => {
    const tag = node.tagName.text;
    const text = (ts.getTextOfJSDocComment(node.comment) ?? '').replace(/\s+/g, ' ').trim();
    const [, type, optional, initial, plain, description] =
      /^(?:\{(.+?)\} )?(?:\[([\w-]+)=(.+?)\]|([\w-]+))(?: - (.*))?$/.exec(text) ?? [];
    const name = optional ?? plain;
    if (name === undefined || tag === 'example') return [];
    return {
      tag,
      name,
      description: description ?? '',
      ...(type !== undefined && { type: type.replaceAll("'", '"') }),
      ...(initial !== undefined && { default: initial }),
    };
  });
}

function readProperties(checker: ts.TypeChecker, declaration: ts.ClassDeclaration): PropertyModel[] {
  // Lit fills the map of properties when the class is first observed.
  assert.ok(BcCustomerWidget.observedAttributes.length > 0);
  const defaults = new BcCustomerWidget() as unknown as Record<string, unknown>;
  return declaration.members.flatMap((member): PropertyModel[] => {
    const isField = ts.isPropertyDeclaration(member);
    const isGetter = ts.isGetAccessor(member);
    if (!(isField || isGetter) || !ts.isIdentifier(member.name) || !isPublic(member)) return [];
    const name = member.name.text;
    const lit = BcCustomerWidget.elementProperties.get(name);
    const type = checker.typeToString(checker.getNonNullableType(checker.getTypeAtLocation(member)));
    const attribute = lit === undefined || lit.attribute === false ? undefined : (lit.attribute ?? true);
    const initial = lit && tagOf(member, 'default', String(quote(defaults[name])));
    return [
      {
        name,
        type,
        description: commentOf(checker, member),
        isReadOnly: isGetter,
        ...(initial !== undefined && { default: initial }),
        ...(attribute !== undefined && {
          attribute: typeof attribute === 'string' ? attribute : name.toLowerCase(),
        }),
      },
    ];
  });
}

/** Those that set a property, then those that the class's comment names. */
function attributesOf(properties: PropertyModel[], tags: Tag[]): AttributeModel[] {
  const attributes: AttributeModel[] = properties.flatMap(({ name, attribute, type, ...rest }) =>
    attribute === undefined ? [] : [{ ...rest, name: attribute, type, property: name }],
  );
  for (const { tag, name, type = 'string', description } of tags) {
    if (tag !== 'attr') continue;
    const isReadOnly = description.startsWith('(read-only)');
    attributes.push({ name, type, description: description.replace('(read-only)', '').trim(), isReadOnly });
  }
  for (const name of BcCustomerWidget.observedAttributes) {
    if (attributes.some((known) => known.name === name)) continue;
    attributes.push({ name, type: 'string', description: 'Words of your own.', isReadOnly: false });
  }
  return attributes;
}

function readMethods(checker: ts.TypeChecker, declaration: ts.ClassDeclaration): MethodModel[] {
  return declaration.members.flatMap((member) => {
    if (!ts.isMethodDeclaration(member) || !ts.isIdentifier(member.name) || !isPublic(member)) return [];
    const isOverride = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.OverrideKeyword);
    const signature = checker.getSignatureFromDeclaration(member);
    if (isOverride || !signature) return [];
    return {
      name: member.name.text,
      description: commentOf(checker, member),
      parameters: signature.parameters.map((parameter) => ({
        name: parameter.name,
        type: checker.typeToString(checker.getTypeOfSymbol(parameter)),
      })),
      returns: checker.typeToString(signature.getReturnType()),
    };
  });
}

function readEvents(checker: ts.TypeChecker, source: ts.SourceFile | undefined): EventModel[] {
  const declaration = source?.statements.find(ts.isInterfaceDeclaration);
  if (!declaration) throw new Error('CustomerWidgetEvents is not where it was.');
  return declaration.members.flatMap((member) => {
    if (!ts.isPropertySignature(member) || !ts.isStringLiteral(member.name) || !member.type) return [];
    const detail = member.type.getText().replace(/\s+/g, ' ');
    return { name: member.name.text, detail, description: commentOf(checker, member) };
  });
}

function isPublic(member: ts.ClassElement): boolean {
  const hidden = [ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.StaticKeyword];
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  return !modifiers.some(({ kind }) => hidden.includes(kind));
}

function commentOf(checker: ts.TypeChecker, node: ts.NamedDeclaration): string {
  const symbol = node.name && checker.getSymbolAtLocation(node.name);
  return ts.displayPartsToString(symbol?.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim();
}

function tagOf(node: ts.Node, name: string, otherwise: string): string {
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
  return ts.getTextOfJSDocComment(tag?.comment) ?? otherwise;
}

const quote = (value: unknown) => (typeof value === 'string' ? `'${value}'` : value);

function findClass(source: ts.SourceFile | undefined, name: string): ts.ClassDeclaration {
  const found = source?.statements.filter(ts.isClassDeclaration).find((node) => node.name?.text === name);
  if (!found) throw new Error(`${PATH} has no class ${name}.`);
  return found;
}

function createProgram(root: string): ts.Program {
  const path = resolve(root, 'tsconfig.json');
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, (name) => ts.sys.readFile(name)).config,
    ts.sys,
    root,
  );
  return ts.createProgram([resolve(root, PATH)], { ...config.options, noEmit: true, types: [] });
}
