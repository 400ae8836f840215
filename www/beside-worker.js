// The desk in a worker of its own, so that the page stays smooth while runs are laid side by side.

import { Desk } from "./beside-desk.js";
import { messageOf } from "./run-table.js";
import { loadBeside } from "./wasm.js";

/** @import { Order } from "./beside-desk.js" */

const desk = loadBeside().then((maker) => new Desk(maker));
desk.catch(() => {}); // whoever asks it for something is told

globalThis.onmessage = async (/** @type {MessageEvent<Order>} */ { data }) => {
  try {
    globalThis.postMessage((await desk).answer(data));
  } catch (error) {
    globalThis.postMessage({ ticket: data.ticket, error: messageOf(error) });
  }
};
