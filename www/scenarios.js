// The scenarios that come with the page: one to start with for each protocol, and the lessons.

/** @type {Record<string, string>} */
const STARTS = import.meta.glob("./starts/*.scenario", { eager: true, query: "?raw", import: "default" });
/** @type {Record<string, () => Promise<string>>} */
const LESSONS = /** @type {any} */ (
  import.meta.glob("./lessons/*.scenario", { query: "?raw", import: "default" })
);
/** The first protocol to show, by the alphabet's end: the one that most readers come for. */
const keys = Object.keys(STARTS).map(keyOf).sort().reverse();

/** @param {string} path */
function keyOf(path) {
  return path.replace(/^.*\/|\.scenario$/g, "");
}

/** The protocols that can be started, by the key that a scenario names them by. */
export function protocols() {
  return keys.map((key) => ({ key, name: key[0].toUpperCase() + key.slice(1) }));
}

/**
 * The text of a run in which anything may happen.
 * @param {string} [protocol]
 * @param {number} [servers]
 */
export function start(protocol = keys[0], servers) {
  const text = STARTS[`./starts/${protocol}.scenario`] ?? STARTS[`./starts/${keys[0]}.scenario`];
  return servers ? text.replace(/^servers \d+$/m, `servers ${servers}`) : text;
}

/** The lessons, each named by its claim: its file's name in words. */
export function lessons() {
  return Object.keys(LESSONS)
    .sort()
    .map((path) => ({ key: path, name: nameOf(keyOf(path)) }));
}

/** @param {string} key of a lesson */
export function lesson(key) {
  return LESSONS[key]();
}

/** `03-a-follower-cut-off` → `3. A follower cut off`. @param {string} key */
export function nameOf(key) {
  const [, digits, rest] = /^[Ll]?(\d*)[-_]?(.*)$/.exec(key) ?? ["", "", "", key];
  const words = rest.replace(/[-_]+/g, " ");
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return digits ? `${Number(digits)}. ${sentence}` : sentence;
}
