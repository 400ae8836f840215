// <consensus-playground>: a run as a figure in any page: stage, caption, thin rows, and the keys to go through it. It has
// the engine's methods; its engine starts when the figure comes into view or is asked for something.

import { Engine } from "./engine.js";
import { figureCaption } from "./figure-caption.js";
import { figureFoot } from "./figure-foot.js";
import { addMethods } from "./figure-methods.js";
import { News } from "./figure-news.js";
import { partsOf, unknownText } from "./figure-parts.js";
import { sourceOf } from "./figure-source.js";
import { figureStyles } from "./figure-styles.js";
import { onSystem, sheetFor, sizeSheet, themeFor } from "./figure-theme.js";
import { isTaken, moveOf } from "./keys.js";
import { move, proceed } from "./moves.js";
import { html, nothing, Part } from "./part.js";
import { Player } from "./player.js";
import { borrowHost } from "./shared-host.js";
import "./stage.js";
import { Story } from "./story.js";
import { base, controls } from "./styles.js";
import "./thin-rows.js";
import { Ticker } from "./ticker.js";
import { Told } from "./told.js";

/** @import { Source } from "./engine.js" */
/** @import { Call } from "./host.js" */
/** @import { Move } from "./keys.js" */

const SOURCES = ["link", "text", "src"];
/** What the parts say to one another. None of the page's business, so it stays inside. */
const INSIDE = ["ask", "press", "lift", "slice", "scrub", "choose", "dismiss"];
/** Narrower than this, the rows stand above the keys. In pixels. */
const NARROW = 520;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class ConsensusPlayground extends Part {
  static observedAttributes = [...SOURCES, "theme", "show", "width", "height"];

  static properties = ["stamp", "notice", "theme", "wide", "answered"];

  static styles = [base, controls, figureStyles];

  constructor() {
    super();
    this.states = this.attachInternals().states;
    this.engine = new Engine(borrowHost);
    this.engine.onrestart = (message) => this.say(message, true);
    this.player = new Player(this.engine, () => this.onChange());
    this.ticker = new Ticker(
      this.player,
      (now) => this.draw(now),
      (error) => this.fail("The run stopped", error),
    );
    this.told = new Told();
    this.story = new Story();
    this.news = new News((type, detail) => this.dispatchEvent(new CustomEvent(type, { detail })));
    /** @type {import("./action-menus.js").ActionMenus | null} */
    this.menus = null;
    /** @type {import("./figure-beside.js").FigureBeside | null} where a scenario lays several protocols side by side */
    this.beside = null;
    /** @type {Promise<void> | null} what was asked to be opened last */
    this.opening = null;
    this.stamp = 0;
    this.notice = "";
    /** True if the notice reports no failure. */
    this.quiet = false;
    /** @type {import("./colour.js").Theme} */
    this.theme = "light";
    /** How wide the figure is, in pixels. */
    this.wide = 640;
    /** How many lines of caption there is room for. */
    this.lines = 0;
    /** What the reader answered last. @type {{ line: number, answer: number } | null} */
    this.answered = null;
    /** What is shown. @type {() => Source | Promise<Source>} */
    this.source = () => sourceOf(this);
    /** Where a run as told was asked for. @type {{ source: () => Source | Promise<Source>, line: number } | null} */
    this.askedIn = null;
    this.isOpen = false;
    this.away = false;
    this.stale = false;
    this.sizes = new ResizeObserver(() => this.measure());
    this.sight = new IntersectionObserver(([entry]) => this.onSight(entry.isIntersecting), {
      rootMargin: "120px",
    });
    for (const name of INSIDE) this.renderRoot.addEventListener(name, (event) => event.stopPropagation());
  }

  connectedCallback() {
    super.connectedCallback();
    this.stopSystem = onSystem(() => this.dress());
    this.dress();
    this.sight.observe(this);
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    this.stopSystem?.();
    this.sight.disconnect();
    this.sizes.disconnect();
    queueMicrotask(() => this.isConnected || this.giveBack()); // unless it only moved to another place in the page
  }

  /** Gives its place in the engine back. */
  giveBack() {
    this.story.rest();
    this.player.halt();
    this.player.reset();
    this.beside?.close();
    this.beside = null;
    this.engine.close();
    this.opening = null;
    this.isOpen = false;
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (!SOURCES.includes(name)) this.dress();
    else if (this.opening && !this.stale) {
      this.stale = true;
      queueMicrotask(() => {
        this.stale = false;
        if (this.isConnected) this.openNext(() => sourceOf(this)).catch(() => {});
      });
    }
  }

  dress() {
    this.theme = themeFor(this.getAttribute("theme"));
    this.renderRoot.adoptedStyleSheets = [
      ...ConsensusPlayground.styles,
      ...(this.beside?.styles ?? []),
      sheetFor(this.theme),
      sizeSheet(this),
    ];
    const trouble = unknownText(this.shown.unknown);
    if (trouble) this.say(trouble);
    this.requestUpdate();
  }

  get shown() {
    return partsOf(this.getAttribute("show"));
  }

  get narrow() {
    return this.wide < NARROW;
  }

  measure() {
    this.wide = this.clientWidth;
    if (this.narrow) this.states.add("narrow");
    else this.states.delete("narrow");
    this.ticker.soon();
  }

  /** @param {boolean} inView */
  onSight(inView) {
    if (inView) this.ready().catch(() => {});
    if (inView === !this.away) return;
    this.away = !inView;
    if (this.away) this.beside?.journey.clock.halt();
    if (this.away) this.player.hold();
    else this.player.release();
  }

  /** The scenario that the element holds, once it is open. */
  ready() {
    return this.opening ?? this.openNext(() => sourceOf(this));
  }

  /** Opens one scenario after the other, in the order in which they were asked for. @param {() => Source | Promise<Source>} find */
  openNext(find) {
    const before = this.opening ?? Promise.resolve();
    this.opening = before.catch(() => {}).then(() => this.open(find));
    return this.opening;
  }

  /** @param {() => Source | Promise<Source>} find */
  async open(find) {
    const { player } = this;
    player.halt();
    const before = this.isOpen;
    this.isOpen = false; // news of a run come after the news that it is open
    this.story.rest();
    try {
      await this.engine.open(await find());
      this.source = find;
      this.askedIn = null;
      this.say(unknownText(this.shown.unknown));
      this.told = new Told();
      this.news.forget();
      this.answered = null;
      this.lines = 0;
      await player.begin();
      if (player.info) this.story.begin(player.info);
      const plays = this.hasAttribute("autoplay") && !still.matches;
      await this.compare(plays);
      this.story.autoplay = plays && !this.beside;
      this.dispatchEvent(new CustomEvent("open", { detail: player.info }));
      this.isOpen = true;
      this.onChange();
      const differs = await this.engine.do("differs");
      if (differs) this.say(differs, true);
      if (this.story.autoplay && !player.frame?.pause) player.play();
    } catch (error) {
      this.isOpen = before;
      this.fail("This run cannot be opened", error);
      throw error;
    }
  }

  /** Lays several protocols side by side, if the scenario names some. @param {boolean} plays */
  async compare(plays) {
    this.beside?.close();
    this.beside = null;
    if (this.player.info?.beside.length) {
      const { FigureBeside } = await import("./figure-beside.js");
      const beside = new FigureBeside(this);
      await beside.open(String(await this.engine.do("text")));
      this.beside = beside;
      beside.story.autoplay = plays;
      if (plays) beside.journey.play();
    }
    this.dress();
  }

  /** Opens a scenario. @param {string} text */
  fromText(text) {
    return this.openNext(() => ({ text }));
  }

  /** Opens the run of a link. @param {string} fragment */
  fromLink(fragment) {
    return this.openNext(() => ({ link: fragment }));
  }

  /** Lets time pass. */
  async play() {
    await this.whenOpen();
    if (this.beside) this.beside.journey.play();
    else this.player.play();
  }

  /** Lets time stand. */
  async halt() {
    await this.whenOpen();
    this.stand();
  }

  /** Time stands, and the story waits for its reader. */
  stand() {
    if (this.beside?.goes) this.beside.move("toggle");
    this.story.autoplay = false;
    this.story.rest();
    this.player.halt();
  }

  /** True while time passes, or the story is about to go on by itself. */
  get goes() {
    return this.player.playing || this.story.waiting !== "";
  }

  /** Waits for a run; the one before stays if a new one cannot be opened. */
  async whenOpen() {
    await this.ready().catch((error) => {
      if (!this.player.frame) throw error;
    });
  }

  /** What the engine's methods do: see figure-methods.js. @param {"ask" | "go" | "turn" | "act"} way @param {string} method @param {unknown[]} args */
  async call(way, method, args) {
    await this.whenOpen();
    if (this.beside) return this.beside.call(method, args);
    /** @type {Call} */
    const call = [method, args];
    if (way === "go") return this.player.go(call);
    if (way === "turn") return this.player.turn(call);
    if (way === "act") return this.player.act(call);
    const [result] = await this.engine.all([call]);
    return result;
  }

  /** @param {string} what @param {unknown} error */
  fail(what, error) {
    const message = `${what}: ${error instanceof Error ? error.message : String(error)}`;
    this.say(message);
    this.dispatchEvent(new CustomEvent("failure", { detail: { message } }));
  }

  /** @param {string} message @param {boolean} [quiet] */
  say(message, quiet = false) {
    this.notice = message;
    this.quiet = quiet;
  }

  /** Does what the reader asked for, and says so if it fails. @param {Promise<unknown>} doing */
  async tried(doing) {
    try {
      await doing;
    } catch (error) {
      this.fail("That cannot be done", error);
    }
  }

  /** Changes the run, as the reader asked. @param {Call[]} calls */
  change(...calls) {
    return this.tried(this.player.act(...calls));
  }

  onChange() {
    if (this.isOpen && this.player.frame) this.news.report(this.player.frame);
    this.ticker.soon();
  }

  /** @param {number} now */
  draw(now) {
    const { frame, info, at, moving, speed, scale } = this.player;
    if (!frame || !info) return;
    this.story.see(frame);
    this.story.watch(moving || this.player.holds > 0, () => this.tried(proceed(this.player)));
    this.told.offer(frame.caption, now, moving, speed);
    this.stage?.show({ frame, info, at, still: still.matches || scale === "steps" });
    this.stamp += 1;
  }

  /** @returns {import("./stage.js").Stage | null} */
  get stage() {
    return this.renderRoot.querySelector("playground-stage");
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const name = moveOf(event);
    if (event.key === "Escape" && this.notice) this.notice = "";
    if (!name || event.defaultPrevented || isTaken(event.key, event.composedPath()[0])) return;
    event.preventDefault();
    this.move(name);
  }

  /** @param {Move | "play" | "halt"} name */
  move(name) {
    if (this.beside) return this.beside.move(/** @type {Move} */ (name));
    if (name === "toggle") return this.toggle();
    this.story.autoplay = false; // who goes through the run does so at a pace of their own
    return this.tried(name === "next" ? this.next() : move(this.player, name));
  }

  /** Lets time stand, or pass; then a story goes on by itself. */
  toggle() {
    if (this.goes) return this.stand();
    this.story.autoplay = this.story.steps.length > 0 && this.story.onStory;
    return this.tried(this.player.frame?.pause ? proceed(this.player) : move(this.player, "toggle"));
  }

  /** To a step of the story. @param {number} line */
  toStep(line) {
    this.story.autoplay = false;
    return this.tried(this.player.turn(["seekLine", [line]]));
  }

  /** Back to the story, to where the reader left it. */
  backToStory() {
    const { askedIn } = this;
    if (!askedIn) return this.tried(this.player.turn(["toStory"]));
    return this.tried(this.openNext(askedIn.source).then(() => this.toStep(askedIn.line)));
  }

  /** Shows the run in which a wrong answer is right. @param {number} line @param {number} answer */
  runAsTold(line, answer) {
    const { source } = this;
    const told = this.engine.do("asTold", line, answer);
    const shown = told.then((text) => this.openNext(() => ({ text })));
    return this.tried(
      shown.then(() => {
        this.askedIn = { source, line };
        this.requestUpdate();
      }),
    );
  }

  /** To the next moment, or to the story's next question, if that comes first. */
  async next() {
    const { player } = this;
    if (player.frame?.pause) await player.turn(["proceed", []]);
    if (!player.frame?.pause) await player.next();
  }

  /** @param {number} answer */
  answer(answer) {
    const line = this.player.frame?.pause?.line ?? -1;
    this.story.answer(answer);
    this.answered = { line, answer };
    this.tried(proceed(this.player, answer));
  }

  /** True if the reader's last answer was another than the run's, and can be had all the same. */
  get wronglyAnswered() {
    const { question, pause } = this.player.frame ?? {};
    if (
      !question ||
      pause?.kind === "ask" ||
      question.right === null ||
      question.line !== this.answered?.line
    )
      return false;
    const { answer } = this.answered;
    return answer !== question.right && question.answers[answer].without.length > 0;
  }

  /** @param {CustomEvent<import("./action-menus.js").Question>} event */
  async onAsk({ detail }) {
    const answer = detail.menu ? -1 : this.story.answerAt(detail.target);
    if (answer >= 0) return this.answer(answer);
    const { ActionMenus } = await import("./action-menus.js");
    const { player, engine } = this;
    this.menus ??= new ActionMenus({
      player,
      engine,
      act: (...calls) => this.change(...calls),
      requestUpdate: () => this.requestUpdate(),
    });
    await this.tried(this.menus.ask(detail));
  }

  /** @param {CustomEvent<[string, string][]>} event links that were cut through */
  async onSlice({ detail }) {
    const { cutsOf } = await import("./slices.js");
    if (this.player.frame) this.change(...cutsOf(this.player.frame, detail));
  }

  render() {
    const { parts } = this.shown;
    const { player, beside } = this;
    if (beside) return this.renderBeside(beside.render(parts));
    const has = (/** @type {string} */ part) => (parts.has(part) ? part : "");
    const kind = `figure ${this.narrow ? "narrow" : ""} ${has("stage") ? "staged" : "alone"} ${has("transport")} ${has("rows")}`;
    return html`
      <div class=${kind} role="group" aria-label=${player.info?.title ?? "Consensus Playground"} tabindex="-1" @keydown=${this.onKey}
        @press=${() => player.hold()} @lift=${() => player.release()} @slice=${this.onSlice} @ask=${this.onAsk}
        @scrub=${(/** @type {CustomEvent} */ event) => this.tried(player.scrub(event.detail))}>
        ${parts.has("stage") ? html`<playground-stage ?inert=${!parts.has("actions")}></playground-stage>` : nothing}
        ${player.frame || this.notice ? nothing : html`<p class="wait" role="status">Starting the engine…</p>`}
        ${player.frame ? html`<div class="lower">${parts.has("caption") ? figureCaption(this) : nothing}${figureFoot(this, parts)}</div>` : nothing}
        ${this.notice ? this.renderNotice() : nothing}
        ${this.menus?.render() ?? nothing}
        <p class="sr" aria-live="polite">${this.told.shown?.text ?? ""}</p>
      </div>`;
  }

  /** @param {unknown} body what several protocols show */
  renderBeside(body) {
    return html`
      <div class="figure compares ${this.narrow ? "narrow" : ""}" role="group" aria-label=${this.player.info?.title || "Side by side"} tabindex="-1" @keydown=${this.onKey}>
        ${body}
        ${this.notice ? this.renderNotice() : nothing}
      </div>`;
  }

  renderNotice() {
    return html`<div class="notice ${this.quiet ? "quiet" : ""}" role=${this.quiet ? "status" : "alert"}><p>${this.notice}</p>
      <button aria-label="Close this message" @click=${() => this.say("")}>✕</button></div>`;
  }

  /** The caption keeps its height while a run is shown, or grows, so that the stage does not jump. */
  updated() {
    const lower = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(".lower"));
    lower?.style.setProperty("--lines", String(this.shown.parts.has("caption") ? this.lines : 0));
    this.beside?.painted();
  }
}

addMethods(ConsensusPlayground.prototype);
customElements.define("consensus-playground", ConsensusPlayground);
