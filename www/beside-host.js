// Asks the desk, in a worker if one may start, else in the page.

/** @import { Answer, Order } from "./beside-desk.js" */

/** @typedef {{ settle: (result: *) => void, fail: (error: Error) => void, order: Order }} Waiting */

export class BesideHost {
  constructor() {
    this.ticket = 0;
    /** @type {Map<number, Waiting>} */
    this.waiting = new Map();
    this.proven = false;
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {Promise<import("./beside-desk.js").Desk> | null} where the work is done if no worker does it */
    this.desk = null;
    try {
      this.worker = new Worker(new URL("./beside-worker.js", import.meta.url), { type: "module" });
      this.worker.onmessage = ({ data }) => this.hear(data);
      this.worker.onerror = (event) => this.lose(event.message || "The worker stopped.");
    } catch {
      this.takeOver(); // a worker by address throws in a sandboxed frame and from file:
    }
  }

  /** @param {string} method @param {unknown[]} args @returns {Promise<*>} */
  ask(method, ...args) {
    this.ticket += 1;
    const order = { ticket: this.ticket, method, args };
    return new Promise((settle, fail) => {
      this.waiting.set(order.ticket, { settle, fail, order });
      this.send(order);
    });
  }

  /** @param {Order} order */
  send(order) {
    if (this.worker) {
      this.worker.postMessage(order);
      return;
    }
    const desk = this.desk ?? this.takeOver();
    desk.then((desk) => this.hear(desk.answer(order))).catch((error) => this.lose(String(error)));
  }

  /** @param {Answer} answer */
  hear({ ticket, result, error }) {
    this.proven = true;
    const waiting = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    if (error === undefined) waiting?.settle(result);
    else waiting?.fail(new Error(error));
  }

  /** The worker did not start: the page takes over. If it did and broke, whoever waits is told. @param {string} why */
  lose(why) {
    const worker = this.worker;
    worker?.terminate();
    this.worker = null;
    if (worker && !this.proven) {
      this.takeOver();
      for (const { order } of this.waiting.values()) this.send(order);
      return;
    }
    for (const { fail } of this.waiting.values()) fail(new Error(why));
    this.waiting.clear();
  }

  /** Sets up the desk in the page. */
  takeOver() {
    this.desk = Promise.all([import("./beside-desk.js"), import("./wasm.js")]).then(
      async ([{ Desk }, { loadBeside }]) => new Desk(await loadBeside()),
    );
    this.desk.catch(() => {}); // whoever asks it for something is told
    return this.desk;
  }

  close() {
    this.worker?.terminate();
    this.worker = null;
  }
}
