// The default look. A theme changes it by `--bcw-*` properties and by parts.
import { css } from 'lit';

// light-dark() follows the page's own color-scheme, so a light-only theme never gets a dark card.
export const styles = css`
  :host {
    --_muted: var(--bcw-color-muted, light-dark(#59636e, #a0abb6));
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
  :host([hidden]) {
    display: none;
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
  section {
    box-sizing: border-box;
    min-block-size: var(--bcw-min-block-size, 16rem);
    padding: var(--_space);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--bcw-color-surface, light-dark(#fff, #161b22));
  }
  :host([variant='plain']) section {
    padding: 0;
    border: 0;
    background: none;
  }
  section:focus {
    outline: none;
  }
  [role='heading'],
  dd {
    margin: 0;
    font-size: 1.25rem;
    font-weight: 600;
  }
  p {
    margin: 0;
    padding-block-start: 0.5rem;
  }
  /* Margins stay inside, so that data starts where the skeleton started. */
  .data {
    display: flow-root;
  }
  small,
  dt,
  .words {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  small {
    display: block;
  }
  dl,
  ul,
  [part='actions'] {
    margin: var(--_space) 0 0;
    padding: 0;
  }
  [part='retry'],
  [part='sign-in'] {
    display: inline-block;
    margin-block-start: 0.75rem;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(7rem, 100%), 1fr));
    gap: var(--_space);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 0.25rem 0.75rem;
    padding: 0.5rem 0;
    border-block-start: 1px solid var(--_border);
  }
  .row div {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: inherit;
    align-items: baseline;
    min-inline-size: 0;
  }
  .row div > :first-child {
    flex: 1 1 9rem;
  }
  img,
  .square {
    flex: none;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    border-radius: calc(var(--_radius) / 2);
    object-fit: cover;
  }
  [part='item-link'] {
    padding: 0.125rem 0;
    color: inherit;
  }
  [part='actions'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
  }
  .button {
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
  .button:hover {
    text-decoration: underline;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
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
    animation: 1s ease-in-out infinite alternate breathe;
  }
  .block {
    inline-size: auto;
    block-size: 3rem;
  }
  .row i {
    margin: 0;
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
  @media (forced-colors: active) {
    i {
      background: GrayText;
    }
  }
`;
