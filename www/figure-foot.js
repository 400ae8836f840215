// The foot of a figure: keys to go through the run, answers to what the story asks, thin rows.

import { html, nothing, svg } from "./part.js";

/** @import { ConsensusPlayground } from "./figure.js" */

const PLAY = svg`<path d="M4 2.5v11l9-5.5z"></path>`;
const HALT = svg`<path d="M4.5 3h2.4v10H4.5zM9.1 3h2.4v10H9.1z"></path>`;

/** @param {ConsensusPlayground} figure @param {Set<string>} parts */
export function figureFoot(figure, parts) {
  const { frame } = figure.player;
  const answers = frame?.pause?.answers ?? [];
  const cut = parts.has("actions") && (frame?.cuts.length ?? 0) > 0;
  const body = parts.has("transport") && answers.length > 0 ? answersOf(figure) : rowsOf(figure, parts);
  if (!parts.has("transport") && body === nothing && !cut) return nothing;
  return html`
    <div class="foot">
      ${parts.has("transport") ? keysOf(figure) : nothing}
      ${body}
      ${cut ? html`<button class="act" @click=${() => figure.change(["heal"])}>Heal the cut</button>` : nothing}
    </div>`;
}

/** @param {ConsensusPlayground} figure */
function keysOf(figure) {
  const { playing, frame } = figure.player;
  const pause = frame?.pause;
  const name = playing ? "Halt (space)" : "Play (space)";
  return html`
    <div class="keys" role="group" aria-label="Playback">
      <button title="Previous moment (←)" @click=${() => figure.move("back")}>Back</button>
      <button class="play" title=${name} aria-label=${name} @click=${() => figure.move("toggle")}><svg viewBox="0 0 16 16" aria-hidden="true">${playing ? HALT : PLAY}</svg></button>
      <button class="first" title="Next moment (→)" @click=${() => figure.move("next")}>${pause?.kind === "invite" ? pause.text : "Next"}</button>
    </div>`;
}

/** @param {ConsensusPlayground} figure */
function answersOf(figure) {
  const answers = figure.player.frame?.pause?.answers ?? [];
  return html`
    <div class="answers" role="group" aria-label="Answers">
      ${answers.map(({ text }, n) => html`<button @click=${() => figure.answer(n)}>${text}</button>`)}
    </div>`;
}

/** @param {ConsensusPlayground} figure @param {Set<string>} parts */
function rowsOf(figure, parts) {
  if (!parts.has("rows")) return nothing;
  return html`<playground-thin-rows .player=${figure.player} .theme=${figure.theme} .stamp=${figure.stamp}></playground-thin-rows>`;
}
