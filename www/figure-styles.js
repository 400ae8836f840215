// How a figure looks. `all: initial` keeps the styles of the page around it out; the root keeps these in.

import { css } from "./part.js";

export const figureStyles = css`
  :host { color: inherit; height: 420px; contain: style; }
  :host(:state(narrow)) { height: 480px; }
  :host([hidden]) { display: none; }
  .figure { all: initial; --lines: 0; --foot: 0px; box-sizing: border-box; height: 100%; display: flex; flex-direction: column; position: relative; overflow: hidden; border: 1px solid var(--line); border-radius: 12px; background: var(--stage); color: var(--ink); font: 15px/1.4 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; -webkit-text-size-adjust: 100%; }
  .figure:focus { outline: none; }
  .figure:focus-visible { outline: 2.5px solid var(--accent); outline-offset: -3px; }
  playground-stage { flex: 1 1 200px; min-height: 90px; }
  .lower { flex: none; display: flex; flex-direction: column; }
  .staged .lower { height: calc(var(--lines) * 22px + 14px + var(--foot)); }
  .alone .lower { flex: 1; min-height: 0; }
  .caption { flex: 1; min-height: 0; padding: 2px 16px 12px; overflow: auto; display: grid; align-content: safe end; font-size: 16px; line-height: 22px; text-wrap: pretty; overflow-wrap: anywhere; }
  .caption:focus-visible { outline-offset: -3px; }
  .caption .asked { font-weight: 600; }
  .caption .small { font-size: 13.5px; color: var(--dim); }
  .caption .broken { color: var(--red); font-weight: 600; }
  .transport { --foot: 53px; }
  .rows { --foot: 119px; }
  .foot { flex: none; display: flex; align-items: center; gap: 8px 12px; padding: 8px 12px; background: var(--surface); border-top: 1px solid var(--line); min-height: var(--foot); box-sizing: border-box; }
  .keys { display: flex; gap: 8px; flex: none; }
  .keys button { min-height: 36px; padding: 4px 14px; font-size: 15px; }
  .keys .play { width: 38px; padding: 0; display: grid; place-items: center; }
  .keys svg { width: 15px; height: 15px; fill: currentColor; stroke: currentColor; stroke-width: 1.4; stroke-linejoin: round; }
  .keys .steps { min-height: 36px; padding: 0 4px; font: inherit; font-size: 14px; }
  .keys .back { padding: 4px 10px; font-size: 14px; }
  playground-thin-rows { flex: 1; min-width: 0; }
  .act { flex: none; min-height: 36px; margin-left: auto; }
  .answers { flex: 1; min-width: 0; max-height: 120px; overflow: auto; display: flex; flex-wrap: wrap; gap: 6px; }
  .answers button { flex: 1 1 40%; text-align: left; font-size: 14px; line-height: 1.3; min-height: 34px; }
  .narrow .caption { padding: 2px 12px 10px; font-size: 15px; line-height: 21px; }
  .narrow.transport { --foot: 57px; }
  .narrow.rows { --foot: 119px; }
  .narrow.rows.transport { --foot: 167px; }
  .narrow .foot { flex-wrap: wrap; padding: 6px 10px 10px; }
  .narrow playground-thin-rows, .narrow .answers { flex: 1 0 100%; order: -1; }
  .narrow .answers { max-height: 150px; }
  .narrow .answers button { flex-basis: 100%; }
  .narrow .keys { flex: 1; }
  .narrow .keys button { min-height: 40px; padding: 4px 10px; }
  .narrow .keys .back { font-size: 13px; padding: 4px 6px; }
  .narrow .keys .steps { min-height: 40px; }
  .narrow .keys .first { flex: 1; }
  .narrow .act { min-height: 40px; padding: 4px 10px; }
  .wait { position: absolute; inset: 0; display: grid; place-items: center; color: var(--dim); font-size: 14px; }
  .notice { position: absolute; left: 12px; right: 12px; top: 10px; margin: 0 auto; max-width: 560px; box-sizing: border-box; display: flex; gap: 10px; align-items: start; background: var(--raised); border: 1px solid var(--red); border-radius: 10px; padding: 8px 8px 8px 14px; font-size: 14px; line-height: 1.4; z-index: 2; }
  .notice.quiet { border-color: var(--line); }
  .notice p { flex: 1; margin: 3px 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 140px; overflow: auto; }
  .notice button { border: 0; background: none; min-height: 30px; width: 30px; padding: 0; }
`;
