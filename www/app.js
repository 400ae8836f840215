// The page: holds the parts together. What a part asks for arrives here as an event and goes to the player.

import { Address } from "./address.js";
import { appStyles } from "./app-styles.js";
import { html, nothing, Part } from "./part.js";
import "./caption-box.js";
import "./command-box.js";
import { Engine } from "./engine.js";
import { handCalls, isByHand } from "./hand.js";
import { startOpening } from "./hosts.js";
import { Inquiry, NONE } from "./inquiry.js";
import { eyeKey, isTaken, moveOf } from "./keys.js";
import { move, proceed } from "./moves.js";
import "./panel.js";
import { Player } from "./player.js";
import { Reader } from "./reader.js";
import "./rows.js";
import { lesson, start } from "./scenarios.js";
import { renderSheets } from "./sheets.js";
import "./stage.js";
import { Story } from "./story.js";
import { renderGoOn } from "./story-bar.js";
import { base, controls } from "./styles.js";
import { switchTheme } from "./theme.js";
import { Ticker } from "./ticker.js";
import { pageTitle, Told } from "./told.js";
import { renderBar } from "./top-bar.js";
import "./transport.js";

/** @import { Source } from "./engine.js" */
/** @import { Call } from "./host.js" */
/** @import { Move } from "./keys.js" */

const still = matchMedia("(prefers-reduced-motion: reduce)");

export class App extends Part {
  static properties = ["stamp", "tab", "notice", "dialog", "details", "server", "ends", "busy", "sheet"];

  static styles = [base, controls, appStyles];

  constructor() {
    super();
    this.engine = new Engine(startOpening);
    this.engine.onrestart = (message) => this.say(message);
    this.player = new Player(this.engine, () => this.drawSoon());
    this.reader = new Reader(() => this.engine.warm());
    this.address = new Address((fragment) => this.openLink(fragment));
    /** @type {import("./menus.js").Menus | null} */
    this.menus = null;
    this.told = new Told();
    this.story = new Story();
    this.stamp = 0;
    this.tab = "story";
    this.notice = "";
    /** True if the notice reports no failure. */
    this.quiet = false;
    this.server = "n1";
    /** The link whose settings are shown: "n1-n2"; those of all links if empty. */
    this.ends = "";
    /** On a phone, what has come up from below: "panel", "logs", "act" or nothing. */
    this.sheet = "";
    this.busy = true;
    /** @type {import("lit").TemplateResult | null} */
    this.dialog = null;
    /** @type {import("./whys.js").Whys | null} once somebody has asked */
    this.whys = null;
    /** @type {import("./breaks.js").Breaks | null} once somebody has asked what breaks */
    this.breaks = null;
    /** @type {import("./spot.js").Spot | null} once somebody has wanted to spot a rule */
    this.spot = null;
    /** @type {import("./beside.js").Beside | null} once somebody has wanted to compare */
    this.beside = null;
    /** @type {import("./inquiry.js").Details} */
    this.details = NONE;
    /** @type {import("./panel.js").PanelView | null} */
    this.panelView = null;
    this.inquiry = new Inquiry(this);
    /** What the page showed last of the player's editions. */
    this.edition = -1;
    this.ticker = new Ticker(
      this.player,
      (now) => this.draw(now),
      (error) => this.fail("The run stopped", error),
    );
    this.addEventListener("ask", (event) => this.ask(/** @type {CustomEvent} */ (event).detail));
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("keydown", this.onKey);
    addEventListener("resize", this.onResize);
    this.reader.heed();
    this.begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.onKey);
    removeEventListener("resize", this.onResize);
    this.reader.leave();
    this.story.rest();
    this.engine.close();
  }

  /** The run of the link in the address, if there is one, else one that begins by itself. */
  async begin() {
    const fragment = this.address.fragment;
    if (fragment && (await this.openLink(fragment))) return;
    await this.openText(start(), true); // beside the message that says what is wrong with the link, if it was bad
  }

  /** @param {string} fragment */
  async openLink(fragment) {
    this.notice = "";
    const opened = await this.open({ link: fragment });
    if (!opened && this.player.frame) this.address.quiet();
    return opened;
  }

  /** @param {string} text @param {boolean} plays */
  async openText(text, plays) {
    const opened = await this.open({ text });
    if (opened && plays && this.beside?.open) this.beside.play();
    else if (opened && plays && !this.player.frame?.pause) this.player.play();
  }

  /** @param {Source} source @returns {Promise<boolean>} whether it could be opened; if not, the page says why */
  async open(source) {
    this.player.halt();
    try {
      await this.engine.open(source);
      this.breaks?.leave();
      this.spot?.leave();
      this.beside?.leave();
      this.told = new Told();
      this.whys?.close();
      await this.player.begin();
      if (this.player.info) this.story.begin(this.player.info);
      if (this.player.info?.rival && !this.breaks?.opens)
        this.tried(this.loadBreaks().then((breaks) => breaks.receive()));
      this.tab = this.player.info?.story.length ? "story" : this.tab === "story" ? "events" : this.tab;
      this.server = "n1";
      this.ends = "";
      const differs = await this.engine.do("differs");
      if (differs) this.say(differs, true);
      if (this.player.info?.beside.length) await this.sideBySide();
      return true;
    } catch (error) {
      this.fail("link" in source ? "This link cannot be opened" : "This run cannot be opened", error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} what @param {unknown} error */
  fail(what, error) {
    this.say(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** @param {string} message @param {boolean} [quiet] */
  say(message, quiet = false) {
    this.notice = message;
    this.quiet = quiet;
  }

  /** Does something that may fail, and says so if it does. @param {Promise<unknown>} doing */
  async tried(doing) {
    try {
      this.whys?.close();
      await doing;
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {Call[]} calls */
  act(...calls) {
    return this.tried(this.player.act(...calls));
  }

  drawSoon() {
    this.ticker.soon();
  }

  /** @param {number} now */
  draw(now) {
    const { frame, info, at, eye, moving, speed } = this.player;
    if (!frame || !info) return;
    this.story.see(frame);
    this.breaks?.see(frame);
    this.spot?.see(frame);
    this.story.watch(moving || this.player.holds > 0, () => this.tried(proceed(this.player)));
    this.tab = this.story.panel(frame) ?? this.tab;
    const shown = this.told.shown;
    const caption = this.told.offer(frame.caption, now, moving, speed);
    // The lanes first: a canvas that writes words has the browser reckon at once the looks of all that has changed by then.
    this.rows?.draw();
    document.title = pageTitle(caption, info, frame.off.length > 0 || this.engine.veil !== null);
    this.stage?.show({
      frame: this.whys?.pointed(frame) ?? frame,
      info,
      at,
      eye,
      still: still.matches || this.player.scale === "steps",
    });
    const { edition } = this.player;
    if (edition !== this.edition || caption !== shown) this.stamp += 1;
    else for (const part of this.clocks) part.requestUpdate();
    this.edition = edition;
    this.inquiry.keepUp(now, moving);
    if (moving) this.address.quiet();
    else if (this.reader.acted && !this.beside?.open)
      this.address.writeSoon(() => this.engine.do("link", true));
  }

  /** @returns {import("./stage.js").Stage | null} */
  get stage() {
    return this.renderRoot.querySelector("playground-stage");
  }

  /** @returns {import("./rows.js").Rows | null} */
  get rows() {
    return this.renderRoot.querySelector("playground-rows");
  }

  /** The parts that show the clock. @returns {Iterable<Part>} */
  get clocks() {
    return this.renderRoot.querySelectorAll("playground-transport, playground-rows");
  }

  /** @param {KeyboardEvent} event */
  onKey = (event) => {
    if (this.beside?.open) return; // it has keys of its own
    const move = moveOf(event);
    if (event.key === "Escape" && this.whys?.why && !this.dialog) this.whys.close();
    else if (event.key === "Escape" && this.notice) this.notice = "";
    else if (event.key === "Escape" && this.sheet && !this.dialog) this.openSheet(this.sheet);
    const eye = eyeKey(event);
    const known = eye === "" || this.player.frame?.nodes.some(({ name }) => name === eye);
    if (event.defaultPrevented || this.dialog || isTaken(event.key, event.composedPath()[0])) return;
    if (!move && !known) return;
    event.preventDefault();
    if (move) this.move(move);
    else this.tried(this.player.seeAs(eye ?? ""));
  };

  onResize = () => this.drawSoon();

  /** @param {Move | "play" | "halt"} name */
  move(name) {
    return this.tried(move(this.player, name));
  }

  /** @param {CustomEvent<number | undefined>} event */
  onProceed({ detail }) {
    this.choose(detail);
  }

  /** Goes on, with an answer if the story asks. @param {number | undefined} answer */
  choose(answer) {
    if (answer !== undefined) this.story.answer(answer);
    return this.tried(proceed(this.player, answer));
  }

  /** Opens the run in which a wrong answer is right. @param {CustomEvent<{ line: number, answer: number }>} event */
  onAsTold({ detail: { line, answer } }) {
    this.tried(this.engine.do("asTold", line, answer).then((text) => this.openText(text, false)));
  }

  /** @param {CustomEvent<number>} event the line of a step */
  onStep({ detail }) {
    this.tried(this.player.turn(["seekLine", [detail]]));
  }

  onReturn() {
    this.tried(this.player.turn(["toStory"]));
  }

  /** @param {CustomEvent<boolean>} event */
  onAutoplay({ detail }) {
    this.story.autoplay = detail;
    this.details = { ...this.details };
    this.drawSoon();
  }

  /** @param {CustomEvent<string | null>} event what is asked about; the last moment, if nothing is named */
  onWhy({ detail }) {
    const caption = this.aside ?? this.told.shown;
    if (!detail && (this.whys?.why || !caption)) this.whys?.close();
    else this.wonder(detail || `event ${caption?.position}`);
  }

  /** Asks why something is as it is. @param {string} about */
  async wonder(about) {
    this.player.halt();
    await this.tried(
      import("./whys.js").then(({ Whys }) => {
        this.whys ??= new Whys(this);
        return this.whys.ask(about);
      }),
    );
  }

  /** Looks for what breaks without some rules. @param {CustomEvent<{ keys: string[], own: boolean }>} event */
  onBreaks({ detail }) {
    this.tried(this.loadBreaks().then((breaks) => breaks.ask(detail)));
  }

  async loadBreaks() {
    const { Breaks } = await import("./breaks.js");
    this.breaks ??= new Breaks(this);
    return this.breaks;
  }

  /** Draws what a why speaks of. */
  showWhy() {
    this.stamp += 1;
    this.drawSoon();
  }

  /** What the engine tells of the last moment, where an author's words stand above it. */
  get aside() {
    const { frame, scale, moving } = this.player;
    if (!this.told.shown?.authored || (moving && scale === "time")) return null;
    return frame?.told?.text ? frame.told : null;
  }

  /** Opens the menu of a thing. @param {import("./menus.js").Question} question */
  async ask(question) {
    const answer = question.menu ? -1 : this.story.answerAt(question.target);
    if (answer >= 0) return this.choose(answer);
    try {
      const { Menus } = await import("./menus.js");
      this.menus ??= new Menus(this);
      await this.menus.ask(question);
    } catch (error) {
      this.fail("No actions here", error);
    }
  }

  /** @param {Event} event */
  onNetwork({ currentTarget }) {
    const element = /** @type {HTMLElement} */ (currentTarget);
    const { x, bottom } = element.getBoundingClientRect();
    this.ask({ target: "", at: { x, y: bottom + 4 }, element });
  }

  /** @param {CustomEvent<[string, string][]>} event links that were cut through */
  async onSlice({ detail }) {
    const { cutsOf } = await import("./slices.js");
    const { frame } = this.player;
    if (frame) this.act(...cutsOf(frame, detail));
  }

  /** @param {CustomEvent<{ client: string, target: string | null, command: string }>} event */
  onCommand({ detail: { client, target, command } }) {
    this.act(["submit", [client, target, command]]).then(() => {
      if (!this.notice) this.player.play();
    });
  }

  /** Hands the run on. @param {"share" | "embed"} how */
  async handOn(how) {
    try {
      await (await import("./hand-on.js"))[how](this);
    } catch (error) {
      this.fail(how === "share" ? "This run cannot be shared" : "This run cannot be embedded", error);
    }
  }

  /** Lays other protocols beside the run. */
  sideBySide() {
    return this.tried(
      import("./beside.js").then(({ Beside }) => {
        this.beside ??= new Beside(this);
        return this.beside.start();
      }),
    );
  }

  async partition() {
    await import("./partition-dialog.js");
    const { frame } = this.player;
    if (!frame) return;
    const places = [...frame.nodes, ...frame.clients].map(({ name }) => name);
    this.show(html`<playground-partition .places=${places} .groups=${frame.groups}></playground-partition>`);
  }

  /** Opens a dialog; time stands while it is open. @param {import("lit").TemplateResult} dialog */
  show(dialog) {
    if (!this.dialog) this.player.hold();
    this.dialog = dialog;
  }

  onDismiss() {
    if (!this.dialog) return;
    this.dialog = null;
    this.player.release();
  }

  async showKeys() {
    await import("./keys-dialog.js");
    this.show(html`<playground-keys></playground-keys>`);
  }

  /** @param {string} key of a lesson, or nothing for the first minute */
  async pick(key) {
    this.notice = "";
    await this.openText(key ? await lesson(key) : start(), true);
  }

  /** @param {string} protocol @param {number} servers */
  restart(protocol, servers) {
    this.notice = "";
    return this.openText(start(protocol, servers), true);
  }

  switchTheme() {
    switchTheme();
    this.drawSoon();
  }

  /** The height of a row: smaller where there are many, or little room. */
  get row() {
    const count = (this.player.frame?.nodes.length ?? 0) + (this.player.frame?.clients.length ?? 0);
    const high = innerHeight;
    const room = high < 520 ? 96 : high < 780 ? 190 : high < 860 ? 210 : 250;
    return Math.max(high < 520 ? 13 : 19, Math.min(32, Math.floor(room / Math.max(1, count))));
  }

  /** The panel keeps up with the details, not with each picture. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("tab") || changed.has("server")) this.drawSoon(); // what it shows may have to be asked for
    const { frame, info } = this.player;
    if (!frame || !info || !["details", "server", "ends"].some((name) => changed.has(name))) return;
    this.panelView = {
      frame,
      info,
      server: this.server,
      ends: this.ends,
      story: this.story,
      ...this.details,
    };
  }

  render() {
    const { player } = this;
    return html`
      ${renderBar(this)}
      <main @press=${() => player.hold()} @lift=${() => player.release()} @slice=${this.onSlice}>
        <playground-stage></playground-stage>
        ${player.frame ? nothing : html`<p class="wait" role="status">${this.busy ? "Starting the engine…" : ""}</p>`}
        <playground-caption .caption=${this.told.shown} .question=${this.story.question} .aside=${this.aside} .off=${player.frame?.off ?? []} .synthetic=${player.info?.synthetic ?? ""} .asked=${this.whys?.why != null} @why=${this.onWhy} @breaks=${this.onBreaks}>
          ${this.renderTools()}
        </playground-caption>
        ${this.breaks?.render() ?? nothing}${this.spot?.render() ?? nothing}
        ${this.whys?.render() ?? nothing}
        ${this.notice ? this.renderNotice() : nothing}
        ${this.menus?.render() ?? nothing}
      </main>
      <section class="run" aria-label="Timeline and logs">
        ${renderSheets(this)}
        <playground-transport .player=${player} .stamp=${this.stamp} .branches=${this.details.branches}
          @transport=${(/** @type {CustomEvent} */ event) => this.move(event.detail)}
          @speed=${(/** @type {CustomEvent} */ { detail }) => player.setSpeed(detail.speed, detail.even)}
          @eye=${(/** @type {CustomEvent} */ event) => this.tried(player.seeAs(event.detail))}
          @scale=${(/** @type {CustomEvent} */ event) => this.tried(player.setScale(event.detail))}
          @branch=${(/** @type {CustomEvent} */ event) => this.act(["switchBranch", [event.detail]])}
          @hand=${this.onHand} @tab=${(/** @type {CustomEvent} */ event) => this.reveal(event.detail)}>${renderGoOn(this)}</playground-transport>
        <playground-rows .player=${player} .row=${this.row} .stamp=${this.stamp} .why=${this.whys?.step ?? null} @why=${this.onWhy} @scrub=${(/** @type {CustomEvent} */ event) => this.tried(player.scrub(event.detail))}></playground-rows>
      </section>
      ${this.renderPanel()} ${this.beside?.render() ?? nothing}
      <p class="sr" aria-live="polite">${this.story.question || (this.told.shown?.text ?? "")}</p>
      <div @dismiss=${this.onDismiss} @partition=${(/** @type {CustomEvent} */ event) => this.act(["partition", [event.detail]])}>${this.dialog}</div>`;
  }

  renderTools() {
    const { frame, info } = this.player;
    if (!frame) return nothing;
    const names = (/** @type {{ name: string }[]} */ list) => list.map(({ name }) => name);
    return html`
      <div class="tools">
        ${renderGoOn(this)}
        <button aria-haspopup="menu" @click=${this.onNetwork}>Network</button>
        ${frame.cuts.length ? html`<button @click=${() => this.act(["heal"])}>Heal</button>` : nothing}
        <playground-command .clients=${names(frame.clients)} .servers=${names(frame.nodes)} .finds=${info?.protocol.findsLeader ?? true} .operations=${info?.protocol.operations ?? ""} @command=${this.onCommand}></playground-command>
      </div>`;
  }

  renderPanel() {
    const { frame, info } = this.player;
    if (!frame || !info) return html`<aside aria-label="About this run"></aside>`;
    return html`
      <aside aria-label="About this run">
        <playground-panel .view=${this.panelView} .tab=${this.tab} @tab=${this.onTab} @proceed=${this.onProceed} @step=${this.onStep} @do=${this.onDo}
          @firing=${(/** @type {CustomEvent} */ event) => this.tried(this.player.go(["toFiring", event.detail]))}
          @rule=${(/** @type {CustomEvent} */ event) => this.tried(this.player.turn(["switchRule", event.detail]))}
          @command=${this.onCommand}
          @why=${this.onWhy}
          @breaks=${this.onBreaks}
          @ends=${(/** @type {CustomEvent} */ event) => {
            this.ends = event.detail;
          }}
          @astold=${this.onAsTold} @return=${this.onReturn} @autoplay=${this.onAutoplay}
          @server=${(/** @type {CustomEvent} */ event) => {
            this.server = event.detail;
          }}
          @jump=${(/** @type {CustomEvent} */ event) => this.tried(this.player.go(["seek", [event.detail]]))}></playground-panel>
      </aside>`;
  }

  renderNotice() {
    return html`<div class="notice ${this.quiet ? "quiet" : ""}" role=${this.quiet ? "status" : "alert"}><p>${this.notice}</p>
      <button aria-label="Close this message" @click=${() => this.say("")}>✕</button></div>`;
  }

  /** @param {string} key of a sheet; the one that is open closes */
  openSheet(key) {
    this.sheet = this.sheet === key ? "" : key;
    this.setAttribute("sheet", this.sheet);
  }

  /** Opens a tab, and brings it into sight where it is not. @param {string} tab */
  reveal(tab) {
    this.tab = tab;
    this.inquiry.hurry(); // it may show what was not asked for yet
    if (this.sheet !== "panel") this.openSheet("panel");
    this.renderRoot.querySelector("aside")?.scrollIntoView({ block: "nearest" });
    this.drawSoon();
  }

  /** @param {CustomEvent<Call | Call[]>} event what a tab wants done */
  onDo({ detail }) {
    this.act(.../** @type {Call[]} */ (Array.isArray(detail[0]) ? detail : [detail]));
  }

  /** Begins to play by hand, or lets time go on by itself. */
  async onHand() {
    const { frame } = this.player;
    if (!frame) return;
    const on = !isByHand(frame);
    this.player.halt();
    await this.act(...handCalls(frame, on));
    await this.tried(this.player.setScale(on ? "steps" : "time"));
    if (on) this.tab = "hand";
  }

  /** @param {CustomEvent<string>} event */
  onTab(event) {
    this.tab = event.detail;
    this.inquiry.hurry(); // it may show what was not asked for yet
    this.drawSoon();
  }
}

customElements.define("consensus-app", App);
