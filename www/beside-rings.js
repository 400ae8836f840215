// The small rings: at an instant, each server of a protocol with its role and its term, and the messages in flight.

import { svg } from "lit/html.js";
import { hueOf } from "./colour.js";
import { rows } from "./window-rows.js";

/** @import { Info, TimelineWindow } from "./engine-types" */

/** @typedef {{ lane: number, name: string, term: number, kind: string, down: boolean, paused: boolean }} Server */
/** @typedef {{ id: number, from: number, to: number, part: number, term: number, routine: boolean, lost: boolean }} Going */

/** The drawing's own units. */
const SIZE = { width: 168, height: 142 };
const NODE = 15;
const KINDS = ["idle", "seeking", "leading", "syncing", "learner"];
const FLAGS = { down: 1, paused: 2, lost: 2, routine: 4 };
/** How much of its way a message that will be lost is seen to go. */
const LOST_AFTER = 0.8;

/** A protocol's run by instants. */
export class Ring {
  /** @param {Info} info @param {TimelineWindow} window */
  constructor(info, window) {
    this.info = info;
    this.lanes = rows(window.lanes, 6);
    this.messages = rows(window.messages, 8).sort((a, b) => a[3] - b[3]);
    this.longest = Math.max(0, ...this.messages.map(([, , , sent, ended]) => ended - sent));
  }

  /** @param {number} at @returns {Server[]} */
  servers(at) {
    return Array.from({ length: this.info.servers }, (_, lane) => {
      const row = this.lanes.findLast(([other, from]) => other === lane && from <= at);
      const [, , , term, role, flags] = row ?? [lane, 0, 0, 0, 0, 0];
      const down = (flags & FLAGS.down) !== 0;
      return {
        lane,
        name: `n${lane + 1}`,
        term,
        kind: KINDS[role],
        down,
        paused: (flags & FLAGS.paused) !== 0,
      };
    });
  }

  /** The messages between servers that are under way. @param {number} at @returns {Going[]} */
  going(at) {
    const { servers } = this.info;
    /** @type {Going[]} */
    const going = [];
    for (let n = this.before(at - this.longest); n < this.messages.length; n += 1) {
      const [id, from, to, sent, ended, flags, term] = this.messages[n];
      if (sent > at) break;
      if (ended <= at || from >= servers || to >= servers) continue;
      const part = (at - sent) / (ended - sent);
      const lost = (flags & FLAGS.lost) !== 0;
      if (lost && part > LOST_AFTER) continue;
      going.push({ id, from, to, part, term, routine: (flags & FLAGS.routine) !== 0, lost });
    }
    return going;
  }

  /** The first message that was sent at an instant or later. @param {number} at */
  before(at) {
    let [low, high] = [0, this.messages.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.messages[middle][3] < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Who leads, in the protocol's own words. @param {Server[]} servers */
  words(servers) {
    const { protocol } = this.info;
    const leading = servers.filter(({ kind, down }) => kind === "leading" && !down);
    if (leading.length === 0) return `nobody ${protocol.leads}`;
    return leading.map(({ name, term }) => `${name} ${protocol.leads} ${protocol.term} ${term}`).join(", ");
  }
}

/** Where a server stands. @param {number} lane @param {number} count */
export function spotOf(lane, count) {
  const angle = (lane / count) * 2 * Math.PI - Math.PI / 2;
  const [rx, ry] = [SIZE.width / 2 - NODE - 8, SIZE.height / 2 - NODE - 3];
  const alone = count === 1 ? 0 : 1;
  return {
    x: SIZE.width / 2 + rx * Math.cos(angle) * alone,
    y: SIZE.height / 2 + ry * Math.sin(angle) * alone,
  };
}

/** @param {Ring} ring @param {number} at @param {string[]} [looked] the servers that the story points at */
export function ringPicture(ring, at, looked = []) {
  const servers = ring.servers(at);
  const words = servers.map(({ name, term, kind, down }) => `${name} ${down ? "down" : kind} ${term}`);
  return svg`<svg class="ring" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label=${`${ring.info.protocol.name}: ${words.join(", ")}`}>
    ${ring.going(at).map((message) => messageShape(message, servers.length))}
    ${servers.map((server) => serverShape(server, servers.length, ring.info, looked.includes(server.name)))}
  </svg>`;
}

/** @param {Going} message @param {number} count */
function messageShape({ from, to, part, term, routine, lost }, count) {
  const [a, b] = [spotOf(from, count), spotOf(to, count)];
  const x = a.x + (b.x - a.x) * part;
  const y = a.y + (b.y - a.y) * part;
  const look = `h${hueOf(term)} ${routine ? "routine" : ""} ${lost ? "lost" : ""}`;
  return svg`<g class="going ${look}"><line x1=${a.x} y1=${a.y} x2=${x} y2=${y}></line><circle cx=${x} cy=${y} r=${routine ? 2 : 3.2}></circle></g>`;
}

/** @param {Server} server @param {number} count @param {Info} info @param {boolean} looked */
function serverShape({ lane, name, term, kind, down, paused }, count, info, looked) {
  const { x, y } = spotOf(lane, count);
  const look = `h${hueOf(term)} ${down ? "down" : kind} ${paused ? "paused" : ""}`;
  return svg`<g class="server ${look}" transform="translate(${x} ${y})">
    ${looked ? svg`<circle class="looked" r=${NODE + 3}></circle>` : ""}
    <circle r=${NODE}></circle>
    <text y=${term ? -1 : 4}>${name}</text>
    ${term ? svg`<text class="term" y="10">${`${info.protocol.term[0]}${term}`}</text>` : ""}
  </g>`;
}
