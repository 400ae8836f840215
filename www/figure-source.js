// Where a figure's scenario comes from: an attribute, a file, or the text that stands in the element.

import { start } from "./scenarios.js";
import { dedent, readUpTo } from "./text-from-outside.js";

/** @import { Source } from "./engine.js" */

/** A scenario is short. Whatever is longer is something else. */
const MOST_BYTES = 256_000;

/** The first of what an element offers. @param {Element} element @returns {Promise<Source>} */
export async function sourceOf(element) {
  const link = element.getAttribute("link");
  if (link !== null) return { link: link.replace(/^.*#/s, "") }; // the whole address of a shared run will do
  const text = element.getAttribute("text");
  if (text !== null) return { text: dedent(text) };
  const src = element.getAttribute("src");
  if (src !== null) return { text: await fetchText(new URL(src, document.baseURI)) };
  await parsed();
  const inline = dedent(element.textContent ?? "");
  return { text: inline || start() };
}

/** Waits for the rest of the page, in which the element's text stands. */
async function parsed() {
  if (document.readyState !== "loading") return;
  await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
}

/** @param {URL} address */
async function fetchText(address) {
  const response = await fetch(address, { credentials: "omit" }).catch(() => {
    throw new Error(`${address} cannot be fetched: no answer, or one that this page may not read.`);
  });
  if (!response.ok) throw new Error(`${address} cannot be fetched: the server answers ${response.status}.`);
  const bytes = await readUpTo(response, MOST_BYTES);
  if (!bytes) throw new Error(`${address} is longer than ${MOST_BYTES / 1000} kB, so it is no scenario.`);
  return new TextDecoder().decode(bytes);
}
