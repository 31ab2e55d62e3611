// Parts that not every page needs. Each is a file of its own, fetched beside the token or before it is wanted.
import type { html } from 'lit';
import type { Localized } from './format.js';

/** Shows the data. */
export interface View {
  /** What goes into the card's box; a template's output goes into the element's own content instead. */
  show: (data: Record<string, unknown>) => { heading?: string; content?: unknown };
  /** Takes off the page what is there. */
  clear: () => void;
}

export interface ViewContext {
  element: HTMLElement & Localized;
  /** Lit's: a part has no copy of it. */
  html: typeof html;
  act: (request: ActionRequest) => void;
}

export interface ActionRequest {
  /** Address on the backend's own origin. */
  href: string;
  /** A question to answer first. */
  confirm: string | undefined;
  /** What was pressed; it is disabled while the action runs. */
  control: HTMLButtonElement | HTMLFormElement;
  /** Sent as JSON. */
  input: Record<string, unknown>;
}

/** The page's own template, else the built-in card. */
export async function loadView(context: ViewContext): Promise<View> {
  const { element } = context;
  // A script that does not wait may come before the element's content.
  if (document.readyState === 'loading') {
    await new Promise((resolve) => {
      document.addEventListener('DOMContentLoaded', resolve, { once: true });
    });
  }
  // A copied or re-serialised element brings along what its original showed.
  for (const copy of element.querySelectorAll(':scope > [slot=content]')) copy.remove();
  const template = element.querySelector<HTMLTemplateElement>(':scope > template');
  return template
    ? (await import('./template/index.js')).createTemplateView(context, template)
    : (await import('./card/index.js')).createCardView(context);
}

export const loadSettled = () => import('./settled/index.js');
