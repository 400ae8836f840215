// How the tabs look that the first view does not show.

import { css } from "./part.js";

export const tabStyles = css`
  h2 { font-size: 13px; font-weight: 600; margin: 16px 0 6px; }
  h2:first-child { margin-top: 0; }
  .rule { padding: 10px 0; border-bottom: 1px solid var(--line); }
  .rule p { overflow-wrap: anywhere; }
  .rule .meta { color: var(--dim); font-size: 12.5px; display: flex; gap: 6px 12px; flex-wrap: wrap; margin-top: 2px; }
  .rule.silent p { color: var(--dim); }
  .rule .off { font-weight: 700; color: var(--ink); }
  .rule.now { box-shadow: -10px 0 var(--surface), -13px 0 var(--accent); }
  .rule .spoke { font-weight: 600; color: var(--ink); }
  .rule .meta { align-items: center; }
  .firings { margin-left: auto; display: flex; }
  .firings button { min-width: 28px; min-height: 28px; padding: 0; font-size: 16px; color: var(--ink); }
  .matrix { width: auto; margin: 4px 0 12px; }
  .matrix th, .matrix td { padding: 0; text-align: center; font-size: 12.5px; color: var(--dim); }
  .matrix button { width: 34px; min-height: 30px; padding: 0; border-radius: 5px; }
  .matrix .cut { color: var(--red); font-weight: 700; }
  .presets { display: flex; flex-wrap: wrap; gap: 6px; }
  .presets button { min-height: 30px; font-size: 13px; padding: 2px 10px; }
  .links { display: grid; grid-template-columns: 1fr 84px; gap: 6px 10px; align-items: center; }
  .links input, .links select { width: 100%; min-height: 30px; padding: 2px 6px; background: var(--raised); border: 1px solid var(--line); border-radius: 8px; }
  .links button { grid-column: 2; }
  .door h2, section + section h2 { margin-top: 14px; }
  .door li { display: flex; align-items: center; gap: 6px; padding: 3px 0; border-bottom: 1px solid var(--line); }
  .door li > span { flex: 1; min-width: 0; overflow-wrap: anywhere; }
  .door li button { min-height: 30px; padding: 2px 9px; font-size: 13px; flex: none; }
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
