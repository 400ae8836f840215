// Keeps the focus in a list whose rows come and go: when what has it goes, its row has it, or the next one, or the one before,
// or the list.

/** What can be pressed in a row. */
const PRESSED = "button:not(:disabled)";

export class Focus {
  constructor() {
    /** @type {{ element: HTMLElement, body: HTMLElement, rows: HTMLElement[] } | null} */
    this.had = null;
  }

  /** Before the list is drawn anew. @param {ShadowRoot} root in which there is a list, `.body` */
  note(root) {
    const element = root.activeElement;
    const body = /** @type {HTMLElement | null} */ (root.querySelector(".body"));
    this.had = null;
    if (!(element instanceof HTMLElement) || !body?.contains(element) || element === body) return;
    const rows = [...body.querySelectorAll("li")];
    const at = rows.findIndex((row) => row.contains(element));
    this.had = {
      element,
      body,
      rows: [...rows.slice(Math.max(0, at)), ...rows.slice(0, Math.max(0, at)).reverse()],
    };
  }

  /** Afterwards. */
  keep() {
    const { had } = this;
    this.had = null;
    if (!had || had.element.isConnected) return;
    const row = had.rows.find(({ isConnected }) => isConnected);
    const buttons = /** @type {HTMLElement[]} */ ([...(row?.querySelectorAll(PRESSED) ?? [])]);
    const words = had.element.textContent;
    (buttons.find(({ textContent }) => textContent === words) ?? buttons[0] ?? had.body).focus();
  }
}
