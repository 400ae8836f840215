// What to paste into another page so that it shows this run.

import { copyField } from "./clipboard.js";
import { Dialog } from "./dialog.js";
import { css, html } from "./part.js";
import { elementSnippet, frameSnippet } from "./snippets.js";

/** @import { Embedding } from "./snippets.js" */

/** @type {[label: string, width: number, height: number][]} */
const SIZES = [
  ["640 × 420", 640, 420],
  ["360 × 480", 360, 480],
];
/** @type {[label: string, theme: Embedding["theme"]][]} */
const THEMES = [
  ["The reader’s own", "auto"],
  ["Light", "light"],
  ["Dark", "dark"],
];

export class EmbedDialog extends Dialog {
  static properties = ["here", "whole", "size", "theme", "opening", "autoplay", "copied"];

  static styles = [
    ...Dialog.styles,
    css`
      fieldset { border: 0; margin: 10px 0 0; padding: 0; display: flex; gap: 6px 12px; align-items: center; flex-wrap: wrap; }
      legend { float: left; min-width: 68px; padding: 0; font-weight: 600; }
      .copy { display: flex; gap: 8px; align-items: end; justify-content: space-between; margin: 16px 0 4px; }
      label { font-weight: 600; }
      textarea { display: block; width: 100%; height: 96px; font: 12.5px/1.45 ui-monospace, Menlo, Consolas, monospace; color: inherit; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 8px; resize: vertical; overflow-wrap: anywhere; }
      .said { color: var(--dim); min-height: 20px; }
    `,
  ];

  constructor() {
    super();
    /** The link that opens at this moment. */
    this.here = "";
    /** The link that opens at the beginning. */
    this.whole = "";
    this.root = "";
    this.name = "";
    this.opening = "whole";
    this.size = 0;
    /** @type {Embedding["theme"]} */
    this.theme = "auto";
    this.autoplay = false;
    this.copied = "";
  }

  heading() {
    return "Embed this run";
  }

  /** @returns {Embedding} */
  get embedding() {
    const [, width, height] = SIZES[this.size];
    const link = this.opening === "here" ? this.here : this.whole;
    const { root, theme, autoplay, name: title } = this;
    return { root, link, title, width, height, theme, autoplay };
  }

  content() {
    return html`
      <p class="dim">A living figure in a page of your own. The run is in the snippet; nothing is stored anywhere.</p>
      ${this.renderChoice("Opens", "opening", [
        ["At the beginning", "whole"],
        ["At this moment", "here"],
      ])}
      ${this.renderChoice("Time", "autoplay", [
        ["Waits for the reader", false],
        ["Passes by itself", true],
      ])}
      ${this.renderChoice(
        "Size",
        "size",
        SIZES.map(([label], n) => [label, n]),
      )}
      ${this.renderChoice("Colours", "theme", THEMES)}
      ${this.renderSnippet("frame", "As a frame: works wherever HTML does", frameSnippet(this.embedding))}
      ${this.renderSnippet("element", "As an element: can be scripted", elementSnippet(this.embedding))}
      <div class="row end"><span class="said" role="status">${this.copied}</span><button @click=${() => this.box.close()}>Close</button></div>`;
  }

  /** @param {string} legend @param {"opening" | "autoplay" | "size" | "theme"} name @param {[label: string, value: unknown][]} choices */
  renderChoice(legend, name, choices) {
    return html`
      <fieldset>
        <legend>${legend}</legend>
        <span class="switch">
          ${choices.map(([label, value]) => html`<button aria-pressed=${this[name] === value} @click=${() => Object.assign(this, { [name]: value, copied: "" })}>${label}</button>`)}
        </span>
      </fieldset>`;
  }

  /** @param {string} id @param {string} name @param {string} snippet */
  renderSnippet(id, name, snippet) {
    return html`
      <div class="copy">
        <label for=${id}>${name}</label>
        <button class=${id === "frame" ? "first" : ""} aria-label="Copy the ${id}" @click=${() => this.copy(id)}>Copy</button>
      </div>
      <textarea id=${id} readonly spellcheck="false" .value=${snippet}></textarea>`;
  }

  /** @param {string} id */
  async copy(id) {
    const field = /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector(`#${id}`));
    this.copied = await copyField(field);
  }
}

customElements.define("playground-embed", EmbedDialog);
