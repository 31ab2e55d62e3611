// The page that a theme developer sees instead of a page that their theme cannot render.
import type { ThemeError } from './stencil-engine.js';

export function themeErrorPage(error: ThemeError): string {
  return `<!doctype html><meta charset="utf-8"><title>Theme error</title>
<h1>The theme has an error</h1>
<p><code>${escapeHtml(error.file)}</code></p>
<pre>${escapeHtml(error.message)}</pre>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
