// A figure's caption: what just happened, or what the story asks; what is broken, and which rules are off.

import { lookedEntries } from "./figure-looks.js";
import { textWidth } from "./labels.js";
import { html, nothing } from "./part.js";

/** @import { Frame, Info } from "./engine-types" */
/** @import { ConsensusPlayground } from "./figure.js" */

/** How many lines have room: at least, and at most, before the caption scrolls. */
const LINES = { wide: [2, 4], narrow: [3, 5] };
/** What is left and right of the text, and that lines end early, because words stay whole. */
const MARGIN = 40;
const FILLED = 0.93;

/** @param {ConsensusPlayground} figure */
export function figureCaption(figure) {
  const { frame, info } = figure.player;
  if (!frame || !info) return nothing;
  const question = frame.pause && frame.pause.kind !== "invite" ? frame.pause.text : "";
  const text = question || (figure.told.shown?.text ?? "Nothing has happened yet.");
  const [broken] = frame.checks.broken;
  const aside = question || !figure.told.shown?.authored ? "" : (frame.told?.text ?? "");
  const looked = lookedEntries(frame, info);
  const more = [
    question || !figure.answered ? nothing : decided(figure.answered, frame),
    aside ? html`<p class="small">${aside}</p>` : nothing,
    ...looked.map((line) => html`<p class="small">${line}</p>`),
    broken ? html`<p class="broken">✕ ${broken.name} is broken: ${broken.text}</p>` : nothing,
    info.synthetic ? html`<p class="small">${info.synthetic}</p>` : nothing,
    frame.off.length
      ? html`<p class="small">Off in this run: ${frame.off.map(({ words }) => words).join(" ")}</p>`
      : nothing,
  ].filter((line) => line !== nothing);
  const texts = [text, aside, ...looked, broken ? `${broken.name} is broken: ${broken.text}` : ""];
  const small = more.length - texts.slice(1).filter(Boolean).length; // one line each
  const needed = texts.reduce((sum, line) => sum + linesOf(line, figure), small);
  const [, most] = LINES[figure.narrow ? "narrow" : "wide"];
  figure.lines = Math.min(most, Math.max(figure.lines, needed, linesOfStory(info, figure)));
  return html`
    <div class="caption" role="group" aria-label="Caption" tabindex=${needed > most ? 0 : nothing}>
      <p class=${question ? "text asked" : "text"}>${text}</p>
      ${more}
    </div>`;
}

/** How many lines a text takes. @param {string} text @param {ConsensusPlayground} figure */
function linesOf(text, { wide, narrow }) {
  return Math.ceil(textWidth(text, narrow ? 15 : 16) / ((wide - MARGIN) * FILLED));
}

/** How many lines the longest text of the story takes: known before it is told. @param {Info} info @param {ConsensusPlayground} figure */
function linesOfStory({ story }, figure) {
  const [least] = LINES[figure.narrow ? "narrow" : "wide"];
  return Math.max(least, ...story.map(({ text }) => linesOf(text, figure)));
}

/** What the run made of the reader's answer. @param {{ line: number, answer: number }} answered @param {Frame} frame */
function decided({ line, answer }, { question }) {
  if (question?.line !== line || question.right === null) return nothing;
  const right = question.answers[question.right].text;
  return answer === question.right
    ? html`<p class="small">✓ You said so: ${right}.</p>`
    : html`<p class="small">It came out otherwise than you said: ${right}.</p>`;
}
