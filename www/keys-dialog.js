// The keys and the signs of the picture, on one sheet.

import { Dialog } from "./dialog.js";
import { css, html } from "./part.js";

/** What each key does: see `keys.js`. */
const KEY_WORDS = [
  ["Space", "play or halt"],
  ["→  ←", "next, previous moment"],
  ["Shift + →  ←", "next, previous turning point"],
  [".  ,", "one event on, back"],
  ["Home  End", "first, last moment seen"],
  ["1 … 9, 0", "see as n1 … n9: dims what it cannot know; side by side: marks it in all; see all"],
  ["Tab, Enter", "go to a server, message or control; open its menu"],
];

const SIGNS = [
  ["Filled circle", "leads"],
  ["Dashed circle", "seeks to lead"],
  ["Outlined circle", "follows"],
  ["Colour", "the term; its number stands beside it"],
  ["Dotted cell", "not on this server's disk yet"],
  ["Pale cell", "on disk"],
  ["Filled cell", "this server knows that it is committed"],
  ["Bar below a cell", "applied to the state machine"],
  ["Seal above a column", "a majority holds it on disk, for good"],
  ["Dots below a cell", "who stored it, as the leader knows"],
  ["Red", "lost, cut off, down or broken"],
];

export class KeysDialog extends Dialog {
  static styles = [
    ...Dialog.styles,
    css`
      dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px; }
      dt { font-weight: 600; }
      h3 { font-size: 14px; margin: 14px 0 6px; }
    `,
  ];

  heading() {
    return "Keys and signs";
  }

  content() {
    return html`
      ${list(KEY_WORDS)}
      <p class="dim">Drag across the ring to cut it. Drag in the lanes to move through time.</p>
      <h3>Signs</h3>
      ${list(SIGNS)}
      <div class="row end"><button @click=${() => this.box.close()}>Close</button></div>`;
  }
}

/** @param {string[][]} pairs */
function list(pairs) {
  return html`<dl>${pairs.map(([name, words]) => html`<dt>${name}</dt><dd>${words}</dd>`)}</dl>`;
}

customElements.define("playground-keys", KeysDialog);
