// What is different between two values made of plain objects, arrays, texts and numbers; and back. A long row of values
// that are almost alike takes little room as the first and the differences to it.

/** @typedef {unknown[] | { [key: string]: Difference | null }} Difference an array holds a new value; an object, by key, what changed */

/**
 * @param {unknown} before
 * @param {unknown} after
 * @returns {Difference | undefined} nothing if they are alike
 */
export function difference(before, after) {
  if (Object.is(before, after)) return undefined;
  if (!isInside(before) || !isInside(after) || Array.isArray(before) !== Array.isArray(after)) return [after];
  /** @type {Record<string, Difference | null>} */
  const changed = {};
  if (Array.isArray(before) && before.length !== after.length) changed.length = [after.length];
  for (const [key, value] of Object.entries(after)) {
    const change = Object.hasOwn(before, key) ? difference(before[key], value) : [value];
    if (change) changed[key] = change;
  }
  for (const key of Array.isArray(after) ? [] : Object.keys(before))
    if (!Object.hasOwn(after, key)) changed[key] = null;
  return Object.keys(changed).length > 0 ? changed : undefined;
}

/**
 * @param {unknown} before
 * @param {Difference | undefined} change
 * @returns {unknown} what it became; what did not change is the very same
 */
export function changed(before, change) {
  if (!change) return before;
  if (Array.isArray(change)) return change[0];
  const whole = /** @type {Record<string, unknown>} */ (before);
  /** @type {Record<string, unknown>} */
  const after = Array.isArray(whole) ? /** @type {*} */ ([...whole]) : { ...whole };
  for (const [key, part] of Object.entries(change)) {
    if (part === null) delete after[key];
    else after[key] = changed(after[key], part);
  }
  return after;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isInside(value) {
  return typeof value === "object" && value !== null;
}
