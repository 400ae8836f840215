// One row a server, the same row everywhere: its name, its lane up to the playhead, its log, its state. The lanes are the
// scrubber.

import { playheadStrokes } from "./axis.js";
import { paint } from "./canvas.js";
import { placeAt, playhead, sheetOf } from "./lanes.js";
import { css, html, nothing, Part } from "./part.js";
import { base, controls } from "./styles.js";
import { onTheme, palette } from "./theme.js";
import { timeline } from "./timeline.js";
import { formatTime } from "./words.js";

/** @import { Player } from "./player.js" */

/** Above the lanes: what was done, and the log's heads. Below: the axis. */
export const HEAD = 30;
const AXIS = 24;

export class Rows extends Part {
  static properties = ["player", "row", "stamp", "logs"];

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
      @media (max-height: 520px) { playground-logs { display: none; } }
    `,
  ];

  constructor() {
    super();
    /** @type {Player | null} */
    this.player = null;
    /** The height of a row. */
    this.row = 30;
    this.stamp = 0;
    this.dragging = false;
    /** True once the logs' table is loaded: when there is something in a log. */
    this.logs = false;
    /** How many rows of which height it has room for. */
    this.sized = "";
    this.size = { width: 0, height: 0 };
    this.font = "sans-serif";
    /** What the lanes were painted from last. @type {unknown[]} */
    this.painted = [];
    this.sizes = new ResizeObserver(() => this.measure());
  }

  connectedCallback() {
    super.connectedCallback();
    this.stopTheme = onTheme(() => this.drawAnew());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopTheme?.();
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

  measure() {
    const { clientWidth: width, clientHeight: height } = this.lanes;
    this.size = { width, height };
    this.font = getComputedStyle(this).fontFamily;
    if (this.player && width > 0 && width !== this.player.pixels) {
      this.player.pixels = width;
      this.player.refresh();
    }
    this.drawAnew();
  }

  drawAnew() {
    this.painted = [];
    this.draw();
  }

  updated() {
    this.draw();
    if (!this.logs && this.player?.frame?.nodes.some(({ cells }) => cells.length > 0)) this.loadLogs();
  }

  async loadLogs() {
    await import("./log-table.js");
    this.logs = true;
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
  }

  render() {
    const frame = this.player?.frame;
    return html`
      <div class="names">
        ${frame?.nodes.map(({ name }) => this.renderName(name, name, ""))}
        ${frame?.clients.map(({ name }) => this.renderName(name, name, "client"))}
      </div>
      <div class="lanes" @pointerdown=${this.onPress} @pointermove=${this.onMove} @pointerup=${this.onRelease} @pointercancel=${this.onRelease} @wheel=${this.onWheel}>
        <canvas class="lines" aria-hidden="true"></canvas>
        <canvas class="playhead" aria-hidden="true"></canvas>
        ${this.renderScrubber()}
        <div class="zoom">
          <button title="Show more time" aria-label="Show more time" @click=${() => this.zoom(2)}>−</button>
          <button title="Show less time" aria-label="Show less time" @click=${() => this.zoom(0.5)}>+</button>
        </div>
      </div>
      ${this.logs ? html`<playground-logs .frame=${frame ?? null} .info=${this.player?.info ?? null} .row=${this.row}></playground-logs>` : nothing}`;
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
    const sheet = sheetOf(this.player, { width, top: HEAD, row: this.row });
    if (!sheet) return;
    const { window, info, from, to, scale, edge } = sheet;
    const lines = [window, info, from, to, scale, edge, this.row, width, height];
    const colours = palette();
    if (lines.some((part, n) => part !== this.painted[n]))
      paint(this.canvas("lines"), width, height, timeline(sheet), colours, this.font);
    this.painted = lines;
    paint(this.canvas("playhead"), width, AXIS, playheadStrokes(sheet), colours, this.font);
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
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest(".zoom"))) return;
    this.dragging = true;
    this.lanes.setPointerCapture(event.pointerId);
    this.scrubTo(event);
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    if (this.dragging) this.scrubTo(event);
  }

  onRelease() {
    this.dragging = false;
  }

  /** @param {PointerEvent} event */
  scrubTo(event) {
    if (!this.player) return;
    const detail = placeAt(this.player, this.lanes.getBoundingClientRect(), event.clientX);
    this.dispatchEvent(new CustomEvent("scrub", { detail, bubbles: true, composed: true }));
  }
}

customElements.define("playground-rows", Rows);
