// The look of the built-in card. It comes with the card; `../styles.ts` has what every state needs.

/** Says that it is CSS, for the minifier. */
const css = String.raw;

export const styles = css`
  .card {
    container-type: inline-size;
  }
  dl,
  ul,
  [part='actions'] {
    margin: var(--_space) 0 0;
    padding: 0;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(7rem, 100%), 1fr));
    gap: var(--_space);
  }
  dt,
  small {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  dd {
    margin: 0;
    font-size: 1.375rem;
    font-weight: 600;
    line-height: 1.3;
    font-variant-numeric: tabular-nums;
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
    flex: 1 9rem;
  }
  small {
    display: block;
  }
  img {
    background: var(--_border);
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
  @container (width < 16rem) {
    .row div > :first-child {
      flex-basis: 100%;
    }
    img {
      inline-size: 2.5rem;
      block-size: 2.5rem;
    }
    .button {
      flex: 1 0 100%;
      text-align: center;
    }
  }
  @container (width > 60rem) {
    ul {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 0 2rem;
    }
  }
`;
