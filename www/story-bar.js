// The story's next button beside the caption, where its tab is out of sight; and the way back to it.

import { html, nothing } from "lit/html.js";
import { proceed } from "./moves.js";

/** @import { App } from "./app.js" */

/** @param {App} app */
export function renderGoOn(app) {
  const { story } = app;
  const { pause, steps, onStory } = story;
  const { storyWaits } = app.player.frame ?? {};
  if (steps.length === 0) return nothing;
  const place = app.tab === "story" ? "told" : "";
  if (!onStory && !storyWaits) return nothing;
  if (!onStory) return html`<button class=${place} @click=${() => app.onReturn()}>Back to the story</button>`;
  if (!pause) return nothing;
  if (pause.kind === "ask")
    return html`<button class="first ${place}" @click=${() => app.reveal("story")}>Answer</button>`;
  return html`<button class="first ${place}" @click=${() => app.tried(proceed(app.player))}>${story.goOnWords}</button>`;
}
