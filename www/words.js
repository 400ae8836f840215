// How the page writes times and counts.

/** Milliseconds with what is needed of the rest: `1,262 ms`, `12.05 ms`. @param {number} micros */
export function formatTime(micros) {
  const [whole, part] = (micros / 1000)
    .toFixed(Math.abs(micros) < 100_000 && micros % 1000 ? 1 : 0)
    .split(".");
  return `${grouped(whole)}${part ? `.${part}` : ""} ms`;
}

/** `12345` → `12,345`. @param {string | number} digits */
export function grouped(digits) {
  return String(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** `1 vote`, `2 votes`. @param {number} count @param {string} noun */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `n1`, `n1 and n2`, `n1, n2 and n3`. @param {string[]} list */
export function listed(list) {
  return list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`;
}
