// A dialog box: modal, closed by Escape, with its title.

import { css, html, Part } from "./part.js";
import { base, controls } from "./styles.js";

export const dialogStyles = css`
  dialog { border: 1px solid var(--line); border-radius: 14px; background: var(--raised); color: var(--ink); padding: 20px 22px; width: min(520px, calc(100vw - 24px)); max-height: calc(100vh - 24px); box-shadow: 0 14px 44px rgb(0 0 0 / 24%); font-size: 14px; line-height: 1.45; }
  dialog::backdrop { background: rgb(0 0 0 / 32%); }
  h2 { font-size: 17px; margin-bottom: 10px; }
  .row { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; margin-top: 14px; }
  .end { justify-content: flex-end; }
`;

export class Dialog extends Part {
  static styles = [base, controls, dialogStyles];

  firstUpdated() {
    this.box.showModal();
  }

  get box() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector("dialog"));
  }

  render() {
    return html`<dialog aria-labelledby="title" @close=${this.onClose} @click=${this.onClick} @keydown=${stop}>
      <h2 id="title">${this.heading()}</h2>
      ${this.content()}
    </dialog>`;
  }

  /** @returns {unknown} */
  content() {
    return "";
  }

  heading() {
    return "";
  }

  onClose() {
    this.dispatchEvent(new CustomEvent("dismiss", { bubbles: true, composed: true }));
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    if (event.target === this.box) this.box.close();
  }
}

/** The page's keys rest while a dialog is open. @param {Event} event */
function stop(event) {
  event.stopPropagation();
}
