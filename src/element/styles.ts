// The default look. A theme changes it by `--bcw-*` properties and by parts.
import { css } from 'lit';

export const styles = css`
  :host {
    --_text: var(--bcw-color-text, #1f2328);
    --_muted: var(--bcw-color-muted, #59636e);
    --_surface: var(--bcw-color-surface, #fff);
    --_border: var(--bcw-color-border, #d8dee4);
    --_accent: var(--bcw-color-accent, #0b57d0);
    --_bone: var(--bcw-color-skeleton, #e9edf1);
    --_space: var(--bcw-space, 1rem);
    --_radius: var(--bcw-radius, 0.75rem);
    display: block;
    inline-size: 100%;
    min-inline-size: 0;
    container-type: inline-size;
    color: var(--_text);
    font-family: var(--bcw-font, inherit);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }

  /* light-dark() follows the page's own color-scheme, so a light-only theme never gets a dark card. */
  @supports (color: light-dark(#000, #fff)) {
    :host {
      --_text: var(--bcw-color-text, light-dark(#1f2328, #e6edf3));
      --_muted: var(--bcw-color-muted, light-dark(#59636e, #a0abb6));
      --_surface: var(--bcw-color-surface, light-dark(#fff, #161b22));
      --_border: var(--bcw-color-border, light-dark(#d8dee4, #30363d));
      --_accent: var(--bcw-color-accent, light-dark(#0b57d0, #8ab4f8));
      --_bone: var(--bcw-color-skeleton, light-dark(#e9edf1, #262d36));
    }
  }

  :host([hidden]) {
    display: none;
  }

  .card {
    box-sizing: border-box;
    min-block-size: var(--bcw-min-block-size, 16rem);
    padding: calc(var(--_space) * 1.25);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .card:focus {
    outline: none;
  }

  .heading {
    margin-block: 0 calc(var(--_space) * 0.75);
    font-size: 1.25rem;
    font-weight: 600;
    line-height: 1.3;
  }

  .text {
    margin-block: 0 var(--_space);
  }

  .muted,
  dt {
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(7rem, 100%), 1fr));
    gap: var(--_space);
    margin-block: 0 var(--_space);
  }

  .fact {
    display: flex;
    flex-direction: column;
  }

  dd {
    margin: 0;
    font-size: 1.25rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 1.4;
  }

  .items {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .item,
  .row {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
    padding-block: calc(var(--_space) * 0.5);
    border-block-start: 1px solid var(--_border);
  }

  .item-text {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
  }

  .picture {
    flex: none;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    border-radius: calc(var(--_radius) * 0.6);
    object-fit: cover;
  }

  .meta {
    flex: none;
    max-inline-size: 50%;
    text-align: end;
  }

  a {
    color: var(--_accent);
  }

  .item a {
    padding-block: 0.125rem;
    color: inherit;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }

  a:hover {
    color: var(--_accent);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 0.75);
    padding-block-start: var(--_space);
    border-block-start: 1px solid var(--_border);
  }

  .actions:first-child {
    padding-block-start: 0;
    border: 0;
  }

  button,
  .action {
    box-sizing: border-box;
    min-block-size: 2.5rem;
    padding: 0.4375rem 1rem;
    border: 1px solid currentcolor;
    border-radius: calc(var(--_radius) * 0.6);
    background: none;
    color: var(--_accent);
    font: inherit;
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;
  }

  button:hover,
  .action:hover {
    background: color-mix(in srgb, var(--_accent) 10%, transparent);
  }

  :is(a, button):focus-visible,
  .card:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .message {
    margin-block: 0 var(--_space);
    color: var(--_muted);
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .bone {
    display: block;
    border-radius: 0.25rem;
    background: var(--_bone);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  .bone.title {
    inline-size: 45%;
    block-size: 1.25rem;
    margin-block-end: var(--_space);
  }

  .bone.line {
    inline-size: 70%;
    block-size: 1rem;
  }

  .skeleton > .bone.line {
    margin-block: 0.25rem calc(var(--_space) + 0.25rem);
  }

  .bone.fact {
    block-size: 2.875rem;
  }

  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }

  @container (max-inline-size: 22rem) {
    .item {
      flex-wrap: wrap;
    }

    .meta {
      flex-basis: 100%;
      max-inline-size: none;
      text-align: start;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .bone {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .bone {
      background: GrayText;
    }
  }

  @media print {
    button,
    .skeleton {
      display: none;
    }
  }
`;
