// Hands a run on: as a link, as text, as a figure in another page.

import { html } from "./part.js";

/** @import { App } from "./app.js" */

/** @param {App} app */
export async function share(app) {
  await import("./share-dialog.js");
  const [here, whole, text] = await links(app);
  const full = (/** @type {unknown} */ link) => app.address.withLink(String(link));
  app.show(
    html`<playground-share .here=${full(here)} .whole=${full(whole)} .text=${String(text)}></playground-share>`,
  );
}

/** The links of what is shown, opened here and as a whole, and its text. @param {App} app */
function links(app) {
  if (app.beside?.open) return app.beside.links();
  return app.engine.all([["link", [true]], ["link", [false]], ["text"]]);
}

/** @param {App} app */
export async function embed(app) {
  await import("./embed-dialog.js");
  const [here, whole] = await links(app);
  const title = app.beside?.open ? app.beside.view.laid?.comparison.title : app.player.info?.title;
  const name = title || "Consensus Playground";
  const root = new URL("./", location.href).href;
  app.show(
    html`<playground-embed .here=${String(here)} .whole=${String(whole)} .name=${name} .root=${root}></playground-embed>`,
  );
}
