// Styles that several elements share.

import { HUES } from "./colour.js";
import { css } from "./part.js";

const numbers = Array.from({ length: HUES + 1 }, (_, n) => n);

/** Classes h0 … h8: everything inside takes the hue of that term. */
export const hues = css`${numbers.map((n) => `.h${n}{--hue:var(--t${n})}`).join("")}`;

export const base = css`
  :host { display: block; box-sizing: border-box; color: var(--ink); }
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  :focus-visible { outline: 2.5px solid var(--accent); outline-offset: 2px; }
  .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  h2, h3, p, ol, ul, dl, dd { margin: 0; padding: 0; }
  ol, ul { list-style: none; }
  .dim { color: var(--dim); }
  .red { color: var(--red); }
`;

export const controls = css`
  button, select, input, .button { font: inherit; color: inherit; }
  button, .button, select, input[type="text"] {
    background: var(--raised); border: 1px solid var(--line); border-radius: 8px; min-height: 34px; padding: 4px 12px;
  }
  button { cursor: pointer; }
  button:hover:not(:disabled), select:hover { background: var(--press); }
  button:disabled { color: var(--dim); cursor: default; }
  button.first { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
  button.first:hover:not(:disabled) { background: var(--accent); filter: brightness(1.08); }
  button.plain { background: none; border-color: transparent; }
  button.plain:hover { background: var(--press); }
  .switch { display: inline-flex; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--raised); }
  .switch button { border: 0; border-radius: 0; background: none; color: var(--dim); min-height: 32px; white-space: nowrap; }
  .switch button + button { border-left: 1px solid var(--line); }
  .switch button[aria-pressed="true"] { background: var(--press); color: var(--ink); font-weight: 600; }
  .switch button:focus-visible { outline-offset: -3px; }
`;
