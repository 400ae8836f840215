// The transport: first, back, play, next, last; the clock, the speed, the scale; the verdict of the checks.

import { isByHand } from "./hand.js";
import { css, html, nothing, Part, svg } from "./part.js";
import { SPEEDS } from "./player.js";
import { LOW, PORTRAIT } from "./portrait.js";
import { base, controls } from "./styles.js";
import { formatTime } from "./words.js";

/** @import { Player } from "./player.js" */

/** @typedef {{ id: number, text: string, at: number, current: boolean }} Branch */

/** Among the speeds: a constant rate. */
const EVEN = "even";
const NAMES = new Map([
  [0.25, "¼×"],
  [0.5, "½×"],
]);

const ICONS = {
  first: svg`<path d="M4 3v10M13 3L6 8l7 5z"></path>`,
  back: svg`<path d="M11 3L4 8l7 5z"></path>`,
  play: svg`<path d="M4 2.5v11l9-5.5z"></path>`,
  halt: svg`<path d="M4.5 3h2.4v10H4.5zM9.1 3h2.4v10H9.1z"></path>`,
  next: svg`<path d="M5 3l7 5-7 5z"></path>`,
  last: svg`<path d="M12 3v10M3 3l7 5-7 5z"></path>`,
};

export class Transport extends Part {
  static properties = ["player", "branches", "stamp"];

  static styles = [
    base,
    controls,
    css`
      :host { display: flex; align-items: center; gap: 8px; padding: 6px 16px; background: var(--surface); min-width: 0; }
      .keys { display: flex; gap: 8px; }
      .keys button { width: 36px; padding: 0; display: grid; place-items: center; }
      .keys svg { width: 16px; height: 16px; fill: currentColor; stroke: currentColor; stroke-width: 1.4; stroke-linejoin: round; }
      .keys button.main { background: var(--ink); color: var(--surface); border-color: var(--ink); }
      .clock { font-variant-numeric: tabular-nums; font-weight: 600; font-size: 16px; min-width: 82px; text-align: right; margin-left: 6px; white-space: nowrap; }
      .pace { font-size: 13px; color: var(--dim); white-space: nowrap; min-width: 60px; }
      .hand { font-size: 13px; white-space: nowrap; }
      .hand[aria-pressed="true"] { background: var(--press); font-weight: 600; border-color: var(--accent); }
      .space { flex: 1; }
      .keys, .switch, .hand { flex: none; }
      select { padding: 2px 6px; font-size: 13px; }
      select.on { background: var(--ink); color: var(--surface); border-color: var(--ink); }
      .verdict { background: none; border: 0; font-size: 13.5px; white-space: nowrap; padding: 4px 6px; color: var(--dim); }
      .verdict.broken { color: var(--red); font-weight: 600; }
      @media (max-width: 900px) { .pace.long, .verdict .long { display: none; } :host { padding: 6px 10px; gap: 6px; } .keys { gap: 4px; } }
      @media (max-width: 520px) { :host { flex-wrap: wrap; } .space { display: none; } .verdict { flex: 1 1 0; min-width: 72px; overflow: hidden; text-overflow: ellipsis; text-align: right; } }
      .more, .word { display: none; }
      @media ${PORTRAIT} {
        :host { padding: 6px 8px; }
        .keys { width: 100%; order: 9; }
        .keys button { width: 48px; min-height: 48px; }
        .keys .key-first, .keys .key-last { display: none; }
        .keys .key-next { flex: 1; display: flex; gap: 6px; align-items: center; justify-content: center; font-weight: 600; }
        .keys .key-next .word { display: inline; }
        :host([goes-on]) .keys .key-next { flex: none; }
        :host([goes-on]) .keys .key-next .word { display: none; }
        .clock { margin: 0; font-size: 14px; min-width: 0; }
        .pace { min-width: 0; }
        :host([open]) .verdict { order: 1; }
        :host([open]) .space { display: block; order: 2; flex: 1 1 100%; margin-top: -6px; }
        :host([open]) :is(#eye, .hand, #speed, .switch) { order: 3; }
        :host([open]) #branch { order: 4; flex: 1 1 100%; min-width: 0; }
        :host([open]) :is(#eye, #speed) { padding: 2px 3px; }
        :host([open]) .switch { flex: 1; }
        :host([open]) .switch button { flex: 1; padding: 4px 8px; }
      }
      @media ${PORTRAIT}, ${LOW} {
        .more { display: block; padding: 0 8px; min-height: 30px; }
        :host(:not([open])) select, :host(:not([open])) .switch { display: none; }
      }
      @media ${LOW} { :host { padding: 4px 8px; flex-wrap: wrap; } .keys { gap: 4px; } .keys .key-first, .keys .key-last { display: none; } .pace, .verdict .long { display: none; } :host([goes-on]:not([open])) .hand { display: none; } :host([goes-on]) .clock { min-width: 0; } }
    `,
  ];

  constructor() {
    super();
    /** @type {Player | null} */
    this.player = null;
    /** @type {Branch[]} */
    this.branches = [];
    this.stamp = 0;
  }

  render() {
    const player = this.player;
    if (!player?.frame) return nothing;
    return html`
      <div class="keys" role="group" aria-label="Playback">
        ${this.renderKey("first", "First moment (Home)")}
        ${this.renderKey("back", "Previous moment (←)")}
        ${this.renderKey(player.playing ? "halt" : "play", player.playing ? "Halt (space)" : "Play (space)", "main")}
        ${this.renderKey("next", "Next moment (→)")}
        ${this.renderKey("last", "Last moment seen (End)")}
        <slot @slotchange=${this.onGoOn}></slot>
      </div>
      <span class="clock">${player.scale === "time" ? formatTime(Math.floor(player.at / 1000) * 1000) : `step ${player.frame.position}`}</span>
      <span class="pace ${player.moving ? "" : "long"}">${this.pace(player)}</span>
      <span class="space"></span>
      <button class="more" aria-expanded=${this.hasAttribute("open")} aria-label="More controls" title="More controls" @click=${this.onMore}>⋯</button>
      ${this.renderBranches()}
      ${this.renderEye(player)}
      <button class="hand" aria-pressed=${isByHand(player.frame)} title="Time stands, and you choose what happens next" @click=${() => this.send("hand", null)}>By hand</button>
      <label class="sr" for="speed">Speed</label>
      <select id="speed" title="Speed" @change=${this.onSpeed}>
        ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === player.speed && !player.pacing.even}>${NAMES.get(speed) ?? `${speed}×`}</option>`)}
        <option value=${EVEN} ?selected=${player.pacing.even} title="True proportions: no quiet stretch is hurried">${EVEN}</option>
      </select>
      <span class="switch" role="group" aria-label="Scale">
        ${["time", "steps"].map((scale) => html`<button aria-pressed=${player.scale === scale} @click=${() => this.send("scale", scale)}>${scale}</button>`)}
      </span>
      ${this.renderVerdict(player.frame.checks)}`;
  }

  /** @param {keyof typeof ICONS} key @param {string} label @param {string} [kind] */
  renderKey(key, label, kind = "") {
    const path = html`<svg viewBox="0 0 16 16" aria-hidden="true">${ICONS[key]}</svg>`;
    return html`<button class="key-${key} ${kind}" title=${label} aria-label=${label} @click=${() => this.send("transport", key)}>${path}${key === "next" ? html`<span class="word">Next</span>` : nothing}</button>`;
  }

  /** Through whose eyes to see. @param {Player} player */
  renderEye({ frame, place }) {
    const places = [...(frame?.nodes ?? []), ...(frame?.clients ?? [])].map(({ name }) => name);
    return html`
      <label class="sr" for="eye">See as</label>
      <select id="eye" class=${place ? "on" : ""} title="Dims what this server or client cannot know" @change=${(/** @type {Event} */ event) => this.send("eye", chosen(event))}>
        <option value="" ?selected=${place === ""}>See all</option>
        ${places.map((name) => html`<option value=${name} ?selected=${name === place}>See as ${name}</option>`)}
      </select>`;
  }

  renderBranches() {
    if (this.branches.length < 2) return nothing;
    return html`
      <label class="sr" for="branch">Branch</label>
      <select id="branch" title="Branches of this run" @change=${(/** @type {Event} */ event) => this.send("branch", Number(chosen(event)))}>
        ${this.branches.map(({ id, text, at, current }) => html`<option value=${id} ?selected=${current}>branch ${id + 1}: ${text || "start"} (${formatTime(at)})</option>`)}
      </select>`;
  }

  /** @param {import("./engine-types").Checks} checks */
  renderVerdict({ holds, of, broken }) {
    const words = broken.length
      ? html`✕ <span class="long">${broken[0].name}</span> broken`
      : html`✓ ${holds} of ${of} <span class="long">promises hold</span>`;
    const title = broken.length ? `${broken[0].name} is broken. Show the checks` : "Show the checks";
    return html`<button class="verdict ${broken.length ? "broken" : ""}" title=${title} @click=${() => this.send("tab", "checks")}>${words}</button>`;
  }

  /** How fast time passes here. @param {Player} player */
  pace(player) {
    const moment = player.frame?.caption?.moment;
    const where = moment === undefined ? "" : `moment ${moment}`;
    if (!player.moving || player.scale !== "time") return player.holds > 0 && player.playing ? "held" : where;
    if (player.pacing.even) return "true proportions";
    const hurry = player.pacing.hurry(player.at);
    return hurry >= 1.5 ? `» ×${Math.round(hurry)}` : "";
  }

  /**
   * Where the story's tab is out of sight, its next button stands among the keys.
   * @param {Event} event
   */
  onGoOn({ target }) {
    const goesOn = target instanceof HTMLSlotElement && target.assignedElements().length > 0;
    this.toggleAttribute("goes-on", goesOn);
  }

  /** On a phone: shows the rest of the controls, or puts them away. */
  onMore() {
    this.toggleAttribute("open");
    this.requestUpdate();
  }

  /** @param {Event} event */
  onSpeed(event) {
    const value = chosen(event);
    this.send("speed", { speed: value === EVEN ? 1 : Number(value), even: value === EVEN });
  }

  /** @param {string} name @param {unknown} detail */
  send(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** @param {Event} event */
function chosen(event) {
  return /** @type {HTMLSelectElement} */ (event.target).value;
}

customElements.define("playground-transport", Transport);
