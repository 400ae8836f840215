// What the stage's shapes cover, measured from the shapes alone: the words of a picture, and what they may not touch.

import { textWidth } from "../../www/labels.js";

const SHIFT = { start: 0, middle: 0.5, end: 1 };

/** The box of a text shape. */
function boxOfText({ attrs, text }, anchor = attrs["text-anchor"] ?? "middle") {
  const size = attrs["font-size"];
  const w = textWidth(text, size);
  return { x: attrs.x - w * SHIFT[anchor], y: attrs.y - size * 0.78, w, h: size };
}

const placeOf = ({ transform }) => /translate\((\S+) (\S+)\)/.exec(transform).slice(1, 3).map(Number);
const around = (x, y, r) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r });

/** All words that have a place of their own: at servers, below clients, on messages, beside majorities and cuts. */
export function wordsOf(shapes) {
  return shapes.flatMap((shape) => {
    const { key, tag, attrs, children } = shape;
    if (tag === "text") return [{ key, text: shape.text, ...boxOfText(shape) }];
    if (!/^label\b/.test(attrs.class)) return [];
    const { x, y, width: w, height: h } = children.find((child) => child.key === "back").attrs;
    const text = children.find((child) => child.key === "text").text;
    return [{ key, text, x, y, w, h }];
  });
}

/** Servers, clients, the heads of messages and the crosses of lost ones. */
export function thingsOf(shapes, plan) {
  return shapes.flatMap(({ key, attrs, children = [] }) => {
    const kind = /^(server|client|flight)\b/.exec(attrs.class)?.[1];
    if (kind === "server") return [{ key, ...around(...placeOf(attrs), plan.radius + 7) }];
    if (kind === "client") {
      const [x, y] = placeOf(attrs);
      return [
        { key, x: x - plan.client.w / 2, y: y - plan.client.h / 2, w: plan.client.w, h: plan.client.h },
      ];
    }
    if (kind !== "flight") return [];
    return children
      .filter((child) => child.key === "lost" || child.children?.some((part) => part.key === "head"))
      .map((child) => ({
        key: `${key} ${child.key}`,
        ...around(...placeOf(child.attrs), child.key === "lost" ? 8 : 5),
      }));
  });
}

/** Shapes with an attribute that is no place at all. */
export function lostIn(shapes, path = "") {
  return shapes.flatMap(({ key, attrs, children = [] }) => [
    ...Object.entries(attrs)
      .filter(([, value]) => /NaN|Infinity|undefined/.test(String(value)))
      .map(([name, value]) => `${path}${key}: ${name} is ${value}`),
    ...lostIn(children, `${path}${key} > `),
  ]);
}

/** How wide a server's own words are, compared with the circle they stand in: more than 1 is too wide. */
export function tightest(shapes, plan) {
  const inside = shapes.flatMap(({ attrs, children = [] }) =>
    /^server\b/.test(attrs.class) ? children.filter(({ tag }) => tag === "text") : [],
  );
  return Math.max(
    0,
    ...inside.map(({ text, attrs }) => textWidth(text.trim(), attrs["font-size"]) / (2 * plan.radius)),
  );
}

/** Whatever touches something else, or the rim, in words. */
export function clashes(words, things, { width, height }) {
  const found = [];
  words.forEach((word, n) => {
    if (word.x < 0 || word.y < 0 || word.x + word.w > width || word.y + word.h > height)
      found.push(`“${word.text}” leaves the stage`);
    for (const other of [...words.slice(n + 1), ...things])
      if (touch(word, other))
        found.push(`“${word.text}” touches ${other.text ? `“${other.text}”` : other.key}`);
  });
  return found;
}

function touch(a, b) {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0.2 && h > 0.2;
}
