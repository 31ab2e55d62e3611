// Content Security Policies: what they let the widget do (https://www.w3.org/TR/CSP3/).
import { createHash } from 'node:crypto';

/** Source expressions by directive. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** The policies of a header or meta element; several are separated by commas. */
export function parsePolicies(text: string): Policy[] {
  return text
    .split(',')
    .filter((policy) => policy.trim() !== '')
    .map((policy) => {
      const directives = new Map<string, string[]>();
      for (const directive of policy.split(';')) {
        const [name = '', ...sources] = directive.trim().split(/\s+/);
        // The first of a name counts.
        if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
      }
      return directives;
    });
}

/** Where the policy lists what counts for this directive: `default-src` stands in for what is left out. */
export function directiveFor(policy: Policy, ...names: string[]): string | undefined {
  return [...names, 'default-src'].find((name) => policy.has(name));
}

/** The directive that forbids a request; undefined when every policy allows it. */
export function forbiddenRequest(policies: readonly Policy[], url: URL, page: URL): string | undefined {
  for (const policy of policies) {
    const directive = directiveFor(policy, 'connect-src');
    const sources = directive && policy.get(directive);
    if (sources && !sources.some((source) => matches(source, url, page))) return directive;
  }
  return undefined;
}

export interface ScriptSource {
  /** Undefined for a script that stands in the page. */
  src: URL | undefined;
  nonce: string | undefined;
  integrity: string | undefined;
  code: string;
}

/** The directive that forbids a script of the page; undefined when every policy allows it. */
export function forbiddenScript(
  policies: readonly Policy[],
  script: ScriptSource,
  page: URL,
): string | undefined {
  for (const policy of policies) {
    const directive = directiveFor(policy, 'script-src-elem', 'script-src');
    const sources = directive && policy.get(directive);
    if (sources && !allowsScript(sources, script, page)) return directive;
  }
  return undefined;
}

function allowsScript(sources: readonly string[], script: ScriptSource, page: URL): boolean {
  const { src, nonce, integrity, code } = script;
  if (nonce && sources.includes(`'nonce-${nonce}'`)) return true;
  const hashes = src ? (integrity?.split(/\s+/) ?? []) : hashesOf(code);
  if (hashes.some((hash) => sources.includes(`'${hash}'`))) return true;
  if (sources.includes("'strict-dynamic'")) return false;
  if (src) return sources.some((source) => matches(source, src, page));
  return sources.includes("'unsafe-inline'") && !sources.some((source) => /^'(nonce|sha\d+)-/.test(source));
}

const hashesOf = (code: string) =>
  ['sha256', 'sha384', 'sha512'].map(
    (algorithm) => `${algorithm}-${createHash(algorithm).update(code).digest('base64')}`,
  );

/** Names of Trusted Types policies that the page may not make although the widget needs them. */
export function forbiddenTrustedTypes(policies: readonly Policy[], names: readonly string[]): string[] {
  return names.filter((name) =>
    policies.some((policy) => {
      const allowed = policy.get('trusted-types');
      return allowed !== undefined && !allowed.includes(name) && !allowed.includes('*');
    }),
  );
}

const HOST = /^(?:([a-z][a-z\d+.-]*):\/\/)?(\*|(?:\*\.)?[\w.[\]:-]+?)(?::(\d+|\*))?(\/.*)?$/i;

/** Whether a source expression covers an address (CSP3 §6.7.2). */
function matches(source: string, url: URL, page: URL): boolean {
  if (source === "'self'") return url.host === page.host && isSchemeOf(url.protocol, page.protocol);
  if (source === '*') return /^(https?|wss?):$/.test(url.protocol);
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return isSchemeOf(url.protocol, source.toLowerCase());
  const [, scheme, host = '', port, path] = HOST.exec(source) ?? [];
  if (!host || !isSchemeOf(url.protocol, scheme ? `${scheme.toLowerCase()}:` : page.protocol)) return false;
  const name = host.toLowerCase();
  const isHost = name.startsWith('*.') ? url.hostname.endsWith(name.slice(1)) : name === url.hostname;
  const isPort = port === '*' || portOf(url) === (port ?? defaultPort(url.protocol));
  if (!isHost || !isPort) return false;
  if (!path || path === '/') return true;
  return path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path;
}

/** A secure scheme is covered by its insecure one, and a socket by the page's. */
function isSchemeOf(actual: string, allowed: string): boolean {
  const covered: Record<string, string[]> = {
    'http:': ['http:', 'https:', 'ws:', 'wss:'],
    'https:': ['https:', 'wss:'],
    'ws:': ['ws:', 'wss:', 'http:', 'https:'],
  };
  return (covered[allowed] ?? [allowed]).includes(actual);
}

const defaultPort = (protocol: string) => (/^(https|wss):$/.test(protocol) ? '443' : '80');
const portOf = (url: URL) => url.port || defaultPort(url.protocol);
