// Whether the page is held upright on something narrow, as a phone is: then time runs downward, and panels are sheets.

/** The same words stand in the styles of those parts that change with it. */
export const PORTRAIT = "(max-width: 720px) and (min-height: 540px) and (orientation: portrait)";
/** A low page: a phone on its side, a small frame. The lanes lie, but panels are sheets there too. */
export const LOW = "(max-height: 520px) and (orientation: landscape)";
/** How a sheet stands that has come up from below. */
export const SHEET =
  "position: fixed; inset: auto 0 var(--foot, 0px); z-index: 8; border: 0; border-top: 1px solid var(--line); border-radius: 14px 14px 0 0; background: var(--surface); box-shadow: 0 -6px 24px rgb(0 0 0 / 18%)";

const query = globalThis.matchMedia?.(PORTRAIT);

export function isPortrait() {
  return query?.matches ?? false;
}

/** @param {() => void} listener @returns {() => void} ends it */
export function onPortrait(listener) {
  query?.addEventListener("change", listener);
  return () => query?.removeEventListener("change", listener);
}
