// How the servers and messages of a small ring look.

import { css } from "./part.js";

export const ringStyles = css`
  .server circle { fill: var(--surface); stroke: var(--hue); stroke-width: 2; }
  .server circle.looked { fill: none; stroke: var(--accent); stroke-width: 2; stroke-dasharray: none; }
  .server text { text-anchor: middle; font-size: 11px; font-weight: 700; fill: var(--ink); }
  .server .term { font-size: 9px; font-weight: 600; }
  .server.leading circle { fill: var(--hue); }
  .server.leading text { fill: var(--on-term); }
  .server.seeking circle, .server.syncing circle { stroke-dasharray: 5 3; }
  .server.down circle { stroke: var(--red); stroke-width: 1.4; stroke-dasharray: 2 4; }
  .server.down text { fill: var(--red); }
  .server.paused { opacity: 0.45; }
  .going line { stroke: var(--hue); stroke-width: 1; opacity: 0.35; }
  .going circle { fill: var(--hue); }
  .going.routine { opacity: 0.5; }
  .going.lost circle { fill: var(--red); }
`;
