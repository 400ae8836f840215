// The lessons' texts, each in a file of its own.

/** @type {Record<string, () => Promise<string>>} */
const LESSONS = /** @type {any} */ (
  import.meta.glob("./lessons/*.scenario", { query: "?raw", import: "default" })
);

/** @param {string} key */
export function lessonText(key) {
  return LESSONS[`./lessons/${key}.scenario`]();
}
