// What the protocol promises, since when each promise has been put to the test, and for one that is broken the first event
// that did it, with the two things that cannot both be right.

import { html, nothing } from "lit/html.js";
import { meterTemplate } from "./meter.js";
import { formatTime } from "./words.js";

/** @import { PromiseView, Violation, Witness } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

/** @param {PanelView} view @param {Sender} send */
export function checksTab({ frame, info }, send) {
  const { failures } = frame;
  const { broken, promises } = frame.checks;
  const first = broken.map(({ key }) => key);
  const lost = promises.filter(({ holds }) => !holds);
  lost.sort((a, b) => first.indexOf(a.key) - first.indexOf(b.key));
  const kept = promises.filter(({ holds }) => holds);
  return html`
    <p class="hint">Checked after every event, on what the servers really stored and said and what the clients were told.</p>
    ${meterTemplate(frame, info.byHand, send)}
    ${failures.length ? failuresTemplate(failures) : nothing}
    ${lost.map((promise) => {
      const [violation, ...more] = broken.filter(({ key }) => key === promise.key);
      return brokenTemplate(promise, violation, more.length, info.byHand, send);
    })}
    ${kept.map((promise) => keptTemplate(promise, info.byHand, send))}
    ${info.declines.length ? declinesTemplate(info) : nothing}`;
}

/** @param {string[]} failures */
function failuresTemplate(failures) {
  return html`
    <h2>What the scenario expected, and did not get</h2>
    ${failures.map((failure) => html`<div class="check broken"><span class="glyph" aria-hidden="true">✕</span><p>${failure}</p></div>`)}
    <h2>What is always checked</h2>`;
}

/** @param {PromiseView} promise @param {Violation} violation @param {number} more @param {boolean} byHand @param {Sender} send */
function brokenTemplate({ name, words, source }, violation, more, byHand, send) {
  const { text, position, witnesses } = violation;
  return html`
    <section class="check broken">
      <span class="glyph" aria-hidden="true">✕</span>
      <div>
        <h3 class="name">${name}<span class="sr">, broken</span></h3>
        <p class="hint">${words}${source ? html` · ${source}` : nothing}</p>
        <p class="told">${text}.</p>
        <p class="since"><button @click=${send("jump", position)}>Broken at ${moment(violation, byHand)}</button>
          ${more ? html`<span class="hint">and ${more === 1 ? "once" : `${more} times`} more, by other servers</span>` : nothing}</p>
      </div>
      <div class="witnesses" role="group" aria-label="Two things that cannot both be right">
        ${witnesses.map((witness, place) => witnessTemplate(witness, `${name}: go to witness ${place + 1}`, send))}
      </div>
    </section>`;
}

/** @param {Witness} witness @param {string} label @param {Sender} send */
function witnessTemplate({ text, place, position, era, command }, label, send) {
  const about = [place, era, command].filter(Boolean);
  return html`
    <div class="witness">
      <p class="about">${about.length ? about.join(" · ") : "the clients"}</p>
      <p>${text}.</p>
      ${
        position === null
          ? nothing
          : html`<button @click=${send("jump", position)} aria-label=${label}>Go there</button>`
      }
    </div>`;
}

/** @param {PromiseView} promise @param {boolean} byHand @param {Sender} send */
function keptTemplate({ name, words, source, since, doubt }, byHand, send) {
  const glyph = doubt ? "?" : since ? "✓" : "·";
  const state = doubt ? "not known" : since ? "holds" : "not put to the test yet";
  return html`
    <div class="check ${since ? "" : "untried"}">
      <span class="glyph" aria-hidden="true">${glyph}</span>
      <div><span class="name">${name}</span><span class=${since ? "sr" : "hint"}>, ${state}</span>
        <p class="hint">${words}${source ? html` · ${source}` : nothing}</p>
        ${doubt ? html`<p>Not known: ${doubt}.</p>` : nothing}
        ${
          since
            ? html`<p class="since"><button class="plain" @click=${send("jump", since.position)}>tested since ${moment(since, byHand)}<span class="sr">: go to the first test of ${name}</span></button></p>`
            : nothing
        }</div>
    </div>`;
}

/** @param {PanelView["info"]} info */
function declinesTemplate({ protocol, declines }) {
  return html`
    <h2>What ${protocol.name} does not promise</h2>
    ${declines.map(
      ({ name, why }) => html`
        <div class="check declined">
          <span class="glyph" aria-hidden="true">–</span>
          <div><span class="name">${name}</span><p class="hint">${why}</p></div>
        </div>`,
    )}`;
}

/**
 * A moment as the transport counts: a run by hand has steps, and hardly any time.
 * @param {{ position: number, at: number }} moment
 * @param {boolean} byHand
 */
function moment({ position, at }, byHand) {
  return byHand ? `step ${position}` : formatTime(at);
}
