// How the tabs look that the first view does not show.

import { css } from "./part.js";

export const tabStyles = css`
  h2 { font-size: 13px; font-weight: 600; margin: 16px 0 6px; }
  h2:first-child { margin-top: 0; }
  .wide { overflow-x: auto; margin: 4px -4px 12px; padding: 0 4px; }
  .matrix { width: auto; }
  .matrix th, .matrix td { padding: 1px; text-align: center; font-size: 12.5px; color: var(--dim); }
  .matrix tbody th { position: sticky; left: 0; background: var(--surface); }
  .matrix button { display: block; min-width: 28px; width: 34px; min-height: 30px; padding: 0; border-radius: 5px; }
  .matrix th button { border-color: transparent; background: none; color: var(--ink); font-weight: 600; }
  .matrix th button:hover { background: var(--press); }
  .matrix:has(th:nth-child(9)) button { width: 28px; min-height: 28px; }
  .matrix .cut { color: var(--red); font-weight: 700; }
  .presets { display: flex; flex-wrap: wrap; gap: 6px; }
  .presets button { min-height: 30px; font-size: 13px; padding: 2px 10px; }
  .door h2, section + section h2, .hint + section > h2 { margin-top: 14px; }
  .door li { display: flex; align-items: center; gap: 6px; padding: 3px 0; border-bottom: 1px solid var(--line); }
  .door li > span { flex: 1; min-width: 0; overflow-wrap: anywhere; }
  .door li button { min-height: 30px; padding: 2px 9px; font-size: 13px; flex: none; }
  playground-command { margin: 6px 0; }
  .ops li { padding: 6px 0; border-bottom: 1px solid var(--line); display: grid; overflow-wrap: anywhere; }
  .op.pending .what { color: var(--dim); }
  .op.ok .what { font-weight: 600; }
  .check { display: grid; grid-template-columns: 20px 1fr; padding: 8px 0; border-bottom: 1px solid var(--line); }
  .check .glyph { font-weight: 700; }
  .check.broken .glyph, .check.broken .name { color: var(--red); }
  .check .name { font-weight: 600; font-size: inherit; }
  .check .told { margin-top: 4px; overflow-wrap: anywhere; }
  .check .since { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; margin-top: 6px; }
  .check .since button { min-height: 28px; padding: 2px 10px; font-size: 13px; }
  .check .since .plain { margin-left: -10px; color: var(--dim); font-variant-numeric: tabular-nums; }
  .check .since:has(.plain) { margin-top: 0; }
  .check.untried .name, .check.declined .name { color: var(--dim); }
  .witnesses { display: grid; grid-template-columns: repeat(auto-fit, minmax(112px, 1fr)); gap: 8px; margin-top: 8px; grid-column: 1 / -1; }
  .witness { display: flex; flex-direction: column; gap: 4px; padding: 8px 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); overflow-wrap: anywhere; font-size: 13px; }
  .witness .about { font-weight: 600; }
  .witness button { align-self: start; min-height: 28px; margin-top: auto; padding: 2px 10px; font-size: 13px; }
  .servers { display: flex; flex-wrap: wrap; gap: 6px; margin-bottom: 14px; }
  .servers button { min-height: 32px; padding: 2px 10px; font-weight: 600; border-width: 1.6px; border-color: var(--line); }
  .servers button[aria-pressed="true"] { border-color: var(--accent); background: var(--press); }
  .kept, .lost { border: 1.6px solid var(--line); border-radius: 10px; padding: 9px 12px; margin-top: 10px; display: grid; gap: 6px; }
  .kept { background: var(--raised); border-color: var(--dim); }
  .lost { border-style: dotted; border-color: var(--dim); }
  .kept h2, .lost h2 { margin: 0; }
  button.value { min-height: 28px; padding: 0 6px; margin: -3px 0 -3px -6px; border: 0; background: none; text-align: left; text-decoration: underline dotted var(--dim) 1px; text-underline-offset: 4px; overflow-wrap: anywhere; }
  button.value:hover { background: var(--press); }
  .new { font-weight: 700; box-shadow: inset 0 -0.55em color-mix(in srgb, var(--accent) 26%, transparent); }
  .was { color: var(--dim); font-size: 12.5px; }
  .unsynced { padding-top: 6px; border-top: 1.6px dotted var(--dim); font-size: 13px; }
  .unsynced button { min-height: 28px; padding: 0 9px; font-size: 13px; margin-left: 6px; }
  .lost + .hint { margin-top: 8px; }
  dl { display: grid; grid-template-columns: minmax(90px, max-content) 1fr; gap: 3px 14px; }
  dt { color: var(--dim); }
  dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: 3px 10px 3px 0; font-weight: 400; }
  thead th { color: var(--dim); font-size: 12.5px; }
  .flights button { display: block; width: calc(100% + 20px); margin: 0 -10px; text-align: left; border: 0; background: none; padding: 5px 10px; border-radius: 7px; min-height: 0; overflow-wrap: anywhere; }
  .flights button:hover { background: var(--press); }
  .swatch { display: inline-block; width: 9px; height: 9px; border-radius: 50%; background: var(--hue); margin-right: 7px; }
  .key { display: flex; flex-wrap: wrap; gap: 6px 14px; font-size: 12.5px; color: var(--dim); }
`;
