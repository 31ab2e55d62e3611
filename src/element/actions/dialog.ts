// Asks the shopper before something happens, in the browser's own dialog.
import { adopt } from '../adopt.js';

const STYLES = `
dialog {
  max-inline-size: min(26rem, calc(100vw - 2rem));
  box-sizing: border-box;
  padding: 1.5rem;
  border: 1px solid var(--_border);
  border-radius: var(--_radius);
  background: var(--_surface);
  color: inherit;
}
dialog::backdrop {
  background: rgb(0 0 0 / 50%);
}
dialog p {
  padding: 0;
  font-size: 1.125rem;
  color: inherit;
}
dialog div {
  display: flex;
  flex-wrap: wrap;
  justify-content: end;
  gap: 0.75rem;
  margin-block-start: 1.5rem;
}
`;

export interface DialogWords {
  question: string;
  confirm: string;
  cancel: string;
}

/** Resolves with whether the shopper agreed. Escape, and a click beside the dialog, say no. */
export function askInDialog(root: ShadowRoot, { question, confirm, cancel }: DialogWords): Promise<boolean> {
  adopt(root.host as HTMLElement, STYLES);
  const dialog = element('dialog', 'dialog');
  dialog.setAttribute('aria-labelledby', 'question');
  dialog.setAttribute('closedby', 'any');
  const text = element('p', 'dialog-text', question);
  text.id = 'question';
  const buttons = element('div', 'dialog-buttons');
  // The harmless one first: it gets the focus.
  for (const [value, words] of [
    ['', cancel],
    ['yes', confirm],
  ] as const) {
    const button = element('button', 'dialog-button', words);
    button.type = 'button';
    button.className = value ? 'button primary' : 'button';
    button.onclick = () => {
      dialog.close(value);
    };
    buttons.append(button);
  }
  dialog.append(text, buttons);
  root.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    };
  });
}

function element<Name extends 'dialog' | 'p' | 'div' | 'button'>(name: Name, part: string, text = '') {
  const made = document.createElement(name);
  made.setAttribute('part', part);
  made.textContent = text;
  return made;
}
