// What links do to messages: how long they take, and how many are lost, doubled or held back. For all links at once, or
// for one, whose own settings it then shows.

import { networkLine } from "./network.js";
import { css, html, nothing, Part } from "./part.js";
import { base, controls } from "./styles.js";
import { formatTime } from "./words.js";

/** @import { LinkSettings, LinkView } from "./engine-types" */

/** [name of the field, words] */
const TIMES = /** @type {["least" | "most" | "jitter", string][]} */ ([
  ["least", "shortest latency, ms"],
  ["most", "longest latency, ms"],
  ["jitter", "jitter up to, ms"],
]);
const CHANCES = /** @type {["loss" | "duplicate" | "reorder", string][]} */ ([
  ["loss", "lost, %"],
  ["duplicate", "duplicated, %"],
  ["reorder", "held back, %"],
]);

export class LinkForm extends Part {
  static properties = ["servers", "clients", "links", "ends"];

  static styles = [
    base,
    controls,
    css`
      form { display: grid; grid-template-columns: 1fr 84px; gap: 6px 10px; align-items: center; }
      input, select { width: 100%; min-height: 30px; padding: 2px 6px; background: var(--raised); border: 1px solid var(--line); border-radius: 8px; }
      .which { grid-column: 1 / -1; display: flex; gap: 6px; align-items: center; }
      .which select { width: auto; min-width: 0; }
      .which label { flex: 1; }
      form > button { grid-column: 2; }
      .own { margin-top: 10px; font-size: 13px; color: var(--dim); }
      .own button { display: block; width: calc(100% + 20px); margin: 0 -10px; padding: 4px 10px; min-height: 28px; border: 0; border-radius: 7px; background: none; text-align: left; }
      .own button:hover { background: var(--press); }
      .own b { color: var(--ink); }
    `,
  ];

  constructor() {
    super();
    /** @type {string[]} */
    this.servers = [];
    /** @type {string[]} */
    this.clients = [];
    /** The settings of most links, then those of each that differs. @type {LinkView[]} */
    this.links = [];
    /** Which link is shown: "n1-n2"; all of them if empty. */
    this.ends = "";
  }

  /** The two ends of the link that is shown; none if it is all links. */
  get pair() {
    const pair = this.ends.split("-");
    const places = [...this.servers, ...this.clients];
    return pair.length === 2 && pair.every((place) => places.includes(place)) ? pair : [];
  }

  /** What the shown link does. @returns {LinkSettings} */
  get settings() {
    const [a, b] = this.pair;
    const [usual, ...own] = this.links;
    const same = (/** @type {LinkView} */ { ends: [from, to] }) => from === a && to === b;
    return (own.find(same) ?? usual).network;
  }

  render() {
    if (this.links.length === 0) return nothing;
    const { settings } = this;
    const field = (
      /** @type {string} */ name,
      /** @type {string} */ words,
      /** @type {number} */ value,
    ) => html`
      <label for=${name}>${words}</label>
      <input id=${name} name=${name} type="number" min="0" step="any" required .defaultValue=${String(value)}>`;
    return html`
      <form @submit=${this.onSubmit} @keydown=${(/** @type {Event} */ event) => event.stopPropagation()}>
        ${this.renderWhich()}
        ${TIMES.map(([name, words]) => field(name, words, settings[name] / 1000))}
        ${CHANCES.map(([name, words]) => field(name, words, settings[name] / 10_000))}
        <button>Set</button>
      </form>
      ${this.renderOwn()}`;
  }

  renderWhich() {
    const [a = "", b = ""] = this.pair;
    const others = this.clients.includes(a)
      ? this.servers
      : [...this.servers, ...this.clients].filter((place) => place !== a);
    const option = (/** @type {string} */ place, /** @type {string} */ now) =>
      html`<option value=${place} ?selected=${place === now}>${place}</option>`;
    return html`
      <div class="which">
        <label for="from">Which links</label>
        <select id="from" @change=${this.onEnds}>
          <option value="" ?selected=${!a}>all links</option>${[...this.servers, ...this.clients].map((place) => option(place, a))}
        </select>
        ${a ? html`<span aria-hidden="true">↔</span><select id="to" aria-label="and" @change=${this.onEnds}>${others.map((place) => option(place, b))}</select>` : nothing}
      </div>`;
  }

  /** The links that are not like most. Both directions of a link are set together. */
  renderOwn() {
    const own = this.links.slice(1).filter(({ ends: [from, to] }, _, all) => {
      const twin = all.some((other) => other.ends[0] === to && other.ends[1] === from);
      return !twin || this.rank(from) < this.rank(to);
    });
    if (own.length === 0) return nothing;
    return html`
      <ul class="own" aria-label="Links with settings of their own">
        ${own.map(
          ({ ends, network }) => html`<li><button @click=${() => this.choose(ends.join("-"))}>
            <b>${ends.join(" ↔ ")}</b> ${inWords(network)}</button></li>`,
        )}
      </ul>`;
  }

  /** @param {string} place */
  rank(place) {
    return [...this.servers, ...this.clients].indexOf(place);
  }

  /** A link's own settings take the place of what was typed for another. @param {Map<string, unknown>} changed */
  updated(changed) {
    if (!changed.has("ends")) return;
    this.renderRoot.querySelector("form")?.reset();
  }

  onEnds() {
    const read = (/** @type {string} */ id) =>
      /** @type {HTMLSelectElement | null} */ (this.renderRoot.querySelector(`#${id}`))?.value ?? "";
    const [from, to] = [read("from"), read("to")];
    const fits = to && to !== from && !(this.clients.includes(from) && this.clients.includes(to));
    const other = fits ? to : this.servers.find((place) => place !== from);
    this.choose(from && other ? `${from}-${other}` : "");
  }

  /** @param {string} ends */
  choose(ends) {
    this.ends = ends;
    this.dispatchEvent(new CustomEvent("ends", { detail: ends, bubbles: true, composed: true }));
  }

  /** @param {SubmitEvent} event */
  onSubmit(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const read = (/** @type {string} */ name, /** @type {number} */ unit) =>
      Math.round(Math.max(0, Number(fields.get(name))) * unit);
    const link = { ...this.settings };
    for (const [name] of TIMES) link[name] = read(name, 1000);
    for (const [name] of CHANCES) link[name] = read(name, 10_000);
    const { pair } = this;
    const detail = ["act", [networkLine(pair.length ? pair.join("<->") : "all", link)]];
    this.dispatchEvent(new CustomEvent("do", { detail, bubbles: true, composed: true }));
  }
}

/** @param {LinkSettings} settings */
function inWords({ least, most, jitter, loss, duplicate, reorder }) {
  const times = least === most ? formatTime(least) : `${formatTime(least)} to ${formatTime(most)}`;
  const rest = [
    jitter ? `jitter ${formatTime(jitter)}` : "",
    loss ? `${loss / 10_000}% lost` : "",
    duplicate ? `${duplicate / 10_000}% duplicated` : "",
    reorder ? `${reorder / 10_000}% held back` : "",
  ];
  return [times, ...rest.filter(Boolean)].join(", ");
}

customElements.define("playground-link-form", LinkForm);
