// On a phone: what is beside the picture elsewhere comes up from below when it is asked for.

import { html } from "lit/html.js";

/** @import { App } from "./app.js" */

const NAMES = { panel: "Story", logs: "Logs", act: "Act" };

/** @param {App} app */
export function renderSheets(app) {
  const words = app.player.info?.story.length ? NAMES : { ...NAMES, panel: "Events" };
  return html`
    <div class="sheets" role="group" aria-label="Sheets">
      ${Object.entries(words).map(
        ([key, name]) =>
          html`<button aria-expanded=${app.sheet === key} @click=${() => app.openSheet(key)}>${name}</button>`,
      )}
    </div>`;
}
