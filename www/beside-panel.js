// The panel beside the bands: the story, and what was counted.

import "./beside-tables.js";
import { Panel } from "./panel.js";
import { css, html } from "./part.js";
import { storyTab } from "./story-tab.js";

/** @import { Comparison } from "./engine-types" */

/** @param {import("./panel.js").PanelView} view */
function comparedTab(view) {
  const { comparison } = /** @type {import("./panel.js").PanelView & { comparison: Comparison }} */ (view);
  return html`
    <p class="sentence">${comparison.sentence}</p>
    <p class="hint terms">${comparison.terms}</p>
    <playground-beside-tables .comparison=${comparison}></playground-beside-tables>`;
}

export class BesidePanel extends Panel {
  static styles = [
    ...Panel.styles,
    css`
      .tabs { grid-auto-flow: column; grid-template-columns: none; justify-content: start; }
      .terms { margin: 4px 0 16px; }
    `,
  ];

  constructor() {
    super();
    this.tab = "story";
    this.bodies = { story: storyTab, compared: comparedTab };
  }

  get names() {
    return { story: "Story", compared: "Compared" };
  }

  get tabs() {
    return Object.keys(this.names);
  }
}

customElements.define("playground-beside-panel", BesidePanel);
