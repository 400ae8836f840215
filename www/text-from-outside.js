// Scenario text as it comes: indented with the page that it stands in, or as long as somebody's server likes.

/** A text without the indentation that it has because of where it stands. @param {string} text */
export function dedent(text) {
  const lines = text.replace(/^(\s*\n)+|\s+$/g, "").split(/\r?\n/);
  const depths = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths);
  return depth > 0 && Number.isFinite(depth)
    ? lines.map((line) => line.slice(depth)).join("\n")
    : lines.join("\n");
}

/** What a response holds; null if that is too much, and then the rest stays where it is. @param {Response} response @param {number} most */
export async function readUpTo(response, most) {
  const reader = response.body?.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader?.cancel();
      return null;
    }
    parts.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
