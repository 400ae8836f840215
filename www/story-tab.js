// The story's steps; where it stands; what it asks.

import { html, nothing } from "lit/html.js";

/** @import { Frame, Info, Pause } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

/** @param {PanelView} view @param {Sender} send */
export function storyTab(view, send) {
  const { info, frame } = view;
  const steps = told(info);
  const now = stepNow(view);
  return html`
    <p class="hint">${now >= 0 ? `${now + 1} of ${steps.length}` : `${steps.length} steps`}</p>
    <ol class="story">
      ${steps.map(
        (step, n) => html`<li>
          <button class="jump ${n > now ? "later" : ""}" aria-current=${n === now ? "step" : nothing} @click=${send("step", step)}>
            <span class="n">${n + 1}</span><span class="what">${step.text}</span>
          </button>
          ${n === now && frame.pause ? pauseTemplate(frame.pause, send) : nothing}
          ${frame.question?.line === step.line && !(n === now && frame.pause) ? decidedTemplate(frame.question) : nothing}
        </li>`,
      )}
    </ol>
    ${now < 0 && frame.pause ? pauseTemplate(frame.pause, send) : nothing}`;
}

/** @param {Pause} pause @param {Sender} send */
function pauseTemplate(pause, send) {
  return html`
    <div class="answers">
      ${pause.answers.map(({ text }, n) => html`<button @click=${send("proceed", n)}>${text}</button>`)}
      <button class="first" @click=${send("proceed", undefined)}>${pause.answers.length ? "Let it run" : "Go on"}</button>
    </div>`;
}

/** What the run made of the answers. @param {NonNullable<Frame["question"]>} question */
function decidedTemplate({ answers, right }) {
  if (right === null) return nothing;
  return html`<ul class="decided">
    ${answers.map(({ text }, n) => html`<li class=${n === right ? "right" : ""}>${n === right ? html`<span aria-hidden="true">✓</span><span class="sr">This came true: </span>` : nothing} ${text}</li>`)}
  </ul>`;
}

/** The steps that have words; a bare stop has none. @param {Info} info */
export function told(info) {
  return info.story.filter(({ text }) => text !== "");
}

/**
 * Which step the cursor has come to: the one that waits, else the last one told.
 * @param {PanelView} view
 */
export function stepNow({ info, frame, moments }) {
  const { pause } = frame;
  const steps = told(info);
  if (pause) return steps.findLastIndex(({ line }) => line <= pause.line);
  const said = new Set(moments.filter(({ position }) => position <= frame.position).map(({ text }) => text));
  return steps.findLastIndex(({ text }) => said.has(text) || frame.caption?.text === text);
}
