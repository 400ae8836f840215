// Puts keyed shapes on the screen and touches only what has changed, so that focus stays where it is.

/** @import { Shape } from "./picture.js" */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {{ element: Element, shape: Shape }} Drawn */

/** @type {WeakMap<Element, Drawn[]>} */
const children = new WeakMap();

/**
 * @param {Element} parent
 * @param {Shape[]} shapes
 */
export function draw(parent, shapes) {
  const before = children.get(parent) ?? [];
  if (before.length === shapes.length && shapes.every((shape, n) => isKept(before[n], shape)))
    for (const [n, shape] of shapes.entries()) update(before[n], shape); // as in most frames
  else children.set(parent, arrange(parent, before, shapes));
}

/** @param {Drawn | undefined} drawn @param {Shape} shape */
function isKept(drawn, { key, tag }) {
  return drawn?.shape.key === key && drawn.shape.tag === tag;
}

/**
 * Draws shapes of which some come, go, or take another place.
 * @param {Element} parent
 * @param {Drawn[]} before
 * @param {Shape[]} shapes
 */
function arrange(parent, before, shapes) {
  const known = new Map(before.map((drawn) => [drawn.shape.key, drawn]));
  const now = shapes.map((shape) => {
    const old = known.get(shape.key);
    return old && isKept(old, shape) ? update(old, shape) : drawNew(shape);
  });
  const kept = new Set(now);
  for (const drawn of before) if (!kept.has(drawn)) drawn.element.remove();
  order(parent, now);
  return now;
}

/** @param {Shape} shape @returns {Drawn} */
function drawNew(shape) {
  const element = document.createElementNS(SVG, shape.tag);
  return update({ element, shape: { key: shape.key, tag: shape.tag, attrs: {} } }, shape);
}

/** Brings an element up to date. @param {Drawn} drawn @param {Shape} shape */
function update(drawn, shape) {
  const { element, shape: old } = drawn;
  if (old === shape) return drawn;
  drawn.shape = shape;
  const [before, now] = [old.attrs, shape.attrs];
  if (before !== now) {
    for (const name in now) if (before[name] !== now[name]) element.setAttribute(name, String(now[name]));
    for (const name in before) if (!(name in now)) element.removeAttribute(name);
  }
  if (old.text !== shape.text) element.textContent = shape.text ?? "";
  if (shape.children && shape.children !== old.children) draw(element, shape.children);
  return drawn;
}

/**
 * Sets elements in order, moving as few as it can: a moved element loses the focus.
 * @param {Element} parent
 * @param {Drawn[]} drawn
 */
function order(parent, drawn) {
  let at = parent.firstElementChild;
  for (const { element } of drawn) {
    if (element === at) at = at.nextElementSibling;
    else parent.insertBefore(element, at);
  }
}
