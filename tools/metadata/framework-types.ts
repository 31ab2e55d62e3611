// Declarations that make the element's tag known to the templates of React, Preact, Solid, Vue and Svelte.
import type { AttributeModel, ElementModel } from './read-element.js';

const HEADER = '// Made from src/element by npm run build.\n';

/** File names in `dist/frameworks/`, and what they hold. Each can be imported: there is nothing in it but types. */
export function frameworkTypes(element: ElementModel): Record<string, string> {
  const declarations = declarationsFor(element);
  const modules = Object.keys(declarations).map((name) => [name.replace('.d.ts', '.js'), 'export {};\n']);
  return { ...declarations, ...(Object.fromEntries(modules) as Record<string, string>) };
}

function declarationsFor(element: ElementModel): Record<string, string> {
  const { tagName, className } = element;
  return {
    'props.d.ts': props(element),
    'react.d.ts': `${HEADER}import type { ClassAttributes, HTMLAttributes } from 'react';
import type { ${className} } from '../index.js';
import type { Handlers, Props } from './props.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      '${tagName}': HTMLAttributes<${className}> & ClassAttributes<${className}> & Props & Handlers<'on'>;
    }
  }
}
`,
    'preact.d.ts': `${HEADER}import type { ClassAttributes, HTMLAttributes } from 'preact';
import type { ${className} } from '../index.js';
import type { Handlers, Props } from './props.js';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      '${tagName}': HTMLAttributes<${className}> & ClassAttributes<${className}> & Props & Handlers<'on'>;
    }
  }
}
`,
    'solid.d.ts': `${HEADER}import type { JSX as Solid } from 'solid-js';
import type { ${className} } from '../index.js';
import type { Handlers, Prefixed, Props } from './props.js';

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      '${tagName}': Solid.HTMLAttributes<${className}> & Props & Prefixed<'prop:'> & Handlers<'on:'>;
    }
  }
}
`,
    'vue.d.ts': `${HEADER}import type { HTMLAttributes, PublicProps } from 'vue';
import type { CustomerWidgetEventMap } from '../index.js';
import type { Props } from './props.js';

interface Listeners {
${element.events.map(({ name }) => `  on${pascal(name)}?: ((event: CustomerWidgetEventMap['${name}']) => void) | undefined;`).join('\n')}
}

type ${className}Component = new () => { $props: HTMLAttributes & PublicProps & Props & Listeners };

declare module 'vue' {
  interface GlobalComponents {
    ${className}: ${className}Component;
    '${tagName}': ${className}Component;
  }
}
`,
    'svelte.d.ts': `${HEADER}import type { HTMLAttributes } from 'svelte/elements';
import type { ${className} } from '../index.js';
import type { Handlers, Props } from './props.js';

declare module 'svelte/elements' {
  export interface SvelteHTMLElements {
    '${tagName}': HTMLAttributes<${className}> & Props & Handlers<'on'> & Handlers<'on:'>;
  }
}
`,
  };
}

function props({ className, attributes, properties }: ElementModel): string {
  const settable = attributes.filter(({ isReadOnly }) => !isReadOnly);
  const names = properties.filter(({ isReadOnly }) => !isReadOnly).map(({ name }) => `'${name}'`);
  return `${HEADER}import type { ${className}, CustomerWidgetEventMap } from '../index.js';

/** As they are written in HTML. */
export interface Attributes {
${settable.map(attributeLine).join('\n')}
}

type Settable = ${names.join(' | ')};

/** The element's own properties. */
export type Properties = { [Name in Settable]?: ${className}[Name] | undefined };

export type Props = Attributes & Omit<Properties, keyof Attributes>;

/** Properties as a template names them to tell them from attributes. */
export type Prefixed<Prefix extends string> = {
  [Name in Settable as \`\${Prefix}\${Name}\`]?: ${className}[Name] | undefined;
};

/** Listeners as a template names them: the prefix, then the event's name. */
export type Handlers<Prefix extends string> = {
  [Name in keyof CustomerWidgetEventMap as \`\${Prefix}\${Name}\`]?:
    | ((event: CustomerWidgetEventMap[Name]) => void)
    | undefined;
};
`;
}

function attributeLine({ name, type, description }: AttributeModel): string {
  const comment = description === '' ? '' : `  /** ${description} */\n`;
  const asWritten =
    type === 'number' ? 'number | string' : type === 'boolean' ? "boolean | ''" : `${type} | null`;
  return `${comment}  '${name}'?: ${asWritten} | undefined;`;
}

const pascal = (name: string) => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
