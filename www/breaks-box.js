// What breaks without a rule, told in three beats: the rule, the shortest run, the promise. Before that, how far the
// search is; and beside it the reader's own try.

import { meterStyles, meterTemplate } from "./meter.js";
import { css, html, nothing, Part } from "./part.js";
import { LOW, PORTRAIT } from "./portrait.js";
import { base, controls } from "./styles.js";
import { counted, grouped, listed } from "./words.js";

/** @import { Find, Told } from "./breaks.js" */
/** @import { Progress } from "./search-crew.js" */

export class BreaksBox extends Part {
  static properties = ["told", "position", "ruleOn", "moves", "frame", "byHand"];

  static styles = [
    base,
    controls,
    meterStyles,
    css`
      :host { background: var(--raised); border: 1px solid var(--line); border-radius: 12px; padding: 10px 14px 12px; max-height: min(46vh, 400px); overflow: auto; font-size: 14px; line-height: 1.4; box-shadow: 0 6px 22px color-mix(in srgb, var(--ink) 14%, transparent); }
      header { display: flex; align-items: start; gap: 10px; }
      h2 { flex: 1; font-size: 14px; font-weight: 600; padding-top: 4px; overflow-wrap: anywhere; }
      h2:focus { outline: none; }
      header button { min-height: 30px; padding: 2px 10px; font-size: 13px; }
      h3 { font-size: 13px; font-weight: 600; }
      p { overflow-wrap: anywhere; }
      progress { width: 100%; height: 8px; accent-color: var(--accent); margin-top: 8px; }
      .numbers { font-variant-numeric: tabular-nums; color: var(--dim); font-size: 13px; }
      .beats { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 8px 18px; margin-top: 6px; }
      .beats li { display: grid; align-content: start; gap: 4px; padding: 2px 0 2px 10px; border-left: 3px solid var(--line); }
      .beats li[aria-current] { border-left-color: var(--accent); }
      .source { color: var(--dim); font-size: 13px; }
      .broken { color: var(--red); font-weight: 600; }
      .moves { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 6px; }
      .moves button { min-height: 30px; font-size: 13px; padding: 2px 10px; }
      .tried { margin-top: 6px; display: grid; gap: 4px; }
      .score { font-weight: 600; }
      @media (max-height: 800px) { .beats li:not([aria-current]) { display: none; } }
      @media ${PORTRAIT}, ${LOW} {
        :host { max-height: 34dvh; padding: 6px 10px 8px; font-size: 13.5px; }
        .beats li:not([aria-current]) { display: none; }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Told | null} */
    this.told = null;
    /** Where the run on the stage stands. */
    this.position = 0;
    /** True if that has no rule off. */
    this.ruleOn = false;
    /** How many moves the reader has made. */
    this.moves = 0;
    /** Where the run on the stage stands. @type {import("./engine-types").Frame | null} */
    this.frame = null;
    /** True if no time passes in it. */
    this.byHand = false;
  }

  render() {
    const { told } = this;
    if (!told) return nothing;
    return html`
      <section aria-label="What breaks">
        <header>
          <h2 tabindex="-1">${heading(told)} ${told.protocol} without ${listed(told.rules.map(({ key }) => key))}</h2>
          ${this.renderBack(told)}
        </header>
        ${told.own ? this.renderOwn(told) : this.renderFinding(told)}
      </section>`;
  }

  /** The way out. @param {Told} told */
  renderBack({ own, find, progress }) {
    if (own || find)
      return html`<button aria-label="Back to where you were" title="Back to where you were" @click=${() => this.dispatchEvent(new CustomEvent("back"))}>Back</button>
        <button aria-label="Close, and stay in this run" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>✕</button>`;
    const goesOn = progress && isOn(progress);
    return this.renderButton("close", goesOn ? "Cancel" : "Close");
  }

  /** @param {Told} told */
  renderFinding(told) {
    const { progress, find } = told;
    if (find) return this.renderBeats(told, find, progress);
    if (!progress) return this.renderHarmless(told);
    return html`
      ${told.rules.map(({ words, source }) => html`<p>${words} <span class="source">${source}</span></p>`)}
      ${this.renderProgress(progress)}`;
  }

  /** No promise hangs on the rule. @param {Told} told */
  renderHarmless({ rules }) {
    const gauged = rules.some(({ kind }) => kind === "liveness");
    const jump = (/** @type {string} */ _, /** @type {unknown} */ detail) => () =>
      this.dispatchEvent(new CustomEvent("moment", { detail }));
    return html`
      ${rules.map(
        ({ words, whenOff, kind }) => html`
          <p>${words}</p>
          <p>No promise hangs on this rule: ${kind === "option" ? "it is an option." : "it is there so that the cluster gets on."} ${whenOff}</p>`,
      )}
      ${
        gauged
          ? html`<p class="source">So there is no run to look for. Whether this run gets on, a meter shows: play on and watch it.</p>${meterTemplate(this.frame, this.byHand, jump)}`
          : nothing
      }
      ${gauged ? html`<div class="moves">${this.renderButton("rule", this.ruleOn ? "Rule off again" : "Same schedule, rule on")}</div>` : nothing}`;
  }

  /** @param {Progress} progress */
  renderProgress(progress) {
    const { stand, runs, of, events, ms, inPage, tried, error } = progress;
    if (stand === "failed") return html`<p role="alert">The search stopped: ${error}</p>`;
    if (stand === "nothing")
      return html`
        <div role="status" class="tried">
          <p>Nothing broke in what was tried. That is no proof that nothing can.</p>
          ${tried.map((words) => html`<p class="source">${words}.</p>`)}
        </div>
        <div class="moves">${this.renderButton("more", "Search on, from other seeds")}</div>`;
    const rate = Math.round((events / Math.max(ms, 1)) * 1000);
    return html`
      <progress aria-label="Runs tried" max=${of} value=${runs}></progress>
      <p class="numbers">${grouped(runs)} of ${grouped(of)} runs tried · ${grouped(rate)} events a second · ${(ms / 1000).toFixed(1)} s</p>
      <p role="status">${stand === "shrinking" ? "Something broke. Looking for the shortest run that breaks it…" : "Searching…"}${inPage ? " No worker can start here, so the page itself searches: that is slower." : ""}</p>`;
  }

  /** @param {Told} told @param {Find} find @param {Progress | null} progress */
  renderBeats({ rules }, { found, points }, progress) {
    const { position } = this;
    const fork = points?.fork ?? null;
    const broken = points?.broken ?? null;
    const beat = broken !== null && position >= broken ? 3 : fork !== null && position >= fork ? 2 : 1;
    const current = (/** @type {number} */ n) => (n === beat ? "step" : nothing);
    return html`
      <p class="sr" role="status">Found a run of ${counted(found.after, "move")} that breaks a promise.</p>
      <ol class="beats">
        <li aria-current=${current(1)}>
          <h3>1 · The rule</h3>
          ${rules.map(({ words, source }) => html`<p>${words} <span class="source">${source}</span></p>`)}
        </li>
        <li aria-current=${current(2)}>
          <h3>2 · The shortest run found</h3>
          ${points?.wouldHave ? html`<p>${points.wouldHave}</p>` : nothing}
          <p class="source">${size(found, progress)}</p>
        </li>
        <li aria-current=${current(3)}>
          <h3>3 · The promise</h3>
          <p><span class="broken">${points?.violation ? `${points.violation.name}: broken.` : ""}</span> ${found.words}.</p>
          <p class="source">${points?.violation?.words ?? ""}</p>
        </li>
      </ol>
      <div class="moves">
        ${this.renderButton("watch", "Watch it")}
        ${fork === null ? nothing : this.renderButton("fork", "Where the rule would have spoken")}
        ${broken === null ? nothing : this.renderButton("broken", "Go to the break")}
        ${this.renderButton("rule", this.ruleOn ? "Rule off again" : "Same schedule, rule on")}
        ${this.renderButton("own", "Break it yourself")}
      </div>`;
  }

  /** @param {Told} told */
  renderOwn({ rules, mine, find, progress, handed }) {
    const { moves } = this;
    const machine = find?.found.after;
    if (!mine)
      return html`
        ${rules.map(({ words, whenOff }) => html`<p>${words} <span class="source">Off here: ${whenOff}</span></p>`)}
        <p role="status">Every promise is watched. Choose what happens next: by hand, on the stage, or at a client. <span class="score">${counted(moves, "move")} so far.</span></p>
        <p class="source">${find ? "The machine has broken one." : progress && isOn(progress) ? "The machine is at it too." : "The machine has broken none."}</p>
        <div class="moves">${find ? this.renderButton("watch", "Show me the machine's run") : nothing}</div>`;
    if (handed)
      return html`
        <p>A promise is broken twice: <span class="score">by hand in ${counted(mine.moves, "move")}, by the machine in ${machine}.</span></p>
        <div class="moves">
          ${this.renderButton("mine", "The run by hand")}
          ${this.renderButton("watch", "The machine's run")}
        </div>`;
    return html`
      <p role="status"><span class="broken">${mine.promise}: broken.</span> <span class="score">You ${mine.moves}${machine === undefined ? "" : `, machine ${machine}`}.</span></p>
      ${find ? nothing : progress && this.renderProgress(progress)}
      <div class="moves">
        ${this.renderButton("mine", "Your run")}
        ${find ? this.renderButton("watch", "The machine's run") : nothing}
        ${find ? this.renderButton("both", "One link for both") : nothing}
      </div>`;
  }

  /** @param {string} name of an event @param {string} words */
  renderButton(name, words) {
    return html`<button @click=${() => this.dispatchEvent(new CustomEvent(name))}>${words}</button>`;
  }

  /** Brings it to whoever asked. */
  look() {
    queueMicrotask(() => /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("h2"))?.focus());
  }
}

/** @param {Told} told */
function heading({ own, handed }) {
  if (handed) return "By hand and by machine:";
  return own ? "Break it yourself:" : "What breaks?";
}

/** @param {Progress} progress */
function isOn({ stand }) {
  return stand === "searching" || stand === "shrinking";
}

/** How it was found, and how short it is. @param {Find["found"]} found @param {Progress | null} progress */
function size({ run, before, after }, progress) {
  if (!progress) return "";
  const { runs, events, ms, finder } = progress;
  return `${counted(after, "move")}, shrunk from ${before}. Found in ${counted(runs, "run")}, ${grouped(events)} events, ${(ms / 1000).toFixed(1)} s; it is run ${grouped(run)} from seed ${finder?.seed}.`;
}

customElements.define("playground-breaks", BreaksBox);
