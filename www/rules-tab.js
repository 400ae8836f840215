// The protocol's rules, where each is written down, and how often it spoke so far.

import { html, nothing } from "lit/html.js";

/** @import { RuleView } from "./engine-types" */
/** @import { PanelView } from "./panel.js" */

/** @param {PanelView} view */
export function rulesTab({ rules, info }) {
  return html`
    <p class="hint">The rules of ${info.protocol.name}, and how often each spoke up to here.</p>
    ${rules.map(ruleTemplate)}
    ${
      info.options.length
        ? html`<h2>Options</h2><dl>${info.options.map(({ key, words, value }) => html`<dt title=${words}>${key}</dt><dd>${value}</dd>`)}</dl>`
        : nothing
    }`;
}

/** @param {RuleView} rule */
function ruleTemplate(rule) {
  const spoke = rule.held + rule.refused + rule.overridden;
  return html`
    <div class="rule ${spoke ? "" : "silent"}">
      <p>${rule.words}</p>
      <div class="meta">
        <span>${rule.source}</span>
        ${rule.on ? nothing : html`<span class="off">off</span>`}
        <span>held ${rule.held}</span>
        ${rule.refused ? html`<span>refused ${rule.refused}</span>` : nothing}
        ${rule.overridden ? html`<span>would have refused ${rule.overridden}</span>` : nothing}
      </div>
    </div>`;
}
