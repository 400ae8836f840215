// The lessons' order and titles, for the page: `import course from "virtual:course"`. The order is www/lessons/course.txt,
// the titles stand in the lessons themselves, which the page loads one by one, when they are asked for.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const lessons = new URL("../www/lessons/", import.meta.url);
const NAME = "virtual:course";
const ID = `\0${NAME}`;

/** @returns {[key: string, title: string][]} */
export function course() {
  return read("course.txt")
    .trim()
    .split("\n")
    .map((key) => [key, titleOf(key)]);
}

function titleOf(key) {
  const [, title] = /^title "(.+)"$/m.exec(read(`${key}.scenario`)) ?? [];
  if (!title) throw new Error(`www/lessons/${key}.scenario has no title`);
  return title;
}

function read(name) {
  return readFileSync(new URL(name, lessons), "utf8");
}

/** The Vite plugin. */
export const coursePlugin = {
  name: "course",
  resolveId: (id) => (id === NAME ? ID : undefined),
  load(id) {
    if (id !== ID) return undefined;
    this.addWatchFile(fileURLToPath(new URL("course.txt", lessons)));
    return `export default ${JSON.stringify(course())}`;
  },
};
