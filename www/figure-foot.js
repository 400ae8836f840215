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
      ${parts.has("transport") ? keysOf(figure, parts.has("story")) : nothing}
      ${body}
      ${parts.has("story") && figure.wronglyAnswered && !figure.narrow ? asToldOf(figure, "act") : nothing}
      ${cut ? html`<button class="act" aria-label="Heal the cut" @click=${() => figure.change(["heal"])}>${figure.narrow ? "Heal" : "Heal the cut"}</button>` : nothing}
    </div>`;
}

/** @param {ConsensusPlayground} figure @param {boolean} told */
function keysOf(figure, told) {
  const { goes, story } = figure;
  const name = goes ? "Halt (space)" : "Play (space)";
  return html`
    <div class="keys" role="group" aria-label="Playback">
      <button title="Previous moment (←)" @click=${() => figure.move("back")}>Back</button>
      <button class="play" title=${name} aria-label=${name} @click=${() => figure.move("toggle")}><svg viewBox="0 0 16 16" aria-hidden="true">${goes ? HALT : PLAY}</svg></button>
      ${told && hasSteps(figure) ? stepsOf(figure) : nothing}
      <button class="first" title="Next moment (→)" @click=${() => figure.move("next")}>${story.pause?.kind === "invite" ? story.pause.text : "Next"}</button>
    </div>`;
}

/** Whether there is a story, and room to say where it stands. @param {ConsensusPlayground} figure */
function hasSteps({ story, askedIn, narrow, player }) {
  const full = narrow && story.pause?.kind === "invite" && (player.frame?.cuts.length ?? 0) > 0;
  return askedIn !== null || (story.steps.length > 0 && !full);
}

/** Where the story stands, and a way to each of its steps; or back to it. @param {ConsensusPlayground} figure */
function stepsOf(figure) {
  const { steps, now, onStory } = figure.story;
  const { storyWaits } = figure.player.frame ?? {};
  if (figure.askedIn || (!onStory && storyWaits))
    return html`<button class="back" aria-label="Back to the story" @click=${() => figure.backToStory()}>${figure.narrow ? "To the story" : "Back to the story"}</button>`;
  if (figure.narrow && figure.wronglyAnswered) return asToldOf(figure, "back"); // no room for both
  return html`
    <select class="steps" aria-label="Step of the story" @change=${(/** @type {Event} */ event) => figure.toStep(Number(chosen(event)))}>
      ${now < 0 ? html`<option value="" disabled .selected=${true}>${steps.length} steps</option>` : nothing}
      ${steps.map(({ line }, n) => html`<option value=${line} .selected=${n === now}>${n + 1} of ${steps.length}</option>`)}
    </select>`;
}

/** @param {Event} event */
function chosen(event) {
  return /** @type {HTMLSelectElement} */ (event.target).value;
}

/** What would have come of the reader's answer. @param {ConsensusPlayground} figure @param {string} kind */
function asToldOf(figure, kind) {
  const { line = 0, answer = 0 } = figure.answered ?? {};
  return html`<button class=${kind} @click=${() => figure.runAsTold(line, answer)}>Run it as told</button>`;
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
