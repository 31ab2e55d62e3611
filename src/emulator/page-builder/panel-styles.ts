// The look of the local Page Builder's panel.
export const panelStyles = `
:root {
  color-scheme: light dark;
  --line: light-dark(#d5dae1, #3a424d);
  --soft: light-dark(#5a6472, #a3adba);
  --panel: light-dark(#fff, #1a1f26);
  --back: light-dark(#eef0f4, #0f1318);
  --accent: light-dark(#2f52d3, #9db3ff);
  font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; display: grid; grid-template-columns: 20rem minmax(0, 1fr); block-size: 100vh; background: var(--back); }
aside { overflow: auto; padding: 1.25rem; background: var(--panel); border-inline-end: 1px solid var(--line); }
header h1 { margin: 0; font-size: 1.125rem; }
header p { margin: 0.125rem 0 0; color: var(--soft); font-size: 0.8125rem; }
form { display: grid; gap: 0.75rem; }
#view { grid-template-columns: repeat(4, minmax(0, 1fr)); }
#view select { background: var(--panel); }
label { display: grid; gap: 0.25rem; font-size: 0.8125rem; color: var(--soft); }
input, select, button { inline-size: 100%; min-block-size: 2.25rem; padding: 0.375rem 0.625rem; border: 1px solid var(--line); border-radius: 6px; background: var(--back); color: CanvasText; font: inherit; font-size: 0.9375rem; }
input[type='color'] { padding: 0.125rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
[role='tablist'] { display: flex; gap: 0.25rem; margin-block: 1rem 0.75rem; border-block-end: 1px solid var(--line); }
[role='tab'] { inline-size: auto; border: 0; border-block-end: 2px solid transparent; border-radius: 0; background: none; cursor: pointer; }
[role='tab'][aria-selected='true'] { border-color: var(--accent); color: var(--accent); font-weight: 600; }
section { display: grid; gap: 0.75rem; }
section + section { padding-block-start: 0.75rem; border-block-start: 1px solid var(--line); }
h2 { margin: 0; font-size: 0.9375rem; }
.buttons { display: grid; gap: 0.5rem; margin-block-start: 1.25rem; }
.buttons button { cursor: pointer; }
#problem { padding: 0.625rem; border: 1px solid light-dark(#b3261e, #ff9d93); border-radius: 6px; color: light-dark(#8c1d18, #ff9d93); overflow-wrap: anywhere; }
details { margin-block-start: 1rem; font-size: 0.8125rem; color: var(--soft); }
pre { overflow: auto; padding: 0.625rem; border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
main { display: grid; grid-template-rows: auto minmax(0, 1fr); gap: 0.75rem; padding: 0.75rem 1rem 1rem; }
iframe { inline-size: 100%; block-size: 100%; border: 1px solid var(--line); border-radius: 10px; background: Canvas; }
@media (max-width: 48rem) {
  body { block-size: auto; grid-template-columns: minmax(0, 1fr); }
  aside { border-inline-end: 0; }
  #view { grid-template-columns: minmax(0, 1fr); }
  iframe { block-size: 80vh; }
}
`;
