// The benchmarks of what was built: the engine in WebAssembly, the page in Chromium, and this Raft beside another.
// `npm run bench` builds, runs the native benchmarks, and then this. It prints figures and fails nothing.

import path from "node:path";
import { measureEngine } from "./bench/engine.mjs";
import { buildLoad, measureInBrowser, measureInNode } from "./bench/load.mjs";
import { Table } from "./bench/measure.mjs";
import { measurePage } from "./bench/page.mjs";
import { measurePlaying } from "./bench/playing.mjs";
import { chromium } from "./browsers.mjs";
import { main, run, say, target } from "./tools.mjs";

/** Another Raft takes minutes to compile the first time, in a folder of its own. */
async function runBeside() {
  say("this Raft beside TiKV's");
  const manifest = path.join("tests", "benches", "beside", "Cargo.toml");
  const cargo = ["cargo", "run", "--locked", "--quiet", "--release", "--manifest-path", manifest];
  await run([...cargo, "--target-dir", path.join(target, "beside")]);
}

async function inBrowser(work) {
  const executablePath = await chromium();
  const playwright = await import("@playwright/test");
  const browser = await playwright.chromium.launch({ executablePath });
  try {
    await work(await browser.newPage());
  } finally {
    await browser.close();
  }
}

/** Serves the built page while something is done with it. */
async function served(work) {
  const { preview } = await import("vite");
  const server = await preview({ preview: { port: 0, open: false }, logLevel: "warn" });
  try {
    await work(server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
}

const measures = {
  beside: runBeside,
  wasm: async () => {
    const module = await buildLoad();
    const table = new Table();
    measureInNode(table, module);
    await inBrowser((page) => measureInBrowser(table, module, page));
    table.print("The simulator in WebAssembly");
  },
  engine: async () => {
    const table = new Table();
    await measureEngine(table);
    table.print("The engine that ships, in Node");
  },
  page: async () => {
    const table = new Table();
    await served(async (address) => {
      await inBrowser((page) => measurePage(table, page, address));
      await inBrowser((page) => measurePlaying(table, page, address));
    });
    table.print("The page");
  },
};

await main(async (asked) => {
  for (const name of asked.length > 0 ? asked : Object.keys(measures)) await measures[name]();
});
