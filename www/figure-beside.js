// A figure of several protocols: a small ring for each, thin strips under one playhead, and their story. A figure loads it when
// its scenario lays protocols side by side.

import { BesideHost } from "./beside-host.js";
import { Journey } from "./beside-journey.js";
import { Ring, ringPicture } from "./beside-rings.js";
import { heightOf, stripStrokes } from "./beside-strips.js";
import { paint } from "./canvas.js";
import { PALETTE } from "./colour.js";
import { figureFoot } from "./figure-foot.js";
import { css, html, nothing } from "./part.js";
import { ringStyles } from "./ring-styles.js";
import { hues } from "./styles.js";
import { formatTime } from "./words.js";

/** @import { Laid } from "./beside-desk.js" */
/** @import { ConsensusPlayground } from "./figure.js" */
/** @import { Move } from "./keys.js" */

const besideFigureStyles = [
  hues,
  ringStyles,
  css`
    .rings { flex: 1 1 0; min-height: 60px; display: flex; gap: 6px; padding: 8px 12px 2px; }
    .rings > div { flex: 1 1 0; min-width: 0; display: flex; flex-direction: column; align-items: center; }
    .rings h2 { margin: 0; font-size: 14px; font-weight: 700; }
    .rings svg { flex: 1 1 0; min-height: 0; width: 100%; }
    .rings p { margin: 0; font-size: 12px; line-height: 15px; color: var(--dim); text-align: center; }
    .narrow .rings p { min-height: 30px; }
    .besides { flex: none; padding: 0 16px 10px; margin: 0; max-height: 152px; overflow: auto; font-size: 15.5px; line-height: 21px; text-wrap: pretty; overflow-wrap: anywhere; }
    .besides:focus-visible { outline-offset: -3px; }
    .narrow .besides { font-size: 14.5px; padding: 0 12px 8px; max-height: 190px; }
    .besides .asked { font-weight: 600; }
    .besides .sum { color: var(--dim); font-size: 13.5px; }
    .strips { flex: none; display: flex; gap: 8px; padding: 2px 12px 4px; background: var(--surface); border-top: 1px solid var(--line); }
    .strips ol { list-style: none; margin: 0; padding: 8px 0 0; font-size: 11px; font-weight: 600; color: var(--dim); }
    .strips li { height: 17px; line-height: 17px; }
    .strips .lanes { position: relative; flex: 1; min-width: 0; cursor: ew-resize; touch-action: pan-y; border-radius: 4px; }
    .strips canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
    .figure.compares { --foot: 53px; }
    .strips + .foot { border-top: 0; padding-top: 2px; }
    .compares .answers { max-height: 128px; }
  `,
];

/** What can be asked of all at once, and what it comes to. @type {Record<string, (beside: FigureBeside, ...args: any[]) => unknown>} */
const METHODS = {
  frame: (beside) => beside.frames(),
  info: (beside) => beside.laid?.infos,
  text: (beside) => beside.laid?.text,
  link: (beside, atCursor) => beside.link(atCursor === true),
  seekTime: (beside, at) => beside.journey.seekFreely(Number(at)),
  seekLine: (beside, line) => beside.journey.turnTo(Number(line)),
  nextMoment: (beside) => beside.journey.go("next"),
  previousMoment: (beside) => beside.journey.go("back"),
  step: (beside) => beside.journey.go("step"),
  stepBack: (beside) => beside.journey.go("stepBack"),
  proceed: (beside, answer) => beside.journey.proceed(answer),
};

export class FigureBeside {
  /** @param {ConsensusPlayground} figure */
  constructor(figure) {
    this.figure = figure;
    this.host = new BesideHost();
    this.journey = new Journey(() => this.changed());
    /** @type {Laid | null} */
    this.laid = null;
    /** @type {Ring[]} */
    this.rings = [];
    /** The line at which the story waited last. */
    this.told = -1;
    this.dragging = false;
    /** What the foot asks of a figure. */
    this.askedIn = null;
    this.wronglyAnswered = false;
  }

  get styles() {
    return besideFigureStyles;
  }

  /** Lays the protocols side by side that a scenario names. @param {string} text */
  async open(text) {
    /** @type {Laid} */
    const laid = await this.host.ask("open", text, null);
    this.laid = laid;
    this.rings = laid.infos.map((info, n) => new Ring(info, laid.windows[n]));
    this.journey.begin(laid.comparison);
    this.changed();
  }

  close() {
    this.journey.clock.halt();
    this.journey.telling.story.rest();
    this.host.close();
  }

  /** @param {string} method @param {unknown[]} args */
  async call(method, args) {
    const found = METHODS[method];
    if (!found) throw new Error(`${method}: this figure shows several protocols, and that is asked of one.`);
    return found(this, ...args);
  }

  /** Each protocol at the playhead. @returns {Promise<import("./engine-types").Frame[]>} */
  frames() {
    return this.host.ask("frames", this.journey.clock.at);
  }

  /** @param {boolean} atCursor */
  async link(atCursor) {
    const at = Math.round(this.journey.clock.at);
    const [here, whole] = await this.host.ask("links", at, this.journey.telling.passedAt(at));
    return atCursor ? here : whole;
  }

  changed() {
    const { pause } = this.journey.telling.frame;
    if (pause && pause.line !== this.told) this.figure.news.tell("pause", pause);
    this.told = pause?.line ?? -1;
    this.figure.requestUpdate();
  }

  // What the foot of a figure asks for.

  get story() {
    return this.journey.telling.story;
  }

  get narrow() {
    return this.figure.narrow;
  }

  get player() {
    return { frame: this.journey.telling.told ? this.journey.telling.frame : null };
  }

  get goes() {
    return this.journey.clock.playing || this.story.waiting !== "";
  }

  /** @param {Move} name */
  move(name) {
    this.story.autoplay = false;
    this.story.rest();
    if (name === "toggle" && this.goes) this.journey.clock.halt();
    else this.journey.go(name);
  }

  /** @param {number} line */
  toStep(line) {
    this.story.autoplay = false;
    this.journey.turnTo(line);
  }

  /** @param {number} answer */
  answer(answer) {
    this.journey.proceed(answer);
  }

  /** @param {Set<string>} parts what the figure shows */
  render(parts) {
    const { laid } = this;
    if (!laid) return html`<p class="wait" role="status">Playing it with each protocol…</p>`;
    const keys = new Set(["transport", "story"].filter((part) => parts.has(part)));
    const asks = keys.has("transport") && this.journey.telling.pause?.kind === "ask"; // answers take the strips' room
    return html`
      ${parts.has("stage") ? this.renderRings(laid) : nothing}
      ${parts.has("caption") ? this.renderCaption(laid) : nothing}
      ${parts.has("rows") && !asks ? this.renderStrips(laid) : nothing}
      ${keys.size ? figureFoot(/** @type {ConsensusPlayground} */ (/** @type {unknown} */ (this)), keys) : nothing}`;
  }

  /** @param {Laid} laid */
  renderRings({ comparison }) {
    const { clock, telling } = this.journey;
    return html`<div class="rings">${comparison.sides.map(({ name }, n) => {
      const ring = this.rings[n];
      return html`<div><h2>${name}</h2>${ringPicture(ring, clock.at, telling.pointsAt(n))}<p>${ring.words(ring.servers(clock.at))}</p></div>`;
    })}</div>`;
  }

  /** @param {Laid} laid */
  renderCaption({ comparison }) {
    const { telling } = this.journey;
    const asks = telling.pause?.kind === "ask";
    return html`
      <div class="besides" role="group" aria-label="Caption" tabindex="0">
        ${telling.told ? html`<p class=${asks ? "asked" : ""} aria-live="polite">${telling.words}</p>` : nothing}
        ${!telling.told || telling.over ? html`<p class=${telling.told ? "sum" : ""}>${comparison.sentence}</p>` : nothing}
      </div>`;
  }

  /** @param {Laid} laid */
  renderStrips({ comparison }) {
    const { at, until } = this.journey.clock;
    return html`
      <div class="strips">
        <ol aria-hidden="true">${comparison.sides.map(({ name }) => html`<li>${name}</li>`)}</ol>
        <div class="lanes" role="slider" tabindex="0" aria-label="Playhead" aria-valuemin="0" aria-valuemax=${until} aria-valuenow=${Math.round(at)} aria-valuetext=${formatTime(Math.round(at / 1000) * 1000)}
          @pointerdown=${this.onPress} @pointermove=${this.onDrag} @pointerup=${this.onLift} @pointercancel=${this.onLift}><canvas aria-hidden="true"></canvas></div>
      </div>`;
  }

  /** Paints the strips, once they stand. */
  painted() {
    const { laid, figure, journey } = this;
    const { clock, telling } = journey;
    const lanes = /** @type {HTMLElement | null} */ (figure.renderRoot.querySelector(".strips .lanes"));
    const canvas = lanes?.querySelector("canvas");
    if (laid && lanes && canvas) {
      const height = heightOf(laid.comparison.sides.length);
      lanes.style.height = `${height}px`;
      const width = lanes.clientWidth;
      const look = {
        width,
        height,
        colours: PALETTE[figure.theme],
        font: getComputedStyle(lanes).fontFamily,
      };
      paint(canvas, stripStrokes(laid.comparison, width, clock.at, journey.seen), look);
    }
    telling.story.watch(clock.playing, () => journey.proceed(undefined));
  }

  /** @param {PointerEvent} event */
  onPress = (event) => {
    if (event.button !== 0) return;
    this.dragging = true;
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.scrub(event);
  };

  /** @param {PointerEvent} event */
  onDrag = (event) => {
    if (this.dragging) this.scrub(event);
  };

  onLift = () => {
    this.dragging = false;
  };

  /** @param {PointerEvent} event */
  scrub({ currentTarget, clientX }) {
    const box = /** @type {HTMLElement} */ (currentTarget).getBoundingClientRect();
    this.journey.seek(((clientX - box.x) / box.width) * this.journey.clock.until);
  }
}
