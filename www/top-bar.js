// The bar at the top: what is played, with which protocol, by how many servers; sharing, the theme, the keys.

import { html, nothing } from "lit/html.js";
import { PROTOCOLS } from "./protocols.js";
import { lessons, startTitle } from "./scenarios.js";
import { theme } from "./theme.js";

/** @import { App } from "./app.js" */

const MOST_SERVERS = 9;
/** Stands in the list of lessons for the question which rule is off. */
const SPOT = "spot";
/** Stands in the list of protocols for several of them. */
const BESIDE = "beside";
/** What is not told by anybody. */
const FREE = "Free play";

/** @param {App} app */
export function renderBar(app) {
  const { info } = app.player;
  const dark = theme() === "dark";
  return html`
    <header>
      <h1>Consensus Playground</h1>
      ${renderLessons(app)}
      <span class="space"></span>
      ${info ? html`${renderProtocols(app)} ${renderServers(app)}` : nothing}
      <button class="icon keys" title="Keys and signs" aria-label="Keys and signs" @click=${() => app.showKeys()}>?</button>
      <button class="icon" title=${dark ? "Light colours" : "Dark colours"} aria-label=${dark ? "Light colours" : "Dark colours"} @click=${() => app.switchTheme()}>${dark ? "☀" : "☾"}</button>
      <button class="embed" @click=${() => app.handOn("embed")}>Embed</button>
      <button class="first" @click=${() => app.handOn("share")}>Share</button>
    </header>`;
}

/** What is shown, and what else could be. @param {App} app */
function renderLessons(app) {
  const all = lessons();
  if (all.length === 0) return nothing;
  const own = ownName(app);
  const title = own ? "" : app.player.info?.title;
  return html`
    <select id="lesson" aria-label="Lesson" @change=${(/** @type {Event} */ event) => (chosen(event) === SPOT ? spotRule(app) : app.pick(chosen(event)))}>
      <option value="" .selected=${title === startTitle()}>${startTitle()}</option>
      ${all.map((one) => html`<option value=${one.key} .selected=${title === one.title}>${one.name}</option>`)}
      <option value=${SPOT}>Spot the rule: one is off</option>
      ${own ? html`<option value="own" hidden .selected=${true}>${own}</option>` : nothing}
    </select>`;
}

/** What a run is called that is no lesson, nor the first minute while that is told. @param {App} app */
function ownName({ player: { info, frame } }) {
  if (!info || !frame) return "";
  const told = frame.onStory && !frame.scriptDone;
  if (info.title === startTitle()) return told ? "" : FREE;
  return lessons().some(({ title }) => title === info.title) ? "" : info.title || FREE;
}

/** @param {App} app */
function renderProtocols(app) {
  const beside = app.beside?.open === true;
  const now = app.player.info?.protocol;
  const shown = beside ? BESIDE : now?.key;
  const servers = app.player.info?.servers ?? 3;
  const choose = (/** @type {string} */ key) =>
    key === BESIDE ? app.sideBySide() : app.restart(key, servers);
  return html`
    <span class="switch" role="group" aria-label="Protocol">
      ${PROTOCOLS.map(
        ({ key, name }) =>
          html`<button aria-pressed=${key === shown} @click=${() => choose(key)}>${key === now?.key ? now.name : name}</button>`,
      )}
      <button id="side-by-side" aria-pressed=${beside} title="Two or three protocols in the same run" @click=${() => choose(BESIDE)}>Side by side</button>
    </span>
    <select id="protocol" aria-label="Protocol" @change=${(/** @type {Event} */ event) => choose(chosen(event))}>
      ${PROTOCOLS.map(({ key, name }) => html`<option value=${key} .selected=${key === shown}>${name}</option>`)}
      <option value=${BESIDE} .selected=${beside}>Side by side</option>
    </select>`;
}

/** @param {App} app */
function renderServers(app) {
  const { servers = 3, protocol } = app.player.info ?? {};
  const counts = Array.from({ length: Math.max(MOST_SERVERS, servers) }, (_, n) => n + 1);
  return html`
    <label><span class="word">Servers</span>
      <select id="servers" aria-label="Number of servers" @change=${(/** @type {Event} */ event) => app.restart(protocol?.key ?? "", Number(chosen(event)))}>
        ${counts.map((count) => html`<option value=${count} ?selected=${count === servers}>${count}</option>`)}
      </select>
    </label>`;
}

/** @param {Event} event */
function chosen(event) {
  return /** @type {HTMLSelectElement} */ (event.target).value;
}

/** Has the reader find out which rule is off. @param {App} app */
function spotRule(app) {
  app.tried(
    import("./spot.js").then(({ Spot }) => {
      app.spot ??= new Spot(app);
      return app.spot.start();
    }),
  );
}
