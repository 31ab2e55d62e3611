// The default look. A theme changes it by `--bcw-*` properties and by parts.

/** Says that it is CSS, for the minifier. */
const css = String.raw;

// light-dark() follows the page's own color-scheme, so a light-only theme never gets a dark card.
export const styles = css`
  :host {
    --_muted: var(--bcw-color-muted, light-dark(#59636e, #a0abb6));
    --_surface: var(--bcw-color-surface, light-dark(#fff, #161b22));
    --_border: var(--bcw-color-border, light-dark(#d8dee4, #30363d));
    --_accent: var(--bcw-color-accent, light-dark(#0b57d0, #8ab4f8));
    --_space: var(--bcw-space, 1rem);
    --_radius: var(--bcw-radius, 0.75rem);
    display: block;
    min-inline-size: 0;
    color: var(--bcw-color-text, light-dark(#1f2328, #e6edf3));
    font-family: var(--bcw-font, inherit);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  :host([density='compact']) {
    --_space: 0.625rem;
  }
  :host([corner='square']) {
    --_radius: 0px;
  }
  :host([corner='round']) {
    --_radius: 1.75rem;
  }
  :host([hidden]),
  [hidden] {
    display: none;
  }
  section {
    box-sizing: border-box;
    min-block-size: var(--bcw-min-block-size, 16rem);
    padding: var(--_space);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  :host([variant='plain']) section {
    padding: 0;
    border: 0;
    background: none;
  }
  section:focus {
    outline: none;
  }
  [role='heading'] {
    font-size: 1.25rem;
    font-weight: 600;
    line-height: 1.3;
  }
  /* Margins stay inside, so that data starts where the skeleton started. */
  .data {
    display: flow-root;
  }
  .heard {
    position: absolute;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  i {
    display: block;
    inline-size: 65%;
    block-size: 1rem;
    margin-block: 0.75rem;
    border-radius: 0.25rem;
    background: var(--_border);
    forced-color-adjust: none;
    animation: 1s infinite alternate breathe;
  }
  .block {
    inline-size: auto;
    block-size: 3rem;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 0.25rem 0.75rem;
    padding: 0.5rem 0;
    border-block-start: 1px solid var(--_border);
  }
  .row i {
    margin: 0;
  }
  img,
  .square {
    flex: none;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    border-radius: calc(var(--_radius) / 2);
  }
  @keyframes breathe {
    to {
      opacity: 0.4;
    }
  }
  @media (prefers-reduced-motion) {
    i {
      animation: none;
    }
  }
  @media print {
    [part='skeleton'] {
      display: none;
    }
  }
`;
