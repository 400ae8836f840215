// How a story's steps look.

import { css } from "./part.js";

export const storyStyles = css`
  .story .jump { display: grid; grid-template-columns: 20px 1fr; gap: 10px; width: calc(100% + 20px); margin: 0 -10px; padding: 8px 10px; min-height: 0; border: 0; border-radius: 7px; background: none; color: var(--dim); text-align: left; overflow-wrap: anywhere; }
  .story .jump:hover { background: var(--press); }
  .story .n { font-weight: 700; color: var(--ink); }
  .story [aria-current] .what { color: var(--ink); font-weight: 600; }
  .ahead { display: flex; flex-wrap: wrap; gap: 4px; margin: 10px 0 0 -6px; padding-top: 10px; border-top: 1px solid var(--line); }
  .ahead button { min-width: 32px; min-height: 32px; padding: 0 6px; border: 0; border-radius: 7px; background: none; color: var(--dim); font-weight: 600; }
  .answers { display: grid; gap: 8px; margin: 8px 0 12px 30px; }
  .answers button { text-align: left; }
  .answers .on { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
  .head { display: flex; justify-content: space-between; align-items: center; margin-bottom: 8px; }
  .auto { display: inline-flex; align-items: center; gap: 6px; min-height: 28px; font-size: 13px; color: var(--dim); cursor: pointer; }
  .auto input { width: 16px; height: 16px; margin: 0; accent-color: var(--accent); }
  .left { position: sticky; top: -4px; z-index: 1; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 10px 12px; margin-bottom: 12px; display: grid; gap: 8px; justify-items: start; }
  .did { margin: 0 0 6px 30px; color: var(--dim); }
  .story.away [aria-current] .what { font-weight: 400; }
  .decided { margin: 2px 0 4px 30px; display: grid; gap: 4px; color: var(--dim); }
  .decided li { display: grid; grid-template-columns: 16px 1fr; gap: 4px; }
  .decided .right { color: var(--ink); font-weight: 600; }
  .decided .tag { color: var(--dim); font-weight: 400; }
  .astold { display: block; margin: 4px 0 6px; padding: 2px 11px; min-height: 30px; font-size: 13px; font-weight: 400; color: var(--ink); }
  .said { margin: 0 0 10px 50px; }
`;
