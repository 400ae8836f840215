// The stage: servers on a ring, clients outside it, messages in flight. It puts the picture's shapes on the screen and
// says what was asked for; it decides nothing.

import { cross, distance } from "./geometry.js";
import { layout, spotOf } from "./layout.js";
import { css, html, Part } from "./part.js";
import { picture } from "./picture.js";
import { stageStyles } from "./stage-styles.js";
import { base, hues } from "./styles.js";
import { draw } from "./svg.js";

/** @import { Frame, Info } from "./engine-types" */
/** @import { Layout } from "./layout.js" */
/** @import { Point } from "./geometry.js" */

/** @typedef {{ frame: Frame, info: Info, at: number, still: boolean, eye?: import("./eye.js").Eye | null }} StageView */

/** A press that moves less than this is a click. */
const DRAG = 8;

export class Stage extends Part {
  static styles = [base, hues, css`:host { position: relative; overflow: hidden; }`, stageStyles];

  constructor() {
    super();
    /** @type {StageView | null} */
    this.view = null;
    /** @type {Layout | null} */
    this.plan = null;
    this.size = { width: 0, height: 0 };
    /** @type {string | null} */
    this.pointed = null;
    /** @type {{ start: Point, end: Point } | null} */
    this.knife = null;
    this.drawing = false;
    /** @type {import("./engine-types").MessageFrame[]} the messages that were drawn last */
    this.flights = [];
    this.sizes = new ResizeObserver(() => this.measure());
  }

  render() {
    return html`
      <svg role="group" aria-label="Servers, clients and messages in flight"
        @click=${this.onClick} @keydown=${this.onKey} @contextmenu=${this.onContext}
        @pointerdown=${this.onPress} @pointermove=${this.onMove} @pointerup=${this.onRelease} @pointercancel=${this.onCancel}
        @focusin=${this.onPoint} @focusout=${this.onPoint} @pointerover=${this.onPoint}>
        <defs>
          <pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(20)">
            <path d="M0 4.5H9" class="hatch"></path>
          </pattern>
        </defs>
        <g id="shapes"></g>
        <line id="knife"></line>
      </svg>`;
  }

  connectedCallback() {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  firstUpdated() {
    this.measure();
  }

  measure() {
    this.plan = null;
    this.size = { width: this.clientWidth, height: this.clientHeight };
    const { width, height } = this.size;
    this.renderRoot.querySelector("svg")?.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.draw();
  }

  /** @param {StageView} view */
  show(view) {
    const known = this.view?.frame;
    if (
      known &&
      (known.nodes.length !== view.frame.nodes.length || known.clients.length !== view.frame.clients.length)
    )
      this.plan = null;
    this.view = view;
    this.draw();
  }

  draw() {
    const ground = this.renderRoot.querySelector("#shapes");
    const { view } = this;
    const { width, height } = this.size; // asking the element would cost a layout
    if (!ground || !view || width < 40 || height < 40) return;
    const places = (/** @type {{ name: string }[]} */ list) => list.map(({ name }) => name);
    this.plan ??= layout(places(view.frame.nodes), places(view.frame.clients), width, height);
    if (this.drawing) return; // what goes takes the focus along, and that asks for a drawing
    this.drawing = true;
    const held = this.focused;
    draw(ground, picture({ ...view, plan: this.plan, focus: this.pointed }));
    this.drawing = false;
    if (held && held !== this.focused) this.refocus(held);
    this.flights = view.frame.messages;
  }

  /** The target that has the focus. */
  get focused() {
    const { activeElement } = this.renderRoot;
    return activeElement?.getAttribute("data-target") ?? null;
  }

  /** When a message has arrived, its receiver takes the focus. @param {string} gone */
  refocus(gone) {
    const to = this.flights.find(({ id }) => `m${id}` === gone)?.to;
    const heir = to ? this.renderRoot.querySelector(`[data-target="${to}"]`) : null;
    if (heir instanceof SVGElement) heir.focus();
  }

  /** @param {Event} event */
  targetOf(event) {
    const element = event.target instanceof Element ? event.target.closest("[data-target]") : null;
    return element?.getAttribute("data-target") ?? null;
  }

  /** @param {Event} event */
  onPoint(event) {
    const target = event.type === "focusout" ? null : this.targetOf(event);
    if (target === this.pointed) return;
    this.pointed = target;
    this.draw();
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const target = this.targetOf(event);
    if (target)
      this.ask(target, event.target, event.detail === 0 ? null : { x: event.clientX, y: event.clientY });
  }

  /** @param {MouseEvent} event */
  onContext(event) {
    event.preventDefault();
    this.ask(this.targetOf(event) ?? "", event.target, { x: event.clientX, y: event.clientY }, true);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const target = this.targetOf(event);
    if (!target || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    this.ask(target, event.target, null);
  }

  /**
   * Asks for the menu of a target.
   * @param {string} target
   * @param {EventTarget | null} origin
   * @param {Point | null} point null if asked by keyboard: then below the element
   * @param {boolean} [menu] true if only a menu will do
   */
  ask(target, origin, point, menu = false) {
    const element = origin instanceof Element ? (origin.closest("[data-target]") ?? origin) : this;
    const box = element.getBoundingClientRect();
    const at = point ?? { x: box.x + box.width / 2, y: box.y + box.height * 0.8 };
    const detail = { target, at, menu, element: target && !point ? element : null }; // a pointer leaves no focus behind
    this.dispatchEvent(new CustomEvent("ask", { detail, bubbles: true, composed: true }));
  }

  /** @param {PointerEvent} event @returns {Point} */
  pointOf(event) {
    const box = this.getBoundingClientRect();
    return { x: event.clientX - box.x, y: event.clientY - box.y };
  }

  /** @param {PointerEvent} event */
  onPress(event) {
    if (event.button !== 0 || (this.targetOf(event) && !this.targetOf(event)?.includes("-"))) return;
    this.knife = { start: this.pointOf(event), end: this.pointOf(event) };
    this.dispatchEvent(new CustomEvent("press", { bubbles: true, composed: true }));
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    if (!this.knife) return;
    this.knife.end = this.pointOf(event);
    if (
      distance(this.knife.start, this.knife.end) > DRAG &&
      event.target instanceof Element &&
      !event.target.hasPointerCapture(event.pointerId)
    )
      this.renderRoot.querySelector("svg")?.setPointerCapture(event.pointerId);
    this.drawKnife();
  }

  drawKnife() {
    const line = this.renderRoot.querySelector("#knife");
    const { start, end } = this.knife ?? { start: { x: 0, y: 0 }, end: { x: 0, y: 0 } };
    const ends = { x1: start.x, y1: start.y, x2: end.x, y2: end.y };
    for (const [name, value] of Object.entries(ends)) line?.setAttribute(name, String(value));
    line?.classList.toggle("on", this.knife !== null && distance(start, end) > DRAG);
  }

  /** @param {PointerEvent} _event */
  onRelease(_event) {
    const knife = this.knife;
    this.onCancel();
    if (!knife || !this.plan || !this.view || distance(knife.start, knife.end) <= DRAG) return;
    const links = linksCrossed(
      this.plan,
      this.view.frame.nodes.map(({ name }) => name),
      knife,
    );
    if (links.length)
      this.dispatchEvent(new CustomEvent("slice", { detail: links, bubbles: true, composed: true }));
  }

  onCancel() {
    if (!this.knife) return;
    this.knife = null;
    this.drawKnife();
    this.dispatchEvent(new CustomEvent("lift", { bubbles: true, composed: true }));
  }
}

/**
 * @param {Layout} plan
 * @param {string[]} servers
 * @param {{ start: Point, end: Point }} knife
 * @returns {[string, string][]}
 */
export function linksCrossed(plan, servers, { start, end }) {
  /** @type {[string, string][]} */
  const links = [];
  servers.forEach((a, n) => {
    for (const b of servers.slice(n + 1))
      if (cross(spotOf(plan, a), spotOf(plan, b), start, end)) links.push([a, b]);
  });
  return links;
}

customElements.define("playground-stage", Stage);
