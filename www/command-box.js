// Where a reader types what a client asks for.

import { css, html, nothing, Part } from "./part.js";
import { base, controls } from "./styles.js";

export class CommandBox extends Part {
  static properties = ["clients", "servers", "of", "finds", "operations"];

  static styles = [
    base,
    controls,
    css`
      form { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
      input { width: 118px; flex: 1 1 90px; font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 13px; }
      :host([below]) input { flex-basis: 100%; }
      :host([below]) select { flex: 1; }
      select { padding: 4px 6px; font-size: 13px; }
      button { font-size: 13.5px; }
    `,
  ];

  constructor() {
    super();
    /** @type {string[]} */
    this.clients = [];
    /** @type {string[]} */
    this.servers = [];
    /** Whose commands these are, where each client has a box of its own. */
    this.of = "";
    /** True if a client finds the server that leads by itself; otherwise it asks any. */
    this.finds = true;
    /** What clients may ask for, as it is written. */
    this.operations = "";
    this.value = "set x=1";
  }

  render() {
    if (this.clients.length === 0) return nothing;
    const named = this.clients.length > 1;
    return html`
      <form @submit=${this.onSubmit} aria-label=${this.of ? `Send a command of ${this.of}` : "Send a command"}>
        ${named ? html`<select id="client" aria-label="Client">${this.clients.map((name) => html`<option>${name}</option>`)}</select>` : nothing}
        <input id="command" type="text" aria-label="Command" title=${this.operations} .value=${this.value} maxlength="256" spellcheck="false" autocomplete="off">
        <select id="target" aria-label="To which server"><option value="">${this.finds ? "to the leader" : "to any server"}</option>${this.servers.map((name) => html`<option value=${name}>to ${name}</option>`)}</select>
        <button>Send</button>
      </form>`;
  }

  /** @param {Event} event */
  onSubmit(event) {
    event.preventDefault();
    const read = (/** @type {string} */ id) =>
      /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector(`#${id}`))?.value ?? "";
    const detail = {
      client: read("client") || this.clients[0],
      target: read("target") || null,
      command: read("command").trim(),
    };
    if (detail.command)
      this.dispatchEvent(new CustomEvent("command", { detail, bubbles: true, composed: true }));
  }

  focusField() {
    /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector("#command"))?.select();
  }
}

customElements.define("playground-command", CommandBox);
