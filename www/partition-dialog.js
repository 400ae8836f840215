// Divides the servers into groups that cannot reach each other.

import { Dialog } from "./dialog.js";
import { css, html } from "./part.js";

const LETTERS = ["A", "B", "C", "D"];

export class PartitionDialog extends Dialog {
  static properties = ["places", "groups", "chosen"];

  static styles = [
    ...Dialog.styles,
    css`
      fieldset { border: 0; padding: 6px 0; margin: 0; display: flex; gap: 18px; align-items: center; border-bottom: 1px solid var(--line); }
      legend { float: left; width: 46px; font-weight: 700; padding: 0; }
      label { display: inline-flex; gap: 6px; align-items: center; min-height: 28px; }
      input { accent-color: var(--accent); width: 16px; height: 16px; margin: 0; }
    `,
  ];

  constructor() {
    super();
    /** @type {string[]} servers and clients */
    this.places = [];
    /** @type {string[][]} the groups that there are */
    this.groups = [];
    /** @type {Map<string, number>} */
    this.chosen = new Map();
  }

  willUpdate() {
    if (this.chosen.size > 0) return;
    this.chosen = new Map(
      this.places.map((place) => [
        place,
        Math.max(
          0,
          this.groups.findIndex((group) => group.includes(place)),
        ),
      ]),
    );
  }

  heading() {
    return "Partition the network";
  }

  content() {
    const groups = this.divided();
    return html`
      <p class="dim">Servers in different groups cannot reach each other.</p>
      ${this.places.map((place) => this.renderPlace(place))}
      <div class="row end">
        <button @click=${() => this.box.close()}>Cancel</button>
        <button class="first" ?disabled=${groups.length < 2} @click=${this.apply}>Partition</button>
      </div>`;
  }

  /** @param {string} place */
  renderPlace(place) {
    return html`<fieldset>
      <legend>${place}</legend>
      ${LETTERS.map(
        (letter, n) =>
          html`<label><input type="radio" name=${place} .checked=${this.chosen.get(place) === n} @change=${() => this.choose(place, n)}>${letter}</label>`,
      )}
    </fieldset>`;
  }

  /** @param {string} place @param {number} group */
  choose(place, group) {
    this.chosen = new Map(this.chosen).set(place, group);
  }

  /** The groups as chosen, without empty ones. */
  divided() {
    return LETTERS.map((_, n) => this.places.filter((place) => this.chosen.get(place) === n)).filter(
      (group) => group.some((place) => place.startsWith("n")),
    );
  }

  apply() {
    const detail = this.divided();
    this.dispatchEvent(new CustomEvent("partition", { detail, bubbles: true, composed: true }));
    this.box.close();
  }
}

customElements.define("playground-partition", PartitionDialog);
