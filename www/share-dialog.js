// The link of this run, to copy.

import { copyField } from "./clipboard.js";
import { Dialog } from "./dialog.js";
import { css, html } from "./part.js";

export class ShareDialog extends Dialog {
  static properties = ["whole", "here", "text", "copied"];

  static styles = [
    ...Dialog.styles,
    css`
      label { display: block; margin: 12px 0 4px; font-weight: 600; }
      .field { display: flex; gap: 8px; }
      input { flex: 1; min-width: 0; font-size: 13px; }
      textarea { width: 100%; height: 130px; font: 12.5px/1.45 ui-monospace, Menlo, Consolas, monospace; color: inherit; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 8px; resize: vertical; }
      .said { color: var(--dim); min-height: 20px; }
    `,
  ];

  constructor() {
    super();
    this.whole = "";
    this.here = "";
    this.text = "";
    this.copied = "";
  }

  heading() {
    return "Share this run";
  }

  content() {
    return html`
      <p class="dim">Whoever opens the link sees the same run, event by event.</p>
      ${this.renderField("here", "Opens at this moment", this.here)}
      ${this.renderField("whole", "Opens at the beginning", this.whole)}
      <label for="text">The run as text</label>
      <textarea id="text" readonly .value=${this.text}></textarea>
      <div class="row end"><span class="said" role="status">${this.copied}</span><button @click=${() => this.box.close()}>Close</button></div>`;
  }

  /** @param {string} id @param {string} name @param {string} value */
  renderField(id, name, value) {
    return html`
      <label for=${id}>${name}</label>
      <div class="field">
        <input id=${id} type="text" readonly .value=${value} @focus=${(/** @type {FocusEvent} */ event) => /** @type {HTMLInputElement} */ (event.target).select()}>
        <button class=${id === "here" ? "first" : ""} aria-label="Copy the link that ${name.toLowerCase()}" @click=${() => this.copy(id)}>Copy</button>
      </div>`;
  }

  /** @param {string} id */
  async copy(id) {
    const field = /** @type {HTMLInputElement} */ (this.renderRoot.querySelector(`#${id}`));
    this.copied = await copyField(field);
  }
}

customElements.define("playground-share", ShareDialog);
