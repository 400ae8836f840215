// A smoke test in WebKit: the page opens and plays, a click works, and the engine plays as it does natively. Run by
// `npm test -- webkit`, which finds the driver.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { preview } from "vite";
import { generated, golden, sumOf } from "../unit/records.js";
import { patiently, startWebKit } from "./driver.js";

/** Every so many of the generated scenarios: the other browsers play them all. */
const EVERY = 8;

/** @type {Awaited<ReturnType<typeof startWebKit>>} */
let webkit;
let server;

before(async () => {
  server = await preview({ preview: { port: 0, open: false }, logLevel: "warn" });
  webkit = await startWebKit(process.env.WEBKIT_DRIVER);
  console.log(webkit.version);
  await webkit.open(server.resolvedUrls.local[0]);
});

after(async () => {
  await webkit?.close();
  await server?.close();
});

/** What stands on the button that plays and halts, and the clock beside it. Runs in the page. */
function transport() {
  const { shadowRoot } = document
    .querySelector("consensus-app")
    .shadowRoot.querySelector("playground-transport");
  const key = shadowRoot.querySelector("button.main");
  return { name: key.getAttribute("aria-label"), clock: shadowRoot.querySelector(".clock").textContent };
}

function mainKey() {
  const { shadowRoot } = document
    .querySelector("consensus-app")
    .shadowRoot.querySelector("playground-transport");
  return shadowRoot.querySelector("button.main");
}

test("the page opens, and a cluster comes to life by itself", async () => {
  const first = await patiently(() => webkit.run(transport), "the page to be drawn");
  assert.match(first.name, /^Halt/, "it plays");
  await patiently(async () => (await webkit.run(transport)).clock !== first.clock, "time to pass");
  const leads = () =>
    document.querySelector("consensus-app").player.frame.nodes.some(({ role }) => role === "Leader");
  await patiently(() => webkit.run(leads), "a leader");
  assert.match(await webkit.run(() => document.title), /Consensus Playground/);
});

test("a click halts time, and another lets it go on", async () => {
  for (const wanted of [/^Play/, /^Halt/]) {
    await webkit.click(mainKey);
    await patiently(
      async () => wanted.test((await webkit.run(transport)).name),
      `the button to say ${wanted}`,
    );
  }
});

test("the engine plays as it does natively", async () => {
  const records = generated().filter((_, n) => n % EVERY === 0);
  const traced = golden()
    .map((record) => ({ ...record, events: record.trace.length }))
    .filter((_, n) => n % EVERY === 0);
  for (const record of [...records, ...traced]) {
    const { source, events } = record;
    const { lines, fingerprint } = await webkit.run(playHere, source, events);
    if (record.trace)
      assert.deepEqual({ lines, fingerprint }, { lines: record.trace, fingerprint: record.fingerprint });
    else assert.equal(`${fingerprint} ${lines.length} ${sumOf(lines)}`, record.summary, record.name);
  }
});

/** Runs in the page, beside the run on the stage. */
async function playHere(source, events) {
  const { host } = document.querySelector("consensus-app").engine;
  const asked = [source, ["seek", [events]], ["lines", [0, events]], ["fingerprint"], ["free"]];
  const [, , lines, fingerprint] = await host.call(77, asked);
  return { lines: lines.map((line) => line.trimEnd()), fingerprint };
}
