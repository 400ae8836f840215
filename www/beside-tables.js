// What was counted, and what is called how: tables with a column for each protocol.

import { css, html, nothing, Part } from "./part.js";
import { base } from "./styles.js";

/** @import { Comparison } from "./engine-types" */

export class BesideTables extends Part {
  static properties = ["comparison"];

  static styles = [
    base,
    css`
      :host { font-size: 13.5px; line-height: 1.4; }
      h2 { font-size: 13.5px; margin: 0 0 6px; }
      table { border-collapse: collapse; width: 100%; margin-bottom: 18px; table-layout: fixed; }
      th, td { text-align: left; vertical-align: top; padding: 5px 6px 5px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
      thead th { border-top: 0; font-weight: 600; color: var(--dim); }
      th:first-child { width: 34%; font-weight: 500; }
      td { font-variant-numeric: tabular-nums; }
      .counts td { font-weight: 600; }
      .counts .why td { border-top: 0; padding-top: 0; font-size: 12px; color: var(--dim); font-weight: 400; }
      .lacks { margin-bottom: 16px; color: var(--dim); }
      .lacks li { overflow-wrap: anywhere; }
    `,
  ];

  constructor() {
    super();
    /** @type {Comparison | null} */
    this.comparison = null;
  }

  render() {
    const { comparison } = this;
    if (!comparison) return nothing;
    const names = comparison.sides.map(({ name }) => name);
    return html`
      ${this.renderLacks(comparison)}
      <h2 id="counted">Counted</h2>
      <table class="counts" aria-labelledby="counted">
        ${head("What", names)}
        <tbody>${comparison.counters.map(
          ({ name, words, values }) =>
            html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>
              <tr class="why"><td colspan=${values.length + 1}>${words}</td></tr>`,
        )}</tbody>
      </table>
      <h2 id="words">What each calls it</h2>
      <table aria-labelledby="words">
        ${head("Idea", names)}
        <tbody>${comparison.words.map(
          ({ idea, words }) =>
            html`<tr><th scope="row">${idea}</th>${words.map((word) => html`<td>${word || "–"}</td>`)}</tr>`,
        )}</tbody>
      </table>`;
  }

  /** What of the scenario some could not be given. @param {Comparison} comparison */
  renderLacks({ sides }) {
    if (sides.every(({ lacks }) => lacks.length === 0)) return nothing;
    return html`
      <h2>Not given, or in vain</h2>
      <ul class="lacks">${sides.flatMap(({ name, lacks }) => [...new Set(lacks)].map((lack) => html`<li>${name}: ${lack}</li>`))}</ul>`;
  }
}

/** @param {string} what @param {string[]} names */
function head(what, names) {
  return html`<thead><tr><th scope="col">${what}</th>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>`;
}

customElements.define("playground-beside-tables", BesideTables);
