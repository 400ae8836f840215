// The servers' logs as a table, aligned by index with the lanes beside it. A cell shows what its server knows: dotted, not
// on disk; pale, on disk; filled, known committed here; barred, applied.

import { hueOf } from "./colour.js";
import { sight } from "./eye.js";
import { cellText, logs } from "./logs.js";
import { css, html, nothing, Part } from "./part.js";
import { isPointedAt } from "./pointers.js";
import { base, hues } from "./styles.js";
import { formatTime } from "./words.js";

/** @import { Cell, Frame, Info, NodeFrame } from "./engine-types" */
/** @import { Column, FoldColumn, Row } from "./logs.js" */

/** The width of a column: at least, where there is room, and where terms alone are shown so that nothing need be folded. */
const CELL = 56;
const WIDE = 74;
const SLIM = 36;
/** For the state machine's column. */
const STATE = 110;

export class LogTable extends Part {
  static properties = ["frame", "info", "row", "room", "eye"];

  static styles = [
    base,
    hues,
    css`
      :host { overflow: hidden; min-width: 0; padding: 0 14px 0 16px; }
      table { border-collapse: collapse; font-size: var(--text); line-height: 1; }
      tr { height: var(--row); }
      thead tr { height: var(--head); }
      th, td { padding: 0 3px 0 0; text-align: left; font-weight: 400; vertical-align: middle; white-space: nowrap; }
      thead th { color: var(--dim); font-weight: 600; font-size: 12px; text-align: center; min-width: calc(var(--cell) - 3px); }
      thead th.state, td.state { text-align: left; padding-left: 12px; }
      .seal { display: inline-block; width: 12px; height: 12px; vertical-align: -1.5px; margin-left: 3px; stroke: var(--ink); fill: none; stroke-width: 1.6; }
      .cell { position: relative; display: flex; align-items: center; gap: 4px; width: calc(var(--cell) - 4px); height: calc(var(--row) - var(--gap)); max-height: 23px; padding: 0 5px; border-radius: 4px; border: 1.6px dotted var(--hue); overflow: visible; }
      .cell b { font-weight: 700; }
      .cell .text { overflow: hidden; text-overflow: ellipsis; }
      .cell.durable { border-style: solid; background: color-mix(in srgb, var(--hue) 15%, transparent); }
      .cell.committed { background: var(--hue); color: var(--on-term); }
      .cell.committed:not(.durable) { border-color: var(--surface); }
      .cell.applied::after { content: ""; position: absolute; left: 0; right: 0; bottom: calc(-1px - var(--gap) / 2); height: 2px; background: var(--dim); border-radius: 1px; }
      .acks { position: absolute; right: 3px; bottom: -6px; display: flex; gap: 2px; align-items: center; padding: 1px 3px; border-radius: 5px; background: var(--surface); }
      .acks i { width: 6.5px; height: 6.5px; border-radius: 50%; border: 1.4px solid var(--hue); background: var(--surface); }
      .acks i.have { background: var(--hue); }
      .acks i.need { margin-right: 4px; position: relative; }
      .acks i.need::after { content: ""; position: absolute; left: 6.6px; top: -2.5px; width: 1.4px; height: 8.5px; background: var(--ink); }
      .cell.looked { outline: 2.5px solid var(--accent); outline-offset: 2px; }
      .hole { display: block; width: calc(var(--cell) - 4px); height: calc(var(--row) - 8px); max-height: 23px; border-radius: 4px; border: 1.4px dashed var(--line); }
      .fold { width: auto; border: 1.4px solid var(--line); color: var(--dim); border-radius: 4px; padding: 0 8px; display: inline-flex; align-items: center; height: calc(var(--row) - 9px); max-height: 23px; }
      .fold.all { width: calc(var(--cell) + 12px); height: calc(var(--row) * var(--rows) - 8px); max-height: none; padding: 0 4px; justify-content: center; text-align: center; white-space: normal; font-size: 11px; line-height: 1.25; }
      td.state { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 12.5px; max-width: 150px; overflow: hidden; text-overflow: ellipsis; }
      .empty { color: var(--dim); }
      .down { opacity: 0.55; }
      .unseen { opacity: 0.24; }
      .unseen .text { visibility: hidden; }
      .slim .cell { padding: 0; justify-content: center; }
      .slim .text, .slim .acks { display: none; }
      @media (max-width: 720px) { tbody th.sr, thead td.sr { position: static; width: 30px; height: auto; clip-path: none; font-weight: 700; } }
    `,
  ];

  constructor() {
    super();
    /** @type {Frame | null} */
    this.frame = null;
    /** @type {Info | null} */
    this.info = null;
    /** Through whose eyes the logs are seen, if not everyone's. @type {import("./eye.js").Eye | null} */
    this.eye = null;
    this.row = 30;
    this.room = 8;
    this.width = 8 * CELL;
    this.sizes = new ResizeObserver(() => this.measure());
  }

  connectedCallback() {
    super.connectedCallback();
    this.sizes.observe(document.documentElement);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  measure() {
    const narrow = window.innerWidth <= 720;
    const width = narrow ? window.innerWidth - 30 : Math.min(window.innerWidth * 0.4, 600);
    this.width = width - STATE;
    this.room = Math.max(2, Math.floor(this.width / CELL));
  }

  /** Only a new position changes what a log says. @param {Map<string, unknown>} changed */
  shouldUpdate(changed) {
    const before = /** @type {Frame | undefined} */ (changed.get("frame"));
    return (
      changed.size > 1 ||
      !before ||
      before.position !== this.frame?.position ||
      before.line !== this.frame.line ||
      before.nodes.length !== this.frame?.nodes.length ||
      before.at > this.frame.at
    );
  }

  render() {
    if (!this.frame || !this.info) return nothing;
    const { columns, rows, slim } = this.fitted(this.frame);
    const least = slim ? SLIM : CELL;
    const cell = Math.max(least, Math.min(WIDE, Math.floor(this.width / Math.max(1, columns.length))));
    this.style.setProperty("--rows", String(rows.length));
    this.style.setProperty("--cell", `${cell}px`);
    this.style.setProperty("--text", this.row < 24 ? "10.5px" : "12px");
    this.style.setProperty("--gap", this.row < 24 ? "4px" : "8px");
    return html`
      <table class=${slim ? "slim" : ""}>
        <caption class="sr">The servers' logs</caption>
        <thead>
          <tr>
            <td class="sr"></td>
            ${columns.map((column) => this.renderHead(column))}
            <th scope="col" class="state">state</th>
          </tr>
        </thead>
        <tbody>${rows.map((row) => this.renderRow(row, columns))}</tbody>
      </table>`;
  }

  /** As many columns as there is room for. Rather than fold what differs, cells show their terms alone. @param {Frame} frame */
  fitted(frame) {
    const whole = logs(frame, this.room);
    const [first] = whole.columns;
    if (first?.kind !== "fold" || first.same) return { ...whole, slim: false };
    const slim = logs(frame, Math.max(2, Math.floor(this.width / SLIM)));
    return slim.columns[0].kind === "fold" ? { ...whole, slim: false } : { ...slim, slim: true };
  }

  /** @param {Column} column */
  renderHead(column) {
    if (column.kind === "fold") return html`<th scope="col">${column.from}–${column.to}</th>`;
    const { index, chosen } = column;
    if (!chosen) return html`<th scope="col">${index}</th>`;
    const words = `chosen at ${formatTime(chosen.at)} by ${chosen.by.map((id) => `n${id}`).join(" ")}`;
    return html`<th scope="col" title=${words}>${index}<svg class="seal${sight(!this.eye)}" viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="6"></circle><path d="M4 7.2l2.2 2.2L10 5"></path></svg><span class="sr">, ${words}</span></th>`;
  }

  /** @param {Row} row @param {Column[]} columns */
  renderRow({ node, cells }, columns) {
    const { state } = node;
    const last = Math.max(0, ...cells.keys());
    return html`
      <tr class=${node.up ? "" : "down"}>
        <th scope="row" class="sr">${node.name}</th>
        ${columns.map((column) => {
          if (column.kind === "fold") return this.renderFold(node, column);
          const cell = cells.get(column.index);
          return html`<td class=${sight(this.knows(node, cell))}>${cell ? this.renderCell(cell, node) : column.index < last ? this.renderHole(column.index) : nothing}</td>`;
        })}
        <td class="state" title=${this.knows(node) ? state : nothing}>${this.knows(node) ? state || html`<span class="empty">empty</span>` : html`<span class="empty">?</span>`}</td>
      </tr>`;
  }

  /** What rows agree on is one cell for all of them. @param {NodeFrame} node @param {FoldColumn} column */
  renderFold(node, { same }) {
    const [first, ...others] = this.frame?.nodes ?? [];
    if (!same || this.eye)
      return html`<td><span class="fold">${this.knows(node) ? (same ? "same" : "…") : "?"}</span></td>`;
    return node === first
      ? html`<td rowspan=${others.length + 1}><span class="fold all">same ${others.length ? "everywhere" : ""}</span></td>`
      : nothing;
  }

  /** An empty place before one that is filled. @param {number} index */
  renderHole(index) {
    const words = `${this.info?.protocol.index} ${index}, empty`;
    return html`<span class="hole" title=${words}><span class="sr">${words}</span></span>`;
  }

  /** Whether whose eyes are used knows what a server holds: of others only what they confirmed. @param {NodeFrame} node @param {Cell} [cell] */
  knows(node, cell) {
    const { eye } = this;
    if (!eye || eye.place === node.name) return true;
    const own = this.frame?.nodes.find(({ name }) => name === eye.place);
    const told = own?.cells.find(({ index, term }) => index === cell?.index && term === cell.term);
    return own?.kind === "leading" && !!told?.acks.includes(node.id);
  }

  /** @param {Cell} cell @param {NodeFrame} node */
  renderCell(cell, node) {
    const { index, term } = this.info?.protocol ?? { index: "", term: "" };
    const kinds = ["durable", "committed", "applied"].filter((kind) => cell[/** @type {"durable"} */ (kind)]);
    const words = cellText(cell, index, term);
    const pending = node.kind === "leading" && !cell.committed && cell.acks.length > 0;
    return html`
      <span class="cell h${hueOf(cell.hue)} ${kinds.join(" ")}${this.frame && isPointedAt(this.frame, node.name, cell.index) ? " looked" : ""}" title="${words}. Click: since when, and why?" @click=${() => this.wonder(`${node.name}.log[${cell.index}]`)}>
        <span class="sr">${words}</span>
        <b aria-hidden="true">${cell.mark}</b><span class="text" aria-hidden="true">${cell.text.replace(/^set /, "")}</span>
        ${pending ? this.renderAcks(cell) : nothing}
      </span>`;
  }

  /** @param {string} about */
  wonder(about) {
    this.dispatchEvent(new CustomEvent("why", { detail: about, bubbles: true, composed: true }));
  }

  /** @param {Cell} cell */
  renderAcks(cell) {
    const of = this.frame?.nodes.length ?? 0;
    const need = Math.floor(of / 2) + 1;
    const dots = Array.from(
      { length: of },
      (_, n) => `${n < cell.acks.length ? "have" : ""} ${n + 1 === need ? "need" : ""}`,
    );
    return html`<span class="acks" aria-hidden="true">${dots.map((kind) => html`<i class=${kind}></i>`)}</span>`;
  }
}

customElements.define("playground-logs", LogTable);
