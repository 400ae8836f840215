// Two or three protocols side by side: the sentence, a small ring and a band for each under one axis and one playhead, and the
// tables. It draws what the engine compared, and says what its reader wants.

import "./beside-panel.js";
import { AXIS, bandHeight, bandStrokes, HEAD, headStrokes, knownOf, STRIP, topsOf } from "./beside-bands.js";
import { Journey } from "./beside-journey.js";
import { renderLogs } from "./beside-logs.js";
import { Ring, ringPicture } from "./beside-rings.js";
import { COMPARISONS, MOST_BESIDE, othersThan } from "./beside-scenarios.js";
import { besideStyles } from "./beside-styles.js";
import { renderSaid } from "./beside-told.js";
import { Viewport } from "./beside-viewport.js";
import { paint } from "./canvas.js";
import { eyeKey, isTaken, moveOf } from "./keys.js";
import { html, nothing, Part } from "./part.js";
import { ringStyles } from "./ring-styles.js";
import { base, controls, hues } from "./styles.js";
import { onTheme, palette } from "./theme.js";
import { formatTime } from "./words.js";

/** @import { Laid } from "./beside-desk.js" */
/** @import { Bands } from "./beside-bands.js" */

const SPEEDS = [0.25, 0.5, 1, 2, 4];
/** Where the window is no wider, all stands below one another, as high as it likes. */
const NARROW = 900;

export class BesideView extends Part {
  static properties = ["laid", "choice", "own", "trouble", "busy", "copied", "stamp", "frames", "tab"];

  static styles = [base, controls, hues, ringStyles, besideStyles];

  constructor() {
    super();
    /** @type {Laid | null} */
    this.laid = null;
    /** Which of the scenarios on offer is shown: its key, or "own". */
    this.choice = "own";
    /** The title of the reader's own, if there is one. */
    this.own = "";
    this.trouble = "";
    this.busy = false;
    this.copied = "";
    /** Rises when the picture has moved. */
    this.stamp = 0;
    /** All protocols at, or shortly before, the playhead. @type {import("./engine-types").Frame[]} */
    this.frames = [];
    this.journey = new Journey(() => this.move());
    this.clock = this.journey.clock;
    this.telling = this.journey.telling;
    /** True until the focus has come to a story that was opened. */
    this.entering = false;
    /** Which tab is open beside the bands. */
    this.tab = "story";
    this.viewport = new Viewport();
    /** @type {Ring[]} */
    this.rings = [];
    this.width = 0;
    /** How high the bands may be together. */
    this.room = 0;
    this.dragging = false;
    this.font = "sans-serif";
    /** What the bands were painted from last. @type {unknown[]} */
    this.painted = [];
    this.sizes = new ResizeObserver(() => this.measure());
  }

  connectedCallback() {
    super.connectedCallback();
    this.setAttribute("role", "main");
    this.setAttribute("aria-label", "Side by side");
    addEventListener("keydown", this.onKey);
    this.stopTheme = onTheme(() => this.requestUpdate());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.onKey);
    this.stopTheme?.();
    this.sizes.disconnect();
    this.telling.story.rest();
    this.clock.halt();
  }

  firstUpdated() {
    this.sizes.observe(this);
    this.focusFirst();
  }

  /** The focus comes along to where the reader looks. */
  focusFirst() {
    const first = this.renderRoot.querySelector("select");
    if (first instanceof HTMLElement) first.focus();
  }

  /** Who enters a story goes on in it, and does not choose another. */
  enter() {
    const play = this.renderRoot.querySelector("button.play");
    if (!this.entering || !(play instanceof HTMLElement)) return;
    this.entering = false;
    const active = this.renderRoot.activeElement;
    if (!active || active.matches("select")) play.focus();
  }

  /** Shows a comparison from an instant on. @param {Laid} laid */
  show(laid) {
    this.laid = laid;
    this.frames = [];
    this.rings = laid.infos.map((info, n) => new Ring(info, laid.windows[n]));
    this.viewport.begin(laid.comparison.until);
    this.journey.begin(laid.comparison);
    this.tab = "story";
    this.entering = this.telling.told;
    this.copied = "";
    this.stamp += 1;
    this.say("look");
  }

  /** There is something else to be seen. */
  move() {
    this.viewport.follow(this.clock.at);
    this.stamp += 1;
    this.say("look");
    this.copied = "";
    if (!this.clock.playing) this.say("moved");
  }

  measure() {
    const lanes = this.renderRoot.querySelector(".lanes");
    this.width = lanes?.clientWidth ?? 0;
    this.room = this.renderRoot.querySelector(".bands")?.clientHeight ?? 0;
    this.font = getComputedStyle(this).fontFamily;
    this.requestUpdate();
  }

  /** The height of a row: such that all bands can be seen at once, if there is room. */
  get row() {
    const lanes = (this.laid?.infos ?? []).reduce((sum, { servers, clients }) => sum + servers + clients, 0);
    const strips = (this.laid?.infos.length ?? 0) * STRIP + HEAD + AXIS;
    if (innerWidth <= NARROW) return 17;
    return Math.max(14, Math.min(26, Math.floor((this.room - strips) / Math.max(1, lanes))));
  }

  /** @returns {Bands | null} */
  get bands() {
    const { laid, width, row } = this;
    if (!laid || width < 40) return null;
    const { comparison, infos, windows } = laid;
    const { from, to } = this.viewport;
    return { comparison, infos, windows, width, row, from, to, seen: this.journey.seen };
  }

  willUpdate() {
    const [info] = this.laid?.infos ?? [];
    if (!info) return;
    const { row } = this;
    const pixels = {
      row,
      head: HEAD,
      strip: STRIP,
      band: bandHeight(info, row),
      all: (topsOf({ infos: this.laid?.infos ?? [], row }).at(-1) ?? 0) + AXIS,
    };
    for (const [name, size] of Object.entries(pixels)) this.style.setProperty(`--${name}`, `${size}px`);
    this.style.setProperty("--sides", String(this.laid?.infos.length ?? 1));
  }

  updated() {
    const lanes = this.renderRoot.querySelector(".lanes");
    const bands = this.renderRoot.querySelector(".bands");
    if (bands) this.sizes.observe(bands); // what is said above them takes of their room
    if (lanes && this.width === 0) this.measure();
    this.draw();
    this.enter();
    this.telling.story.watch(this.clock.playing, () => this.journey.proceed(undefined));
  }

  /** The bands are painted when something in them has changed, the playhead with every instant. */
  draw() {
    const { bands } = this;
    if (!bands) return;
    const { width, row, from, to, comparison, seen } = bands;
    const height = (topsOf(bands).at(-1) ?? 0) + AXIS;
    const colours = palette();
    const look = { width, height, colours, font: this.font };
    const known = this.clock.playing ? knownOf(bands) : seen; // while time passes, only what makes a difference counts
    const parts = [comparison, width, row, from, to, colours, known];
    if (parts.some((part, n) => part !== this.painted[n]))
      paint(this.canvas("lines"), bandStrokes(bands), look);
    this.painted = parts;
    paint(this.canvas("head"), headStrokes(bands, this.clock.at), look);
  }

  /** @param {string} kind @returns {HTMLCanvasElement} */
  canvas(kind) {
    return /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector(`canvas.${kind}`));
  }

  render() {
    const { laid, trouble, busy } = this;
    return html`
      ${this.renderTop()}
      ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : nothing}
      ${laid && !trouble ? this.renderFigure(laid) : nothing}
      ${busy && !laid && !trouble ? html`<p class="wait dim" role="status">Playing it with each protocol…</p>` : nothing}`;
  }

  renderTop() {
    const [first] = this.laid?.comparison.sides ?? [];
    return html`
      <div class="top">
        <h2>Side by side</h2>
        <select aria-label="Scenario" @change=${this.onScenario}>
          ${this.own ? html`<option value="own" .selected=${this.choice === "own"}>${this.own}</option>` : nothing}
          ${COMPARISONS.map(({ key, title }) => html`<option value=${key} .selected=${this.choice === key}>${title}</option>`)}
        </select>
        ${first ? this.renderOthers(first) : nothing}
        <span class="space"></span>
        <span role="status" class="sr">${this.copied}</span>
        <button ?disabled=${!this.laid} @click=${() => this.say("copy")}>${this.copied || "Copy link"}</button>
        <button @click=${() => this.say("back")}>Back to one protocol</button>
      </div>`;
  }

  /** @param {{ key: string, name: string }} first */
  renderOthers(first) {
    const beside = this.beside;
    const full = beside.length >= MOST_BESIDE;
    return html`
      <fieldset>
        <legend class="sr">Protocols beside ${first.name}</legend>
        <span class="dim">${first.name} beside</span>
        ${othersThan(first.key).map(({ key, name }) => {
          const on = beside.includes(key);
          const stuck = on ? beside.length === 1 : full;
          return html`<label><input type="checkbox" .checked=${on} ?disabled=${stuck} @change=${() => this.toggle(key)}>${name}</label>`;
        })}
      </fieldset>`;
  }

  /** @param {Laid} laid */
  renderFigure(laid) {
    const { comparison } = laid;
    return html`
      <div class="figure">
        ${renderSaid(comparison, this.telling, (choice) => this.journey.proceed(choice))}
        <div class="bands">
          <div class="sides">${comparison.sides.map(({ name }, n) => this.renderSide(name, n))}</div>
          <div class="names" aria-hidden="true">${laid.infos.map((info) => html`<div>${namesOf(info).map((name) => html`<span class=${name[0] === "c" ? "client" : ""}>${name}</span>`)}</div>`)}</div>
          ${this.renderLanes()}
          <div class="logs" role="group" aria-label="Logs at the playhead">${laid.infos.map(({ clients }, n) => renderLogs(this.frames[n], clients, this.telling.pointsAt(n)))}</div>
        </div>
        ${this.renderKeys(comparison)}
      </div>
      ${this.renderBeside(comparison)}`;
  }

  /** What stands beside the bands. @param {Laid["comparison"]} comparison */
  renderBeside(comparison) {
    const { story, frame, told } = this.telling;
    if (!told)
      return html`<aside aria-label="Compared" tabindex="0"><playground-beside-tables .comparison=${comparison}></playground-beside-tables></aside>`;
    const detail = (/** @type {Event} */ event) => /** @type {CustomEvent} */ (event).detail;
    return html`<aside class="tale" aria-label="Story and comparison"><playground-beside-panel .view=${{ story, frame, comparison }} .tab=${this.tab}
      @tab=${(/** @type {Event} */ event) => {
        this.tab = detail(event);
      }}
      @proceed=${(/** @type {Event} */ event) => this.journey.proceed(detail(event))}
      @step=${(/** @type {Event} */ event) => this.journey.turnTo(detail(event))}
      @autoplay=${(/** @type {Event} */ event) => {
        story.autoplay = detail(event);
        this.requestUpdate();
      }}></playground-beside-panel></aside>`;
  }

  /** @param {string} name @param {number} n */
  renderSide(name, n) {
    const { at } = this.clock;
    const ring = this.rings[n];
    return html`<div class="side"><h2>${name}</h2>${ringPicture(ring, at, this.telling.pointsAt(n))}<p>${ring.words(ring.servers(at))}</p></div>`;
  }

  renderLanes() {
    const { at, until } = this.clock;
    return html`
      <div class="lanes" @pointerdown=${this.onPress} @pointermove=${this.onDrag} @pointerup=${this.onLift} @pointercancel=${this.onLift}>
        <canvas class="lines" aria-hidden="true"></canvas>
        <canvas class="head" aria-hidden="true"></canvas>
        <div class="scrubber" role="slider" tabindex="0" aria-label="Playhead: arrow keys go from milestone to milestone" aria-valuemin="0" aria-valuemax=${until} aria-valuenow=${Math.round(at)} aria-valuetext=${formatTime(Math.round(at / 1000) * 1000)}></div>
      </div>`;
  }

  /** @param {Laid["comparison"]} comparison */
  renderKeys({ difference }) {
    const { playing, at, speed } = this.clock;
    return html`
      <div class="keys">
        <button aria-label="Previous milestone" title="Previous milestone (←)" @click=${() => this.journey.milestone(false)}>◂</button>
        <button class="play first" @click=${() => this.journey.toggle()}>${playing ? "Pause" : "Play"}</button>
        <button aria-label="Next milestone" title="Next milestone (→)" @click=${() => this.journey.milestone(true)}>▸</button>
        <span class="clock">${formatTime(Math.round(at / 1000) * 1000)}</span>
        <select aria-label="Speed" @change=${this.onSpeed}>
          ${SPEEDS.map((one) => html`<option value=${one} .selected=${one === speed}>${one}×</option>`)}
        </select>
        <button aria-label="Show more time" title="Show more time" ?disabled=${this.viewport.whole} @click=${() => this.zoom(2)}>−</button>
        <button aria-label="Show less time" title="Show less time" @click=${() => this.zoom(0.5)}>+</button>
        ${
          this.journey.seen < this.clock.until
            ? nothing
            : difference
              ? html`<button @click=${() => this.journey.seek(difference.at)}>First difference ≠</button><span class="difference">${difference.text}</span>`
              : html`<span class="difference">No client and no log tells them apart.</span>`
        }
      </div>`;
  }

  /** What is laid beside the first. */
  get beside() {
    return (this.laid?.comparison.sides ?? []).slice(1).map(({ key }) => key);
  }

  /** @param {string} key */
  toggle(key) {
    const { beside } = this;
    const others = beside.includes(key) ? beside.filter((other) => other !== key) : [...beside, key];
    this.say("others", others);
  }

  /** @param {number} factor */
  zoom(factor) {
    this.viewport.zoom(factor, this.clock.at);
    this.requestUpdate();
  }

  /** @param {KeyboardEvent} event */
  onKey = (event) => {
    const path = event.composedPath();
    if (path.some((target) => target instanceof HTMLDialogElement)) return;
    if (event.key === "Escape" && !event.defaultPrevented) return this.say("back");
    const [move, eye] = [moveOf(event), eyeKey(event)];
    if (event.defaultPrevented || !this.laid || isTaken(event.key, path[0])) return;
    if (move) this.journey.go(move);
    else if (eye === null) return;
    else {
      this.telling.eye = eye;
      this.requestUpdate();
    }
    event.preventDefault();
  };

  /** @param {Event} event */
  onSpeed({ target }) {
    this.clock.speed = Number(/** @type {HTMLSelectElement} */ (target).value);
  }

  /** @param {Event} event */
  onScenario({ target }) {
    this.say("scenario", /** @type {HTMLSelectElement} */ (target).value);
  }

  /** @param {PointerEvent} event */
  onPress(event) {
    if (event.button !== 0) return;
    this.dragging = true;
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.scrub(event);
  }

  /** @param {PointerEvent} event */
  onDrag(event) {
    if (this.dragging) this.scrub(event);
  }

  onLift() {
    this.dragging = false;
  }

  /** @param {PointerEvent} event */
  scrub(event) {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const { from, to } = this.viewport;
    this.journey.seek(from + ((event.clientX - box.x) / box.width) * (to - from));
  }

  /** @param {string} name @param {unknown} [detail] */
  say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {import("./engine-types").Info} info */
function namesOf({ servers, clients }) {
  const some = (/** @type {string} */ letter, /** @type {number} */ count) =>
    Array.from({ length: count }, (_, n) => `${letter}${n + 1}`);
  return [...some("n", servers), ...some("c", clients)];
}

customElements.define("playground-beside", BesideView);
