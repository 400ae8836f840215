// The protocol's rules, where each is written down, how often it spoke so far, and the way to where it spoke.

import { html, nothing } from "lit/html.js";

/** @import { RuleView } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

const WORDS = { held: "applied", refused: "refused", overridden: "would have refused" };

/** @param {PanelView} view @param {Sender} send */
export function rulesTab({ rules, info }, send) {
  return html`
    <p class="hint">The rules of ${info.protocol.name}, and how often each spoke up to here. Marked: those that speak at the shown moment.</p>
    ${rules.map((rule) => ruleTemplate(rule, send))}
    ${
      info.options.length
        ? html`<h2>Options</h2><dl>${info.options.map(({ key, words, value }) => html`<dt title=${words}>${key}</dt><dd>${value}</dd>`)}</dl>`
        : nothing
    }`;
}

/** @param {RuleView} rule @param {Sender} send */
function ruleTemplate(rule, send) {
  const spoke = rule.held + rule.refused + rule.overridden;
  return html`
    <div class="rule ${spoke ? "" : "silent"} ${rule.now ? "now" : ""}">
      <p>${rule.words}</p>
      <div class="meta">
        <span>${rule.source}</span>
        ${rule.on ? nothing : html`<span class="off">off</span>`}
        <span>applied ${rule.held}</span>
        ${rule.refused ? html`<span>refused ${rule.refused}</span>` : nothing}
        ${rule.overridden ? html`<span>would have refused ${rule.overridden}</span>` : nothing}
        ${rule.now ? html`<span class="spoke">${WORDS[rule.now]} here</span>` : nothing}
        <span class="firings">
          <button class="plain" aria-label="Previous time: ${rule.words}" title="Where it spoke before" @click=${send("firing", [rule.key, false])}>‹</button>
          <button class="plain" aria-label="Next time: ${rule.words}" title="Where it speaks next" @click=${send("firing", [rule.key, true])}>›</button>
        </span>
      </div>
    </div>`;
}
