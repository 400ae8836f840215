// The scenarios that come with the page: one to start with for each protocol, and the lessons.

import course from "virtual:course";
import order from "./starts/order.txt?raw";

/** @type {Record<string, string>} */
const STARTS = import.meta.glob("./starts/*.scenario", { eager: true, query: "?raw", import: "default" });
const named = order
  .trim()
  .split("\n")
  .map((line) => line.split(" "))
  .map(([key, name]) => ({ key, name }));
const [first] = named;

/** The protocols that can be started, each with the key that a scenario names it by; first the one that most readers come for. */
export function protocols() {
  return named;
}

/** How many servers the first minute is told of. */
const TOLD_OF = 3;
/** The first word that a story speaks. */
const TOLD = /^caption /m;

/**
 * The text of a run in which anything may happen. It begins with the story of the first minute; that is told of a certain
 * number of servers, so that any other number gets its opening only.
 * @param {string} [protocol]
 * @param {number} [servers]
 */
export function start(protocol = first.key, servers) {
  const text = STARTS[`./starts/${protocol}.scenario`] ?? STARTS[`./starts/${first.key}.scenario`];
  if (!servers || servers === TOLD_OF) return text;
  const opening = text.slice(0, text.search(TOLD)).replace(/^expect .*$/gm, "");
  return opening
    .replace(/^title .*$/m, 'title "Free play"')
    .replace(/^protocol .*$/m, `$&\nservers ${servers}`);
}

/** The lessons in the order of the course. */
export function lessons() {
  return course.map(([key, title], n) => ({ key, name: `${n + 1}. ${title}` }));
}

/** @param {string} key of a lesson */
export async function lesson(key) {
  const { lessonText } = await import("./lessons.js");
  return lessonText(key);
}
