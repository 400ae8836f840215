// Puts keyed shapes on the screen and touches only what has changed, so that focus stays where it is.

/** @import { Shape } from "./picture.js" */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {{ element: Element, shape: Shape }} Drawn */

/** @type {WeakMap<Element, Map<string, Drawn>>} */
const children = new WeakMap();

/**
 * @param {Element} parent
 * @param {Shape[]} shapes
 */
export function draw(parent, shapes) {
  const before = children.get(parent) ?? new Map();
  /** @type {Map<string, Drawn>} */
  const now = new Map();
  for (const shape of shapes) now.set(shape.key, drawShape(before.get(shape.key), shape));
  for (const [key, { element }] of before) if (now.get(key)?.element !== element) element.remove();
  order(parent, now);
  children.set(parent, now);
}

/**
 * @param {Drawn | undefined} old
 * @param {Shape} shape
 * @returns {Drawn}
 */
function drawShape(old, shape) {
  if (old?.shape === shape) return old;
  const kept = old?.shape.tag === shape.tag ? old : undefined;
  const element = kept?.element ?? document.createElementNS(SVG, shape.tag);
  const [before, now] = [kept?.shape.attrs ?? {}, shape.attrs];
  for (const name in now) if (before[name] !== now[name]) element.setAttribute(name, String(now[name]));
  for (const name in before) if (!(name in now)) element.removeAttribute(name);
  if (kept?.shape.text !== shape.text) element.textContent = shape.text ?? "";
  if (shape.children) draw(element, shape.children);
  return { element, shape };
}

/**
 * Sets elements in order, moving as few as it can: a moved element loses the focus.
 * @param {Element} parent
 * @param {Map<string, Drawn>} drawn
 */
function order(parent, drawn) {
  let at = parent.firstElementChild;
  for (const { element } of drawn.values()) {
    if (element === at) at = at.nextElementSibling;
    else parent.insertBefore(element, at);
  }
}
