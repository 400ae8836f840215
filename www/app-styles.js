// Where the parts of the page stand.

import { css } from "./part.js";
import { LOW, PORTRAIT, SHEET } from "./portrait.js";

export const appStyles = css`
  :host { display: grid; height: 100dvh; min-height: 560px; background: var(--surface); grid-template: "bar bar" auto "stage panel" minmax(0, 1fr) "run run" auto / minmax(0, 1fr) clamp(290px, 27vw, 390px); }
  header { grid-area: bar; display: flex; align-items: center; gap: 10px; padding: 9px 18px; border-bottom: 1px solid var(--line); min-width: 0; }
  header h1 { font-size: 16px; margin: 0 8px 0 2px; white-space: nowrap; }
  header .space { flex: 1; }
  header select { max-width: 340px; text-overflow: ellipsis; }
  header #lesson { flex: 0 1 340px; min-width: 84px; }
  header .switch { flex: none; }
  header #protocol { display: none; }
  header label { display: inline-flex; align-items: center; gap: 6px; font-size: 14px; color: var(--dim); }
  header .icon { width: 36px; padding: 0; }
  main { grid-area: stage; position: relative; display: grid; grid-template-rows: minmax(0, 1fr) auto; background: var(--stage); min-width: 0; min-height: 0; }
  playground-stage { min-height: 0; }
  .tools { display: flex; gap: 6px; flex: none; }
  .tools button { font-size: 13.5px; }
  .tools .told { display: none; }
  playground-why, playground-breaks, playground-spot { margin: 0 16px 10px; }
  playground-why, playground-spot { max-width: 860px; }
  .wait { position: absolute; inset: 0; display: grid; place-items: center; color: var(--dim); }
  .notice { position: absolute; left: 50%; top: 12px; transform: translateX(-50%); width: min(640px, calc(100% - 32px)); display: flex; gap: 12px; align-items: start; background: var(--raised); border: 1px solid var(--red); border-radius: 10px; padding: 10px 10px 10px 16px; box-shadow: 0 6px 22px rgb(0 0 0 / 14%); font-size: 14.5px; line-height: 1.45; z-index: 5; }
  .notice.quiet { border-color: var(--line); }
  .notice p { flex: 1; margin: 3px 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 180px; overflow: auto; }
  .notice button { border: 0; background: none; min-height: 30px; width: 30px; padding: 0; }
  .run { grid-area: run; border-top: 1px solid var(--line); min-width: 0; }
  playground-rows { height: calc(var(--lanes, 240px) + 4px); }
  aside { grid-area: panel; border-left: 1px solid var(--line); min-height: 0; min-width: 0; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
  playground-panel { min-height: 0; }

  .sheets, playground-transport > button { display: none; }
  :host([beside]) :is(main, .run, aside) { display: none; }

  @media (max-width: 1180px) {
    header h1 { font-size: 15px; }
    header label .word { display: none; }
    header { padding: 6px 16px; }
  }
  @media (min-width: 901px) and (max-height: 800px) {
    playground-breaks.finds { position: absolute; left: 100%; bottom: 0; z-index: 4; width: clamp(290px, 27vw, 390px); max-height: calc(100% - 70px); margin: 0; border-radius: 12px 12px 0 0; }
  }
  @media (max-width: 900px) {
    .tools .told { display: inline-block; }
    :host { height: auto; min-height: 100dvh; grid-template: "bar" auto "stage" auto "run" auto "panel" auto / minmax(0, 1fr); }
    header { flex-wrap: wrap; padding: 6px 12px; gap: 6px; }
    header .space { display: none; }
    header h1 { flex: 1; }
    header h1, header .icon, header .first { order: -1; }
    header #lesson { flex: 1 1 84px; min-width: 0; padding-left: 8px; }
    header h1 { margin: 0 4px 0 2px; font-size: 14.5px; }
    playground-stage { height: clamp(230px, 44vh, 400px); }
    aside { border-left: 0; border-top: 1px solid var(--line); height: max(300px, 70vh); }
    .run { position: relative; }
  }
  @media (max-width: 720px) { playground-rows { height: auto; } .tools { flex-wrap: wrap; } }

  @media ${PORTRAIT}, ${LOW} {
    :host { --foot: calc(46px + env(safe-area-inset-bottom)); height: 100dvh; min-height: 0; overflow: hidden; grid-template: "bar" auto "stage" auto "run" minmax(0, 1fr) / minmax(0, 1fr); }
    header { flex-wrap: nowrap; padding: 5px 8px; gap: 5px; }
    header h1 { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
    header #lesson { order: -2; flex: 1 1 40px; min-width: 40px; }
    header #servers { padding: 2px 2px; min-width: 44px; flex: none; }
    header .switch { display: none; }
    header #protocol { display: block; flex: 0 1 auto; min-width: 0; padding: 2px 4px; font-size: 14px; }
    header label { font-size: 0; }
    header label select { font-size: 14px; }
    header .icon { width: 30px; flex: none; }
    header .first { padding: 4px 8px; }
    .run { display: grid; grid-template: "rows" minmax(0, 1fr) "keys" auto "sheets" auto / minmax(0, 1fr); }
    playground-stage { height: clamp(170px, 29dvh, 300px); }
    playground-rows { grid-area: rows; height: auto; min-height: 0; }
    playground-transport { grid-area: keys; border-top: 1px solid var(--line); }
    .sheets { grid-area: sheets; display: grid; grid-template-columns: repeat(3, 1fr); gap: 6px; padding: 0 8px calc(8px + env(safe-area-inset-bottom)); }
    playground-transport > button { display: block; min-width: 0; font-size: 14px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    playground-breaks { margin: 0 8px 6px; }
    .sheets button[aria-expanded="true"] { background: var(--ink); color: var(--surface); }
    aside, .tools { display: none; ${SHEET}; overflow: hidden; }
    :host([sheet="panel"]) aside { display: grid; height: 62dvh; }
    :host([sheet="act"]) .tools { display: flex; padding: 16px 12px; gap: 8px; }
    :host([sheet="logs"]) playground-rows { --sheet: block; }
  }
  @media ${PORTRAIT} {
    header > button:not(.keys, .first) { display: none; }
    playground-transport > button { flex: 1; min-height: 48px; }
  }
  @media ${LOW} {
    :host { --foot: 0px; grid-template: "bar" auto "stage" minmax(0, 1fr) "run" auto / minmax(0, 1fr); }
    header { padding: 3px 8px; }
    .run { grid-template: "keys sheets" auto "rows rows" auto / minmax(0, 1fr) auto; }
    playground-stage { height: auto; }
    playground-rows { height: min(112px, var(--lanes)); }
    playground-transport { border: 0; }
    .sheets { padding: 4px 8px 4px 0; }
    .sheets button { padding: 2px 8px; font-size: 13px; }
  }
`;
