// What is said above the bands: the sentence that the comparison comes to, or its story up to here.

import { html, nothing } from "lit/html.js";

/** @import { Comparison } from "./engine-types" */
/** @import { Telling } from "./beside-story.js" */

/** @param {Comparison} comparison */
function renderSentence({ sentence, terms }) {
  return html`<p role="status">${sentence}</p><p class="terms dim">${terms}</p>`;
}

/**
 * @param {Comparison} comparison
 * @param {Telling} telling
 * @param {(choice: number | undefined) => void} proceed
 */
export function renderSaid(comparison, telling, proceed) {
  if (!telling.told) return html`<div class="said">${renderSentence(comparison)}</div>`;
  const { pause, over, words, story } = telling;
  const asks = pause?.kind === "ask";
  return html`
    <div class="said tale">
      <p class="caption" role="status">${words}</p>
      ${over ? renderSentence(comparison) : nothing}
      ${asks ? html`<p class="choices">${pause.answers.map(({ text }, n) => html`<button @click=${() => proceed(n)}>${text}</button>`)}</p>` : nothing}
      ${pause ? html`<p class="on"><button class=${asks ? "" : "first"} @click=${() => proceed(undefined)}>${story.goOnWords}</button></p>` : nothing}
    </div>`;
}
