// The look of an outcome, and of what can be pressed. `../styles.ts` has what the page shows before.

/** Says that it is CSS, for the minifier. */
const css = String.raw;

export const styles = css`
  p,
  .words {
    margin: 0;
    padding-block-start: 0.5rem;
  }
  .words {
    color: var(--_muted);
    font-size: 0.9375rem;
  }
  .button {
    display: inline-block;
    box-sizing: border-box;
    padding: 0.4375rem 1rem;
    border: 1px solid;
    border-radius: calc(var(--_radius) / 2);
    background: none;
    color: var(--_accent);
    font: inherit;
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;
  }
  .primary {
    background: color-mix(in srgb, var(--_accent) 10%, transparent);
  }
  .button:disabled {
    opacity: 0.6;
    cursor: progress;
  }
  section > .button {
    margin-block-start: 0.75rem;
  }
  .button:hover {
    text-decoration: underline;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  @media print {
    /* Stronger than what .button says above. */
    button {
      display: none !important;
    }
  }
`;
