// One row a server, the same row everywhere: its name, its lane up to the playhead, its log, its state. The lanes are the
// scrubber.

import { playheadStrokes } from "./axis.js";
import { paint } from "./canvas.js";
import { placeAt, playhead, sameWindow, sheetOf } from "./lanes.js";
import { Painting } from "./painting.js";
import { css, html, nothing, Part } from "./part.js";
import { isPortrait, LOW, onPortrait, PORTRAIT, SHEET } from "./portrait.js";
import { base, controls } from "./styles.js";
import { onTheme, palette } from "./theme.js";
import { timeline } from "./timeline.js";
import { formatTime } from "./words.js";

/** @import { Player } from "./player.js" */

/** Above the lanes: what was done, and the log's heads. Below: the axis. */
export const HEAD = 30;
const AXIS = 24;
/** Upright: room for the time at the side; where the cursor stands; how many pixels a microsecond and a step take. */
const GUTTER = 48;
const PINNED = 0.8;
const DOWN = { time: 0.0007, steps: 26 };

export class Rows extends Part {
  static properties = ["player", "row", "stamp", "why", "logs"];

  static styles = [
    base,
    controls,
    css`
      :host { display: grid; grid-template-columns: auto minmax(180px, 1fr) auto; background: var(--surface); overflow: hidden; }
      .names { padding: var(--head) 0 0 12px; }
      .names button { display: block; height: var(--row); min-height: 0; width: 100%; text-align: left; padding: 0 8px 0 4px; border: 0; border-radius: 6px; background: none; font-weight: 700; font-size: 13px; }
      .names button.client { color: var(--dim); font-weight: 500; }
      .names button:hover { background: var(--press); }
      .lanes { position: relative; min-width: 0; min-height: var(--lanes); cursor: ew-resize; touch-action: pan-y; }
      canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
      canvas.playhead { inset: auto 0; top: calc(var(--lanes) - var(--axis)); height: var(--axis); }
      .scrubber { position: absolute; inset: 0; border-radius: 4px; }
      .scrubber:focus-visible { outline-offset: -3px; }
      .zoom { position: absolute; right: 6px; bottom: calc(var(--axis) + 4px); display: flex; gap: 4px; opacity: 0; }
      .lanes:hover .zoom, .zoom:focus-within { opacity: 1; }
      .zoom button { min-height: 0; width: 28px; height: 28px; padding: 0; }
      playground-logs { max-width: min(46vw, 640px); }
      @media (max-width: 720px) {
        :host { grid-template-columns: auto minmax(0, 1fr); }
        playground-logs { grid-column: 1 / -1; max-width: none; padding-left: 12px; }
        .zoom { display: none; }
      }

      :host([upright]) { grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); }
      :host([upright]) .names { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); padding: 0 0 0 var(--gutter); border-bottom: 1px solid var(--line); }
      :host([upright]) .names button { text-align: center; padding: 0; height: 30px; }
      :host([upright]) .lanes { overflow-y: auto; overscroll-behavior: contain; touch-action: pan-y; cursor: default; min-height: 0; }
      :host([upright]) .tall { height: calc(100% + var(--tall)); margin-top: calc(-1 * var(--seen)); }
      :host([upright]) canvas { position: sticky; inset: 0; display: block; width: 100%; height: var(--seen); }
      :host([upright]) .scrubber { position: sticky; top: 0; height: var(--seen); margin-top: calc(-1 * var(--seen)); }
      :host([upright]) .zoom, :host([upright]) canvas.playhead { display: none; }
      @media ${PORTRAIT}, ${LOW} { playground-logs { display: var(--sheet, none); max-height: 62dvh; overflow: auto; padding: 10px 12px 16px; ${SHEET}; } }
    `,
  ];

  constructor() {
    super();
    /** @type {Player | null} */
    this.player = null;
    /** The height of a row. */
    this.row = 30;
    this.stamp = 0;
    /** The sentence of a why that is in hand. @type {import("./engine-types").WhyStep | null} */
    this.why = null;
    this.dragging = false;
    /** True once the logs' table is loaded: when there is something in a log. */
    this.logs = false;
    /** How many rows of which height it has room for. */
    this.sized = "";
    this.size = { width: 0, height: 0 };
    this.font = "sans-serif";
    /** The window that was painted last, or the first that looks like it. @type {import("./engine-types").TimelineWindow | null} */
    this.window = null;
    /** What the lanes were painted from last, and the playhead's instant. @type {unknown[]} */
    this.painted = [];
    /** The lanes' canvas. @type {Painting | null} */
    this.painting = null;
    /** Draws the lanes as columns, once that is loaded. @type {typeof import("./upright.js").upright | null} */
    this.columns = null;
    /** Where the scroller was put last by the run itself. */
    this.scrolled = 0;
    /** Where the reader points, in pixels: routine messages open there. @type {number | null} */
    this.hover = null;
    this.sizes = new ResizeObserver(() => this.measure());
  }

  connectedCallback() {
    super.connectedCallback();
    this.stopTheme = onTheme(() => this.drawAnew());
    this.stopPortrait = onPortrait(() => this.turn());
    this.turn();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.stopPortrait?.();
    this.sizes.disconnect();
  }

  firstUpdated() {
    this.sizes.observe(this.lanes);
    this.measure();
  }

  /** @returns {HTMLElement} */
  get lanes() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector(".lanes"));
  }

  /** Lays the lanes down or sets them upright. */
  async turn() {
    const upright = isPortrait();
    this.columns = upright ? (await import("./upright.js")).upright : null;
    this.toggleAttribute("upright", upright);
    const { views } = this.player ?? {};
    if (views) for (const view of Object.values(views)) view.pin = null;
    this.requestUpdate();
    if (this.drawn) this.measure();
  }

  measure() {
    const { clientWidth: width, clientHeight: height } = this.lanes;
    this.size = { width, height };
    this.font = getComputedStyle(this).fontFamily;
    const long = this.columns ? height : width;
    const { player } = this;
    if (player && long > 0 && (long !== player.pixels || (this.columns && player.view.pin === null))) {
      player.pixels = long;
      if (this.columns) this.pin(long);
      player.refresh();
    }
    this.drawAnew();
  }

  drawAnew() {
    this.painted = [];
    this.painting?.forget();
    this.draw();
  }

  /** Upright, the cursor stands low, and a second takes as much room as there is. @param {number} high */
  pin(high) {
    const { views } = /** @type {Player} */ (this.player);
    for (const view of Object.values(views)) view.pin = PINNED;
    views.time.span = Math.max(60_000, Math.round(high / DOWN.time));
    views.steps.span = Math.max(3, Math.round(high / DOWN.steps));
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (this.columns && this.player?.view.pin === null) this.measure();
    const told = changed.size === 1 && changed.has("stamp"); // whoever tells that time has passed has the lanes drawn first
    if (!told || this.columns) this.draw(); // upright, there must be as much to scroll as is scrolled to
    if (this.columns) this.scrollAlong();
    if (!this.logs && this.player?.frame?.nodes.some(({ cells }) => cells.length > 0)) this.loadLogs();
  }

  async loadLogs() {
    await import("./log-table.js");
    this.logs = true;
  }

  /** Scrolls to where the cursor is. */
  scrollAlong() {
    const { player, lanes } = this;
    if (!player) return;
    const goal = Math.round(player.cursor * DOWN[player.scale]);
    this.scrolled = goal;
    if (Math.abs(lanes.scrollTop - goal) > 1) lanes.scrollTop = goal;
  }

  /** Scrolling is scrubbing, if it is the reader who scrolls. */
  onScroll() {
    const { player, lanes } = this;
    if (!this.columns || !player || Math.abs(lanes.scrollTop - this.scrolled) <= 2) return;
    this.scrolled = lanes.scrollTop;
    this.scrub(Math.min(lanes.scrollTop / DOWN[player.scale], player.visited[player.scale]));
  }

  willUpdate() {
    const { nodes = [], clients = [] } = this.player?.frame ?? {};
    const rows = nodes.length + clients.length;
    const key = `${rows} of ${this.row}`;
    if (key === this.sized) return;
    this.sized = key;
    this.style.setProperty("--row", `${this.row}px`);
    this.style.setProperty("--head", `${HEAD}px`);
    this.style.setProperty("--axis", `${AXIS}px`);
    this.style.setProperty("--lanes", `${HEAD + rows * this.row + AXIS}px`);
    this.style.setProperty("--gutter", `${GUTTER}px`);
  }

  render() {
    const frame = this.player?.frame;
    return html`
      <div class="names">
        ${frame?.nodes.map(({ name }) => this.renderName(name, name, ""))}
        ${frame?.clients.map(({ name }) => this.renderName(name, name, "client"))}
      </div>
      <div class="lanes" @pointerdown=${this.onPress} @pointermove=${this.onMove} @pointerup=${this.onRelease} @pointercancel=${this.onRelease} @pointerleave=${this.onLeave} @wheel=${this.onWheel} @scroll=${this.onScroll}>
        <canvas class="lines" aria-hidden="true"></canvas>
        <canvas class="playhead" aria-hidden="true"></canvas>
        ${this.renderScrubber()}
        ${this.columns ? html`<div class="tall"></div>` : nothing}
        <div class="zoom">
          <button title="Show more time" aria-label="Show more time" @click=${() => this.zoom(2)}>−</button>
          <button title="Show less time" aria-label="Show less time" @click=${() => this.zoom(0.5)}>+</button>
        </div>
      </div>
      ${this.logs ? html`<playground-logs .frame=${frame ?? null} .info=${this.player?.info ?? null} .eye=${this.player?.eye ?? null} .row=${this.row}></playground-logs>` : nothing}`;
  }

  /** @param {string} place @param {string} name @param {string} kind */
  renderName(place, name, kind) {
    return html`<button class=${kind} aria-haspopup="menu" aria-label="${name}, actions" @click=${(/** @type {Event} */ event) => this.ask(place, event)}>${name}</button>`;
  }

  renderScrubber() {
    const { now, most } = playhead(this.player);
    const words = this.player?.scale === "steps" ? `step ${now}` : formatTime(now);
    return html`<div class="scrubber" role="slider" tabindex="0" aria-label="Playhead: arrow keys go from moment to moment" aria-valuemin="0"
      aria-valuemax=${most} aria-valuenow=${now} aria-valuetext=${words}></div>`;
  }

  /** The lanes are painted when something in them has moved by a pixel, those of the playhead with every instant. */
  draw() {
    const { width, height } = this.size;
    const long = this.columns ? { width: height, top: GUTTER, row: 0 } : { width, top: HEAD, row: this.row };
    const plain = sheetOf(this.player, long);
    if (!plain || width < 20) return;
    if (!sameWindow(this.window, plain.window)) this.window = plain.window;
    const window = this.window ?? plain.window;
    const sheet = { ...plain, window, eye: this.player?.eye, hover: this.hover, why: this.why };
    if (this.columns) sheet.row = (width - GUTTER) / Math.max(1, plain.info.servers + plain.info.clients);
    const { info, from, to, at, scale, edge, eye, hover, why } = sheet;
    const looks = [from, to, edge, hover, this.row, width, height];
    const lines = [window, info, scale, eye, why, this.columns, ...looks];
    const isNew = (/** @type {unknown} */ part, /** @type {number} */ n) => part !== this.painted[n];
    const all = [...lines, at];
    if (!all.some(isNew)) return;
    const look = { width, height, colours: palette(), font: this.font };
    if (lines.some(isNew)) this.paint((this.columns ?? timeline)(sheet), look, plain.origin);
    this.painted = all;
    if (this.columns) this.stretch(height);
    else paint(this.canvas("playhead"), playheadStrokes(sheet), { ...look, height: AXIS });
  }

  /** @param {import("./strokes.js").Stroke[]} strokes @param {import("./canvas.js").Look} look @param {number} origin */
  paint(strokes, look, origin) {
    this.painting ??= new Painting(this.canvas("lines"));
    this.painting.show(strokes, look, this.columns ? { x: 0, y: origin } : { x: origin, y: 0 });
  }

  /** Upright: how much there is to scroll. @param {number} seen the height that is in sight */
  stretch(seen) {
    const { visited, scale } = /** @type {Player} */ (this.player);
    this.style.setProperty("--seen", `${seen}px`);
    this.style.setProperty("--tall", `${Math.ceil(visited[scale] * DOWN[scale])}px`);
  }

  /** @param {string} kind @returns {HTMLCanvasElement} */
  canvas(kind) {
    return /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector(`canvas.${kind}`));
  }

  /** @param {string} target @param {Event} event */
  ask(target, event) {
    const element = /** @type {HTMLElement} */ (event.currentTarget);
    const box = element.getBoundingClientRect();
    const detail = { target, at: { x: box.right, y: box.y }, element };
    this.dispatchEvent(new CustomEvent("ask", { detail, bubbles: true, composed: true }));
  }

  /** @param {number} factor */
  zoom(factor) {
    if (!this.player) return;
    this.player.view.zoom(factor, this.player.cursor);
    this.player.refresh();
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    const player = this.player;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (!player || (!event.ctrlKey && !sideways)) return;
    event.preventDefault();
    if (event.ctrlKey) this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2);
    else {
      player.view.pan((event.deltaX || event.deltaY) / 1000);
      player.scrub(Math.max(player.view.from, Math.min(player.cursor, player.view.to)));
    }
  }

  /** @param {PointerEvent} event */
  onPress(event) {
    if (
      this.columns ||
      event.button !== 0 ||
      (event.target instanceof Element && event.target.closest(".zoom"))
    )
      return;
    this.dragging = true;
    this.lanes.setPointerCapture(event.pointerId);
    this.scrubTo(event);
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    if (this.dragging) this.scrubTo(event);
    else if (!this.columns) this.pointAt(event.clientX - this.lanes.getBoundingClientRect().x);
  }

  onLeave() {
    this.pointAt(null);
  }

  /** @param {number | null} x */
  pointAt(x) {
    if (x === this.hover) return;
    this.hover = x;
    this.draw();
  }

  onRelease() {
    this.dragging = false;
  }

  /** @param {PointerEvent} event */
  scrubTo(event) {
    if (!this.player) return;
    this.scrub(placeAt(this.player, this.lanes.getBoundingClientRect(), event.clientX));
  }

  /** @param {number} place */
  scrub(place) {
    this.dispatchEvent(new CustomEvent("scrub", { detail: place, bubbles: true, composed: true }));
  }
}

customElements.define("playground-rows", Rows);
