// The liveness meter: whether a majority is connected, and for how long nothing has come of what is wanted of it.

import { html, nothing } from "lit/html.js";
import { css } from "./part.js";
import { counted, formatTime } from "./words.js";

/** @import { Frame } from "./engine-types" */
/** @import { Sender } from "./panel.js" */

/** A bar is as long as the longest stretch so far, and at least this: in microseconds, or in events of a run by hand. */
const LEAST = { time: 10_000_000, events: 100 };

export const meterStyles = css`
  .progress { display: grid; gap: 3px; margin: 4px 0 10px; padding: 8px 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); font-size: 13px; line-height: 1.4; }
  section.progress > h2 { margin: 0; font-size: 13px; font-weight: 600; }
  .progress .gauge { height: 8px; border-radius: 4px; background: var(--press); border: 1px solid var(--dim); overflow: hidden; }
  .progress .gauge span { display: block; height: 100%; background: var(--accent); }
  .progress .stands { font-weight: 600; font-variant-numeric: tabular-nums; }
  .progress .longest { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; color: var(--dim); font-variant-numeric: tabular-nums; }
  .progress button { min-height: 28px; padding: 0 6px; border: 0; background: none; font-size: 13px; color: var(--accent); text-decoration: underline; text-underline-offset: 2px; }
`;

/** @param {Frame | null} frame @param {boolean} byHand true if hardly any time passes: then events count @param {Sender} send */
export function meterTemplate(frame, byHand, send) {
  if (!frame?.meter) return nothing;
  const { connected, who, wanted, since, longest } = frame.meter;
  const measure = byHand ? "events" : "time";
  const stall = since && {
    ...since,
    time: frame.at - since.at,
    events: frame.position - since.position,
  };
  const now = stall?.[measure] ?? 0;
  const most = Math.max(LEAST[measure], longest?.[measure] ?? 0, now);
  const stands = stall ? `No progress for ${size(stall, byHand)}` : connected ? "Nothing stands still" : "";
  return html`
    <section class="progress" aria-label="Progress">
      <h2>Progress</h2>
      <p>${who}</p>
      ${
        connected
          ? html`
            <div class="gauge" role="meter" aria-label="No progress for" aria-valuemin="0" aria-valuemax=${most} aria-valuenow=${now} aria-valuetext=${stands}><span .style=${`width: ${Math.round((100 * now) / most)}%`}></span></div>
            <p><span class="stands">${stands}.</span> ${wanted} ${since ? began(since, send) : nothing}</p>`
          : nothing
      }
      ${
        longest && longest[measure] > now
          ? html`<p class="longest">Longest in this run so far: ${size(longest, byHand)}. ${began(longest, send)}</p>`
          : nothing
      }
    </section>`;
}

/** The way to where a stretch began. @param {{ position: number }} stretch @param {Sender} send */
function began({ position }, send) {
  return html`<button class="plain" @click=${send("jump", position)}>Where that began</button>`;
}

/** @param {{ time: number, events: number }} stretch @param {boolean} byHand */
function size({ time, events }, byHand) {
  return byHand ? counted(events, "event") : formatTime(time);
}
