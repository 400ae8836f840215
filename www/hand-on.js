// Hands a run on: as a link, as text, as a figure in another page.

import { html } from "./part.js";

/** @import { App } from "./app.js" */

/** @param {App} app */
export async function share(app) {
  await import("./share-dialog.js");
  const [here, whole, text] = app.beside?.open
    ? await app.beside.links()
    : await app.engine.all([["link", [true]], ["link", [false]], ["text"]]);
  const full = (/** @type {unknown} */ link) => app.address.withLink(String(link));
  app.show(
    html`<playground-share .here=${full(here)} .whole=${full(whole)} .text=${String(text)}></playground-share>`,
  );
}

/** @param {App} app */
export async function embed(app) {
  await import("./embed-dialog.js");
  const [here, whole] = await app.engine.all([
    ["link", [true]],
    ["link", [false]],
  ]);
  const name = app.player.info?.title || "Consensus Playground";
  const root = new URL("./", location.href).href;
  app.show(
    html`<playground-embed .here=${String(here)} .whole=${String(whole)} .name=${name} .root=${root}></playground-embed>`,
  );
}
