// What the story points at: a class on the shapes and cells that the reader should look at, or may answer with.

/** @import { Frame } from "./engine-types" */
/** @import { Shape } from "./picture.js" */

/**
 * Marks the shapes of places and messages that are pointed at.
 * @param {Shape[]} shapes
 * @param {Frame} frame
 */
export function pointed(shapes, frame) {
  const answers = frame.onStory ? (frame.pause?.answers ?? []) : [];
  const places = answers.flatMap(({ place }) => place ?? []);
  return looked(places.length ? answering(shapes, places) : shapes, frame);
}

/** Marks the servers that are answers to what the story asks. @param {Shape[]} shapes @param {string[]} places */
function answering(shapes, places) {
  return shapes.map((shape) => {
    const { attrs } = shape;
    if (!places.includes(String(attrs["data-target"]))) return shape;
    const label = String(attrs["aria-label"]).replace(/\. Actions$/, ". An answer");
    return { ...shape, attrs: { ...attrs, class: `${attrs.class} answer`, "aria-label": label } };
  });
}

/** @param {Shape[]} shapes @param {Frame} frame */
function looked(shapes, { looks }) {
  const targets = looks.map((look) =>
    look.kind === "place" ? look.place : look.kind === "message" ? `m${look.id}` : null,
  );
  if (targets.every((target) => target === null)) return shapes;
  return shapes.map((shape) => {
    const { attrs } = shape;
    if (!("data-target" in attrs) || !targets.includes(String(attrs["data-target"]))) return shape;
    return { ...shape, attrs: { ...attrs, class: `${attrs.class} looked` } };
  });
}

/**
 * True if the story points at this entry of this server's log.
 * @param {Frame} frame
 * @param {string} place
 * @param {number} index
 */
export function isPointedAt({ looks }, place, index) {
  return looks.some(
    (look) => look.kind === "entry" && look.index === index && (look.place === null || look.place === place),
  );
}
