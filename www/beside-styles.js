// How several protocols stand side by side.

import { css } from "./part.js";

export const besideStyles = css`
  :host { grid-area: 2 / 1 / -1 / -1; display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) clamp(300px, 27vw, 400px); min-height: 0; min-width: 0; background: var(--surface); z-index: 1; }
  .top { grid-column: 1 / -1; display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; padding: 9px 18px; border-bottom: 1px solid var(--line); font-size: 14px; }
  .top h2 { font-size: 15px; }
  .top select { max-width: 300px; text-overflow: ellipsis; }
  .top .space { flex: 1; }
  fieldset { display: flex; flex-wrap: wrap; gap: 4px 12px; border: 0; margin: 0; padding: 0; align-items: center; }
  fieldset label { display: inline-flex; align-items: center; gap: 6px; min-height: 28px; }
  fieldset input { width: 17px; height: 17px; margin: 0; accent-color: var(--accent); }
  .figure { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; min-width: 0; min-height: 0; background: var(--stage); }
  .said { padding: 12px 18px 8px; font-size: 16px; line-height: 1.45; }
  .said .terms { font-size: 12.5px; margin-top: 4px; }
  .said.tale { display: flex; flex-wrap: wrap; align-items: end; gap: 6px 16px; }
  .tale .caption { flex: 1 1 480px; min-height: 4.35em; max-width: 100ch; display: grid; align-content: end; text-wrap: pretty; overflow-wrap: anywhere; }
  .tale > p:not(.caption, .on) { flex-basis: 100%; }
  .tale .caption ~ p[role] { padding-top: 8px; border-top: 1px solid var(--line); font-weight: 600; font-size: 14.5px; }
  .tale .choices { display: none; }
  .bands { display: grid; grid-template-columns: 172px 28px minmax(0, 1fr) auto; align-content: start; overflow-y: auto; min-height: 0; padding: 0 14px 0 18px; background: var(--surface); border-top: 1px solid var(--line); }
  .sides, .names, .logs { padding-top: var(--head); }
  .side { height: var(--band); display: flex; flex-direction: column; align-items: center; border-top: 1px solid transparent; min-height: 0; padding-top: 4px; }
  .side + .side, .names div + div, .logs div + div { border-top-color: var(--faint); }
  .side h2 { font-size: 14px; }
  .side .ring { flex: 1 1 0; min-height: 0; width: 100%; }
  .side p { font-size: 12.5px; color: var(--dim); padding-bottom: 3px; text-align: center; }
  .names div, .logs div { height: var(--band); padding-top: var(--strip); border-top: 1px solid transparent; }
  .logs div { width: 150px; padding-left: 10px; }
  .logs p { display: flex; height: var(--row); gap: 2px; align-items: center; }
  .logs i { flex: 1 1 0; min-width: 0; height: calc(var(--row) - 3px); line-height: calc(var(--row) - 6px); font-style: normal; font-size: 10.5px; text-align: center; white-space: nowrap; overflow: hidden; border: 1px solid transparent; border-radius: 3px; }
  .logs i[class] { border-color: var(--hue); color: var(--ink); }
  .logs i.done { background: color-mix(in srgb, var(--hue) 26%, var(--surface)); }
  .logs .off i[class] { border-style: dashed; color: var(--dim); background: none; }
  .logs .places i { color: var(--dim); }
  .logs .looked { outline: 2px solid var(--accent); outline-offset: -1px; border-radius: 4px; }
  .names span { display: block; height: var(--row); line-height: var(--row); font-size: 12px; font-weight: 600; }
  .names .client { color: var(--dim); font-weight: 400; }
  .lanes { position: relative; height: var(--all); cursor: ew-resize; touch-action: pan-y; }
  canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
  .scrubber { position: absolute; inset: 0; border-radius: 4px; }
  .scrubber:focus-visible { outline-offset: -3px; }
  .keys { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; padding: 8px 18px; border-top: 1px solid var(--line); background: var(--surface); font-size: 14px; }
  .keys .clock { min-width: 84px; text-align: right; font-weight: 600; font-variant-numeric: tabular-nums; }
  .keys .play { min-width: 92px; }
  .keys .difference { flex: 1 1 220px; color: var(--dim); font-size: 13px; line-height: 1.35; padding-left: 6px; }
  aside { border-left: 1px solid var(--line); overflow-y: auto; padding: 14px 16px; min-height: 0; }
  aside.tale { padding: 0; overflow: hidden; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
  .wait, .trouble { padding: 28px; }
  .trouble { color: var(--red); white-space: pre-wrap; }

  @media (max-width: 1180px) {
    .top { padding: 6px 16px; gap: 6px 10px; }
    .top h2 { display: none; }
    .top select { max-width: 240px; }
    .said { padding: 8px 16px 6px; font-size: 15px; }
    .bands { grid-template-columns: 132px 26px minmax(0, 1fr) auto; padding: 0 8px; }
    .logs div { width: 118px; padding-left: 6px; }
    .logs i { font-size: 9.5px; }
  }
  @media (max-width: 900px) {
    :host { display: block; overflow-y: auto; }
    .figure { display: block; }
    .bands { overflow: visible; }
    .keys { position: sticky; bottom: 0; z-index: 2; padding-bottom: calc(8px + env(safe-area-inset-bottom)); }
    aside, aside.tale { border-left: 0; border-top: 1px solid var(--line); overflow: visible; }
    .tale .choices { display: grid; gap: 6px; }
    .choices button { text-align: left; }
  }
  @media (max-width: 640px) {
    .logs { display: none; }
    .top, .said, .keys { padding-left: 10px; padding-right: 10px; }
    .top select { max-width: 100%; flex: 1 1 160px; min-width: 0; }
    .top .space { display: none; }
    .said { font-size: 14.5px; }
    .bands { grid-template-columns: 24px minmax(0, 1fr); }
    .sides { grid-column: 1 / -1; display: grid; grid-template-columns: repeat(var(--sides), minmax(0, 1fr)); gap: 4px; padding: 6px 0 2px; position: sticky; top: 0; z-index: 1; background: var(--surface); border-bottom: 1px solid var(--line); }
    .side + .side { border-top-color: transparent; }
    .side { height: 150px; }
    .side h2 { font-size: 13px; }
    .side p { font-size: 11.5px; min-height: 30px; }
    .keys .difference { flex-basis: 100%; padding: 0; }
  }
`;
