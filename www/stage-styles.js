// How the stage's shapes look.

import { css } from "./part.js";

export const stageStyles = css`
  svg { display: block; width: 100%; height: 100%; position: absolute; inset: 0; user-select: none; touch-action: pan-y; font-family: inherit; }
  text { fill: var(--ink); }
  [data-target] { cursor: pointer; outline: none; }
  .server text, .client text, .label text { text-anchor: middle; }

  .server .body { fill: var(--surface); stroke: var(--hue); stroke-width: 3.2; }
  .server .name { font-weight: 700; }
  .server .term { fill: var(--dim); }
  .server.leading .body { fill: var(--hue); stroke: none; }
  .server.leading .name { fill: var(--on-term); }
  .server.leading .term { fill: var(--on-term); }
  .server.seeking .body { stroke-dasharray: 6 4; }
  .server.syncing .body { stroke-dasharray: 2 3.2; }
  .server.learner .body { stroke-width: 1.6; }
  .server.down .body { fill: var(--stage); stroke: var(--faint); stroke-width: 2; stroke-dasharray: 3 4; }
  .server.down .name { fill: var(--dim); }
  .server.down .term { fill: var(--red); font-weight: 600; }
  .server.paused .body { opacity: 0.55; }
  .server .halo { fill: none; stroke: none; }
  .server.looked .halo { stroke: var(--accent); stroke-width: 2.5; stroke-dasharray: 1 5; stroke-linecap: round; }
  .server.answer .halo { fill: color-mix(in srgb, var(--accent) 12%, transparent); stroke: var(--accent); stroke-width: 2; stroke-dasharray: 5 4; }
  .server.answer:hover .halo { fill: color-mix(in srgb, var(--accent) 24%, transparent); }
  .flight.looked .trail { stroke-width: 3.5; }
  .client.looked rect { stroke: var(--accent); stroke-width: 2.5; }
  .server:hover .halo { stroke: var(--line); stroke-width: 3; }
  .server:focus-visible .halo { stroke: var(--accent); stroke-width: 3; }
  .track { fill: none; stroke: var(--line); stroke-width: 2.4; }
  .timer { fill: none; stroke: var(--dim); stroke-width: 2.4; stroke-linecap: round; }
  .timer.held { stroke-dasharray: 2 4; }
  .sign { fill: var(--stage); stroke: var(--red); stroke-width: 1.8; }
  .paused .sign { stroke: var(--dim); }
  .server .cross { fill: none; stroke: var(--red); stroke-width: 2.2; stroke-linecap: round; }
  .bars { stroke: var(--ink); stroke-width: 2.6; }

  .role { font-weight: 600; }
  .note { fill: var(--dim); }
  .role, .note { paint-order: stroke; stroke: var(--stage); stroke-width: 4px; stroke-linejoin: round; pointer-events: none; }

  .link .open { stroke: var(--line); stroke-width: 1.2; }
  .link .half { stroke-dasharray: 2 5; stroke: var(--red); }
  .link .cut { stroke: var(--red); stroke-width: 1.4; stroke-dasharray: 2 6; opacity: 0.8; }
  .link .bar { fill: none; stroke: var(--red); stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round; }
  .link .hit { stroke: transparent; stroke-width: 16; fill: none; }
  .link:hover .open { stroke: var(--faint); stroke-width: 2.4; }
  .link:focus-visible .hit { stroke: color-mix(in srgb, var(--accent) 35%, transparent); }

  .majority path { fill: color-mix(in srgb, var(--hue) 14%, transparent); stroke: color-mix(in srgb, var(--hue) 50%, transparent); stroke-width: 1.2; stroke-dasharray: 5 4; }
  .majority.reached path { stroke-dasharray: none; stroke: var(--hue); stroke-width: 1.8; fill: color-mix(in srgb, var(--hue) 17%, transparent); }
  .apart path { fill: url(#hatch); stroke: var(--red); stroke-width: 1.4; stroke-dasharray: 6 5; stroke-opacity: 0.75; }
  .hatch { stroke: var(--red); stroke-opacity: 0.2; stroke-width: 1; }

  .trail { fill: none; stroke: var(--hue); stroke-width: 2.1; stroke-linecap: round; }
  .flight .rest { fill: none; stroke: var(--faint); stroke-width: 1.4; stroke-dasharray: 1 5; stroke-linecap: round; }
  .flight .head { fill: var(--hue); }
  .reply .trail { stroke-dasharray: 4 4; }
  .flight.routine { opacity: 0.5; }
  .flight.routine .rest { display: none; }
  .flight.routine .trail { stroke-width: 1; }
  .trails { pointer-events: none; }
  .flight.waiting .head { fill: var(--surface); stroke: var(--hue); stroke-width: 1.6; }
  .flight .hit { fill: transparent; }
  .flight:hover .hit { fill: color-mix(in srgb, var(--hue) 16%, transparent); }
  .flight:focus-visible .hit { stroke: var(--accent); stroke-width: 2.5; }
  .flight .lost { fill: var(--stage); stroke: var(--red); stroke-width: 1.8; }
  .flight .cross { fill: none; stroke: var(--red); stroke-width: 1.8; stroke-linecap: round; }

  .label { pointer-events: none; }
  .label .back { fill: var(--raised); stroke: var(--line); }
  .label.plain .back { fill: none; stroke: none; }
  .label.plain text { fill: var(--dim); font-weight: 500; paint-order: stroke; stroke: var(--stage); stroke-width: 4px; stroke-linejoin: round; }
  .label.red text { fill: var(--red); font-weight: 600; }
  .label.reached text { fill: var(--ink); font-weight: 600; }

  .client .box { fill: var(--surface); stroke: var(--line); stroke-width: 1.4; }
  .client .name { font-weight: 600; }
  .client .status, .op { fill: var(--dim); }
  .op { text-anchor: middle; pointer-events: none; }
  .client.ok .status { fill: var(--ink); font-weight: 600; }
  .client.unknown .box { stroke-dasharray: 4 3; stroke: var(--dim); }
  .client:hover .box { stroke: var(--faint); }
  .client:focus-visible .box { stroke: var(--accent); stroke-width: 2.5; }
  .op { paint-order: stroke; stroke: var(--stage); stroke-width: 4px; }

  .unseen, .flight.routine.unseen { opacity: 0.24; }
  .unseen:focus-visible { opacity: 1; }

  #knife { stroke: var(--red); stroke-width: 2; stroke-dasharray: 6 4; visibility: hidden; }
  #knife.on { visibility: visible; }
`;
