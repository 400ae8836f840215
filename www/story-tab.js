// The story's steps; where it stands; what it asks.

import { html, nothing } from "lit/html.js";

/** @import { Frame, Pause } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */
/** @import { Question, Step, Story } from "./story.js" */

/** @param {PanelView} view @param {Sender} send */
export function storyTab({ story, frame }, send) {
  const { steps, now, onStory } = story;
  return html`
    <div class="head">
      <p class="hint" role="status">${now < 0 ? `${steps.length} steps` : `${now + 1} of ${steps.length}`}</p>
      <label class="auto"><input type="checkbox" role="switch" .checked=${story.autoplay} @change=${send("autoplay", !story.autoplay)}> Autoplay</label>
    </div>
    ${onStory ? nothing : awayTemplate(now, frame, send)}
    <ol class="story ${onStory ? "" : "away"}">
      ${steps.slice(0, Math.max(now, 0) + 1).map((step, n) => stepTemplate(step, n, { story, frame }, send))}
    </ol>
    ${laterTemplate(steps, Math.max(now, 0) + 1, send)}
    ${onStory && now < 0 && frame.pause ? pauseTemplate(story, frame.pause, send) : nothing}`;
}

/** @param {Step} step @param {number} n @param {{ story: Story, frame: Frame }} view @param {Sender} send */
function stepTemplate(step, n, { story, frame }, send) {
  const { now, onStory } = story;
  const here = n === now;
  const asked = story.asked.get(step.line);
  return html`
    <li>
      <button class="jump" aria-current=${here ? "step" : nothing} @click=${send("step", step.line)}>
        <span class="n">${n + 1}</span><span class="what">${story.textOf(step)}</span>
      </button>
      ${asked && frame.pause?.line !== step.line ? decidedTemplate(asked, story.answers.get(step.line), send) : nothing}
      ${step.invites && n < now ? html`<p class="did"><span aria-hidden="true">✓</span> ${step.invites.text}</p>` : nothing}
      ${here && onStory && frame.pause ? pauseTemplate(story, frame.pause, send) : nothing}
    </li>`;
}

/** The steps to come: their words would give away what the story asks. @param {Step[]} steps @param {number} from @param {Sender} send */
function laterTemplate(steps, from, send) {
  const later = steps.slice(from);
  if (later.length === 0) return nothing;
  return html`
    <div class="ahead" role="group" aria-label="Steps to come">
      ${later.map(({ line }, n) => html`<button aria-label="Step ${from + n + 1}" @click=${send("step", line)}>${from + n + 1}</button>`)}
    </div>`;
}

/** What the story waits for. @param {Story} story @param {Pause} pause @param {Sender} send */
function pauseTemplate(story, pause, send) {
  const asks = pause.kind === "ask";
  const plain = asks || pause.kind === "goal";
  const onStage = pause.answers.some(({ place }) => place);
  const hint = asks ? (onStage ? "or click the server that you mean" : "") : story.hint;
  return html`
    <div class="answers">
      ${pause.answers.map(({ text }, n) => html`<button @click=${send("proceed", n)}>${text}</button>`)}
      <p class="on">
        <button class=${plain ? "" : "first"} @click=${send("proceed", undefined)}>${story.goOnWords}</button>
        ${hint ? html`<span class="hint">${hint}</span>` : nothing}
      </p>
    </div>`;
}

/** Where the reader has left the story. @param {number} now @param {Frame} frame @param {Sender} send */
function awayTemplate(now, { attempt, off, storyWaits }, send) {
  const waits = storyWaits ? `The story waits at step ${now + 1}.` : `It left the story at step ${now + 1}.`;
  const own = storyWaits ? "This run is your own now." : "From here on this run goes a way of its own.";
  return html`
    <div class="left">
      ${attempt ? attemptTemplate(attempt) : html`<p>${off.length ? "This is the same run with a rule off." : own} ${now < 0 ? nothing : waits}</p>`}
      ${storyWaits ? html`<button class="first" @click=${send("return", undefined)}>Back to the story</button>` : nothing}
    </div>`;
}

/** @param {NonNullable<Frame["attempt"]>} attempt */
function attemptTemplate({ text, moves, of, reached }) {
  const rest = of - moves;
  const state = reached
    ? `✓ Done, in ${moves} of ${of} ${of === 1 ? "move" : "moves"}.`
    : rest > 0
      ? `${rest} of ${of} ${of === 1 ? "move" : "moves"} left.`
      : "No move left. Let time pass, or go back and try another way.";
  return html`<p><b>${text}</b></p><p role="status">${state}</p>`;
}

/** What the run made of the answers, and what would come of the wrong ones. @param {Question} question @param {number | undefined} chosen @param {Sender} send */
function decidedTemplate({ answers, right, line }, chosen, send) {
  return html`
    <ul class="decided">
      ${answers.map(({ text, without }, n) => {
        const tags = [n === chosen ? "your answer" : "", n === right ? "this came true" : ""].filter(Boolean);
        return html`<li class=${n === right ? "right" : ""}><span class="mark" aria-hidden="true">${n === right ? "✓" : n === chosen ? "•" : ""}</span>
          <span>${text}${tags.length ? html` <span class="tag">(${tags.join(": ")})</span>` : nothing}
          ${right !== null && n !== right && without.length ? html`<button class="astold" @click=${send("astold", { line, answer: n })}>Run it as told</button>` : nothing}</span></li>`;
      })}
    </ul>
    <p class="said" role="status">${verdict(right, chosen)}</p>`;
}

/** @param {number | null} right @param {number | undefined} chosen */
function verdict(right, chosen) {
  if (right === null) return "The run decides.";
  if (chosen === undefined) return nothing;
  return chosen === right ? "Well seen." : "A good guess, but the run went another way.";
}
