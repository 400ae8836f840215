// Sets of servers on the stage: the majority that is being counted or was just reached, the groups of a partition.

import { hueOf } from "./colour.js";
import { knowsMajority, sight } from "./eye.js";
import { distance, hull, outline, outside, round } from "./geometry.js";
import { textWidth } from "./labels.js";
import { spotOf } from "./layout.js";
import { notes } from "./notes.js";

/** @import { Frame } from "./engine-types" */
/** @import { Point } from "./geometry.js" */
/** @import { Scene, Shape, Words } from "./picture.js" */

/** @param {Scene} scene @returns {Shape[]} */
export function regionShapes(scene) {
  return [...majorityShapes(scene), ...cutOff(scene.frame).map((group) => groupShape(group, scene))];
}

/** @param {Scene} scene @returns {Shape[]} */
function majorityShapes(scene) {
  const { majority, nodes } = scene.frame;
  if (!majority || majority.nodes.length === 0) return [];
  const members = majority.nodes.map((id) => `n${id}`);
  const lead = nodes.filter(
    ({ id, kind }) => majority.nodes.includes(id) && (kind === "leading" || kind === "seeking"),
  );
  const hue = hueOf(Math.max(0, ...lead.map((node) => node.hue)));
  const attrs = {
    class: `majority h${hue}${majority.reached ? " reached" : ""}${sight(knowsMajority(scene.eye ?? null, scene.frame))}`,
    "aria-hidden": "true",
  };
  return [{ key: "majority", tag: "g", attrs, children: bodyOf(members, scene, scene.plan.radius + 14) }];
}

/** @param {string[]} group @param {Scene} scene @returns {Shape} */
function groupShape(group, scene) {
  const attrs = { class: `apart${sight(!scene.eye)}`, "aria-hidden": "true" };
  return {
    key: `apart ${group.join(" ")}`,
    tag: "g",
    attrs,
    children: bodyOf(group, scene, scene.plan.radius + 18),
  };
}

/**
 * One outline around all members; if it would touch another server, one around each, joined by spokes.
 * @param {string[]} members
 * @param {Scene} scene
 * @param {number} pad
 * @returns {Shape[]}
 */
function bodyOf(members, { frame, plan }, pad) {
  const corners = hull(members.map((name) => spotOf(plan, name)));
  const others = frame.nodes
    .filter((node) => !members.includes(node.name))
    .map((node) => spotOf(plan, node.name));
  if (others.every((spot) => outside(spot, corners) > pad + plan.radius + 4))
    return [{ key: "body", tag: "path", attrs: { d: outline(corners, pad) } }];
  return [
    {
      key: "body",
      tag: "path",
      attrs: { d: members.map((name) => outline([spotOf(plan, name)], plan.radius + 11)).join("") },
    },
  ];
}

/** The groups that a partition cuts off: all but the biggest. @param {Frame} frame */
function cutOff(frame) {
  const groups = frame.groups
    .map((group) => group.filter((place) => place.startsWith("n")))
    .filter((group) => group.length);
  if (groups.length < 2) return [];
  const leads = (/** @type {string[]} */ group) =>
    frame.nodes.some(({ name, kind }) => kind === "leading" && group.includes(name));
  const [, ...rest] = [...groups].sort((a, b) => b.length - a.length || Number(leads(b)) - Number(leads(a)));
  return rest;
}

/** @param {Scene} scene @returns {Words[]} */
export function regionLabels(scene) {
  const { frame, plan } = scene;
  const labels = cutOff(frame).map((group) => {
    const text = `cut off: ${group.join(" ")}`;
    return words(`cut ${text}`, text, `red${sight(!scene.eye)}`, around(group, scene, plan.radius + 36));
  });
  const { majority } = frame;
  const told = [...notes(scene).values()].some(({ note }) => note.includes("needs"));
  if (majority?.text && (majority.reached || !told)) {
    const { nodes, need, of, text, reached } = majority;
    const members = nodes.map((id) => `n${id}`);
    const kind = `count${reached ? " reached" : ""}${sight(knowsMajority(scene.eye ?? null, frame))}`;
    const wishes = around(members, scene, plan.radius + 30);
    const few = `${nodes.length} of ${of}`;
    const short = `${few}, needs ${need}`;
    labels.unshift(words("count", plan.narrow ? short : text, kind, wishes), {
      ...words("count in short", plan.narrow ? few : short, kind, wishes),
      instead: "count",
    });
  }
  return labels;
}

/** @param {string} key @param {string} text @param {string} kind @param {Point[]} wishes @returns {Words} */
function words(key, text, kind, wishes) {
  return {
    key,
    text,
    class: `plain ${kind}`,
    size: 12.5,
    w: textWidth(text, 12.5) * 1.04 + 10,
    h: 19,
    wishes,
  };
}

/**
 * Places just outside a set of servers, highest first, then the centre of the ring. Round nobody there is no outside.
 * @param {string[]} members
 * @param {Scene} scene
 * @param {number} away
 * @returns {Point[]}
 */
function around(members, { plan }, away) {
  const spots = members.map((name) => spotOf(plan, name));
  const middle = {
    x: spots.reduce((sum, spot) => sum + spot.x, 0) / spots.length,
    y: spots.reduce((sum, spot) => sum + spot.y, 0) / spots.length,
  };
  const wishes = spots.flatMap((spot) => {
    const long = distance(middle, spot) || 1;
    const [dx, dy] = long < 2 ? [0, -1] : [(spot.x - middle.x) / long, (spot.y - middle.y) / long];
    const wide = { x: spot.x + Math.sign(dx || 1) * (away + (plan.narrow ? 22 : 60)), y: spot.y + dy * away };
    const out = { x: spot.x + dx * away, y: spot.y + dy * away };
    return [wide, { x: wide.x, y: spot.y - away }, { x: wide.x, y: spot.y + away }, out];
  });
  const ring = Math.max(...spots.map(({ x }) => x)) + away + 80;
  const near = wishes.filter(({ x }) => x < ring || !plan.narrow).sort((a, b) => a.y - b.y);
  const rims = [0.5, 0.2, 0.8].flatMap((x) => [14, plan.height - 14].map((y) => ({ x: plan.width * x, y })));
  const steps = [0.2, 0.35, 0.5, 0.65, 0.8].flatMap((y) =>
    [0.5, 0.1, 0.9].map((x) => ({ x: plan.width * x, y: plan.height * y })),
  );
  const inner = spots.length ? [plan.centre, middle] : [plan.centre];
  return [...near, ...inner, ...rims, ...steps].map(({ x, y }) => ({
    x: round(x),
    y: round(y),
  }));
}
