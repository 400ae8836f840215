// How the side panel looks.

import { css } from "./part.js";

export const panelStyles = css`
  :host { display: flex; flex-direction: column; min-height: 0; container-type: inline-size; }
  .tabs { display: grid; grid-template-columns: repeat(4, auto); padding: 5px 10px 0; border-bottom: 1px solid var(--line); flex: none; }
  @container (min-width: 560px) { .tabs { grid-auto-flow: column; grid-template-columns: none; justify-content: start; } }
  .tabs button { border: 0; background: none; border-radius: 6px 6px 0 0; padding: 4px 9px 6px; color: var(--dim); font-size: 13.5px; min-height: 32px; white-space: nowrap; }
  .tabs button[aria-selected="true"] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -2px var(--accent); }
  .tabs button:focus-visible { outline-offset: -3px; }
  .body { flex: 1; min-height: 0; overflow: auto; padding: 14px 20px 20px; font-size: 14px; line-height: 1.45; overscroll-behavior: contain; }
  .body:focus-visible { outline-offset: -3px; }
  .hint { color: var(--dim); font-size: 13px; }

  .events button, .events summary { display: grid; grid-template-columns: 70px 1fr; gap: 10px; width: calc(100% + 20px); margin: 0 -10px; text-align: left; border: 0; background: none; padding: 5px 10px; min-height: 0; color: var(--dim); border-radius: 7px; overflow-wrap: anywhere; }
  .events summary { cursor: pointer; list-style: none; }
  .events .when { font-variant-numeric: tabular-nums; font-size: 12.5px; white-space: nowrap; padding-top: 1px; }
  .events button:hover, .events summary:hover { background: var(--press); }
  .events .turning .what { font-weight: 600; color: var(--ink); }
  .events [aria-current] { background: var(--press); color: var(--ink); }
`;
