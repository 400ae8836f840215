// The side panel: one tab at a time.

import { css, html, LitElement, nothing } from "lit";
import { checksTab } from "./checks-tab.js";
import { eventsTab } from "./events-tab.js";
import { panelStyles } from "./panel-styles.js";
import { rulesTab } from "./rules-tab.js";
import { serverTab } from "./server-tab.js";
import { storyTab } from "./story-tab.js";
import { base, controls, hues } from "./styles.js";

/** @import { Frame, Info, Moment, RuleView } from "./engine-types" */

/**
 * @typedef {object} PanelView
 * @property {Frame} frame
 * @property {Info} info
 * @property {RuleView[]} rules
 * @property {Moment[]} moments
 * @property {string} server whose tab is open
 */

/** @typedef {(name: string, detail: unknown) => () => void} Sender makes an event handler that sends an event on */

/** @type {Record<string, { name: string, body: (view: PanelView, send: Sender) => unknown }>} */
const TABS = {
  story: { name: "Story", body: storyTab },
  events: { name: "Events", body: eventsTab },
  rules: { name: "Rules", body: rulesTab },
  checks: { name: "Checks", body: checksTab },
  server: { name: "Server", body: serverTab },
};

export class Panel extends LitElement {
  static properties = { view: { attribute: false }, tab: { attribute: false } };

  static styles = [base, controls, hues, panelStyles, css`:host { background: var(--surface); }`];

  constructor() {
    super();
    /** @type {PanelView | null} */
    this.view = null;
    this.tab = "events";
  }

  /** The tabs that have something to say. */
  get tabs() {
    return Object.keys(TABS).filter((tab) => tab !== "story" || (this.view?.info.story.length ?? 0) > 0);
  }

  render() {
    if (!this.view) return nothing;
    const tab = this.tabs.includes(this.tab) ? this.tab : this.tabs[0];
    return html`
      <div class="tabs" role="tablist" aria-label="About this run" @keydown=${this.onKey}>
        ${this.tabs.map(
          (
            key,
          ) => html`<button role="tab" id="tab-${key}" aria-selected=${key === tab} aria-controls="body" tabindex=${key === tab ? 0 : -1}
            @click=${this.sender("tab", key)}>${TABS[key].name}</button>`,
        )}
      </div>
      <div class="body" id="body" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="0">${TABS[tab].body(this.view, this.sender)}</div>`;
  }

  updated() {
    const now = this.renderRoot.querySelector("[aria-current]");
    const body = this.renderRoot.querySelector(".body");
    if (!now || !body || body.contains(/** @type {ShadowRoot} */ (this.renderRoot).activeElement)) return;
    const [a, b] = [now.getBoundingClientRect(), body.getBoundingClientRect()];
    if (a.bottom > b.bottom || a.top < b.top) body.scrollTop += a.top - b.top - b.height / 2;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.stopPropagation();
    event.preventDefault();
    const tabs = this.tabs;
    const to = tabs[(tabs.indexOf(this.tab) + step + tabs.length) % tabs.length];
    this.sender("tab", to)();
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`#tab-${to}`))?.focus();
  }

  /** @type {Sender} */
  sender = (name, detail) => () => {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  };
}

customElements.define("playground-panel", Panel);
