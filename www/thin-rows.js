// The rows of a small figure: each server's lane, as thin as can be read, and the playhead to drag. Words stand elsewhere.

import { playheadStrokes } from "./axis.js";
import { paint } from "./canvas.js";
import { PALETTE } from "./colour.js";
import { placeAt, playhead, sheetOf } from "./lanes.js";
import { css, html, Part } from "./part.js";
import { base } from "./styles.js";
import { timeline } from "./timeline.js";
import { formatTime } from "./words.js";

/** @import { Player } from "./player.js" */

/** Above the lanes: the playhead's top. Below: the axis. */
const HEAD = 12;
const AXIS = 22;
/** The room for all lanes, which share it, and the most that one takes. */
const ROOM = 68;
const MOST = 15;

export class ThinRows extends Part {
  static properties = ["player", "stamp", "theme"];

  static styles = [
    base,
    css`
      :host { display: grid; grid-template-columns: auto minmax(0, 1fr); column-gap: 6px; }
      .names { padding-top: ${String(HEAD)}px; font-weight: 600; color: var(--dim); }
      .names span { display: block; height: var(--row); line-height: var(--row); font-size: min(11px, calc(var(--row) + 1px)); }
      .lanes { position: relative; min-width: 0; cursor: ew-resize; touch-action: pan-y; border-radius: 4px; }
      canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
    `,
  ];

  constructor() {
    super();
    /** @type {Player | null} */
    this.player = null;
    this.stamp = 0;
    /** @type {import("./colour.js").Theme} */
    this.theme = "light";
    this.dragging = false;
    /** How many clients have asked for something in this run: the others have no lane. */
    this.clients = 0;
    /** @type {import("./engine-types").Info | null} */
    this.info = null;
    this.sizes = new ResizeObserver(() => this.measure());
  }

  firstUpdated() {
    this.sizes.observe(this.lanes);
  }

  disconnectedCallback() {
    this.sizes.disconnect();
    this.drawn = false;
  }

  /** @returns {HTMLElement} */
  get lanes() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector(".lanes"));
  }

  /** The places that have a lane. */
  get places() {
    const frame = this.player?.frame;
    return frame ? [...frame.nodes, ...frame.clients.slice(0, this.clients)].map(({ name }) => name) : [];
  }

  get row() {
    return Math.min(MOST, Math.floor(ROOM / Math.max(1, this.places.length)));
  }

  willUpdate() {
    const { player } = this;
    if (player?.info !== this.info) this.clients = 0;
    this.info = player?.info ?? null;
    const asked = player?.frame?.clients.findLastIndex(({ ops }) => ops.length > 0) ?? -1;
    this.clients = Math.max(this.clients, asked + 1);
  }

  measure() {
    const width = this.lanes.clientWidth;
    if (this.player && width > 0 && width !== this.player.pixels) {
      this.player.pixels = width;
      this.player.refresh();
    }
    this.draw();
  }

  updated() {
    this.draw();
  }

  render() {
    const { player, places, row } = this;
    const { now, most } = playhead(player);
    this.style.setProperty("--row", `${row}px`);
    this.style.height = `${HEAD + ROOM + AXIS}px`;
    return html`
      <div class="names" aria-hidden="true">${places.map((name) => html`<span>${name}</span>`)}</div>
      <div class="lanes" role="slider" tabindex="0" aria-label="Playhead: arrow keys go from moment to moment" aria-valuemin="0"
        aria-valuemax=${most} aria-valuenow=${now} aria-valuetext=${player?.scale === "steps" ? `step ${now}` : formatTime(now)}
        @pointerdown=${this.onPress} @pointermove=${this.onMove} @pointerup=${this.onRelease} @pointercancel=${this.onRelease}>
        <canvas></canvas>
      </div>`;
  }

  draw() {
    const canvas = this.renderRoot.querySelector("canvas");
    if (!canvas) return;
    const { clientWidth: width, clientHeight: height } = this.lanes;
    const whole = sheetOf(this.player, { width, top: HEAD, row: this.row });
    if (!whole) return;
    const sheet = { ...whole, info: { ...whole.info, clients: this.clients } };
    const foot = HEAD + this.places.length * this.row;
    const lines = timeline(sheet).filter(({ kind }) => kind !== "text");
    const words = playheadStrokes(sheet, foot);
    paint(canvas, [...lines, ...words], {
      width,
      height,
      colours: PALETTE[this.theme],
      font: getComputedStyle(this).fontFamily,
    });
  }

  /** @param {PointerEvent} event */
  onPress(event) {
    if (event.button !== 0) return;
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

customElements.define("playground-thin-rows", ThinRows);
