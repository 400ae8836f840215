import { describe, expect, test } from "vitest";
import { clientBoxes } from "./clients.js";
import { eyeOf } from "./eye.js";
import { flightLabels } from "./flights.js";
import { distance, hull, meet, outside } from "./geometry.js";
import { boxAt, placeLabels } from "./labels.js";
import { layout } from "./layout.js";
import { serverBoxes } from "./notes.js";
import { picture } from "./picture.js";
import { regionLabels } from "./regions.js";
import { FakeRun } from "./testing/scene.js";
import { flightBoxes, progress } from "./ways.js";

const SIZES = [
  [1040, 430],
  [734, 300],
  [390, 350],
  [640, 210],
];

function scene(ms, [width, height] = SIZES[0], servers = 5) {
  const run = new FakeRun();
  run.seekTime(ms * 1000);
  const frame = run.frame();
  while (frame.nodes.length > servers) frame.nodes.pop();
  while (frame.nodes.length < servers) {
    const id = frame.nodes.length + 1;
    frame.nodes.push({ ...frame.nodes[1], id, name: `n${id}` });
  }
  const here = new Set([...frame.nodes, ...frame.clients].map(({ name }) => name));
  frame.messages = frame.messages.filter(({ from, to }) => here.has(from) && here.has(to));
  frame.groups = frame.groups.map((group) => group.filter((place) => here.has(place)));
  const names = (list) => list.map(({ name }) => name);
  const plan = layout(names(frame.nodes), names(frame.clients), width, height);
  return { frame, info: run.info(), at: frame.at, plan, still: false, focus: null };
}

const keys = (shapes) => shapes.map(({ key }) => key);
const find = (shapes, key) => shapes.find((shape) => shape.key === key);

test("keys are unique, and the same from one instant to the next", () => {
  const [a, b] = [picture(scene(1262)), picture(scene(1263))];
  expect(new Set(keys(a)).size).toBe(a.length);
  expect(keys(a)).toEqual(keys(b));
});

test("role is form, hue belongs to the term", () => {
  const shapes = picture(scene(1262));
  expect(find(shapes, "n1").attrs.class).toContain("leading h2");
  expect(find(shapes, "n4").attrs.class).toContain("seeking h5");
  expect(find(shapes, "n2").attrs.class).toContain("idle h2");
});

test("everything that can be acted on is focusable and says what it is", () => {
  const shapes = picture(scene(1262)).filter(({ attrs }) => attrs["data-target"] && attrs.tabindex === 0);
  expect(keys(shapes)).toEqual(expect.arrayContaining(["n1", "n5", "c1"]));
  expect(shapes.some(({ key }) => /^m\d+$/.test(key))).toBe(true);
  for (const { attrs } of shapes) expect(attrs["aria-label"]).toMatch(/Actions$/);
});

test("a message moves from its sender to its receiver, and waits at the door", () => {
  const message = { sentAt: 100, dueAt: 200, waiting: false };
  expect([100, 150, 200, 900].map((at) => progress(message, at, false))).toEqual([0, 0.5, 1, 1]);
  expect(progress({ ...message, waiting: true }, 150, false)).toBe(1);
  expect(progress(message, 100, true)).toBe(progress(message, 199, true));
});

test("a message that will be lost ends in a cross before its receiver", () => {
  const lost = picture(scene(1262)).filter(({ children }) => children?.some(({ key }) => key === "lost"));
  expect(lost).toHaveLength(2);
});

test("a partition's smaller side is outlined and named", () => {
  const shapes = picture(scene(1262));
  expect(keys(shapes)).toContain("apart n4 n5");
  expect(find(shapes, "cut cut off: n4 n5").children[1].text).toBe("cut off: n4 n5");
});

test("a majority in which nobody is yet has its words where there is room for them", () => {
  const nobody = scene(1262);
  for (const node of nobody.frame.nodes) node.note = "";
  nobody.frame.majority = { nodes: [], need: 3, of: 5, text: "0 of 5 so far, needs 3", reached: false };
  for (const label of regionLabels(nobody))
    for (const { x, y } of label.wishes) expect([x, y].every(Number.isFinite), label.text).toBe(true);
  expect(keys(picture(nobody))).toContain("count");
});

describe.each(SIZES)("on a stage of %i × %i", (width, height) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
    "%i servers and their clients stand apart and on the stage",
    (servers) => {
      const one = scene(1262, [width, height], servers);
      const boxes = [...one.frame.nodes, ...one.frame.clients].map(({ name }) => boxIn(one, name));
      for (const box of boxes) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.w).toBeLessThanOrEqual(width);
        expect(box.y + box.h).toBeLessThanOrEqual(height);
      }
      const spots = one.frame.nodes.map(({ name }) => one.plan.spots.get(name));
      spots.forEach((spot, n) => {
        for (const other of spots.slice(n + 1))
          expect(distance(spot, other)).toBeGreaterThan(2 * one.plan.radius + 12);
      });
      const client = boxes.at(-1);
      for (const box of boxes.slice(0, -1)) expect(meet(box, client)).toBe(false);
    },
  );

  test.each([140, 175, 330, 740, 1200, 1262, 1285])(
    "at %i ms no label covers another, a server or the rim",
    (ms) => {
      for (const servers of [3, 5, 7, 9]) {
        const one = scene(ms, [width, height], servers);
        const obstacles = [...serverBoxes(one), ...clientBoxes(one), ...flightBoxes(one)];
        const bounds = { x: 4, y: 4, w: width - 8, h: height - 8 };
        const labels = [...regionLabels(one), ...flightLabels(one)];
        const places = placeLabels(labels, obstacles, bounds);
        const boxes = labels
          .filter(({ key }) => places.has(key))
          .map((label) => boxAt(label, places.get(label.key)));
        boxes.forEach((box, n) => {
          for (const other of [...boxes.slice(n + 1), ...obstacles]) expect(meet(box, other)).toBe(false);
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.x + box.w).toBeLessThanOrEqual(width);
        });
      }
    },
  );
});

function boxIn({ plan }, name) {
  const { x, y } = plan.spots.get(name);
  const [w, h] = name.startsWith("c")
    ? [plan.client.w, plan.client.h]
    : [2 * plan.radius + 12, 2 * plan.radius + 12];
  return { x: x - w / 2, y: y - h / 2, w, h };
}

test("a hull holds its points and nothing far away", () => {
  const corners = hull([
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 5, y: 3 },
    { x: 10, y: 10 },
    { x: 0, y: 10 },
  ]);
  expect(corners).toHaveLength(4);
  expect(outside({ x: 5, y: 3 }, corners)).toBe(0);
  expect(outside({ x: 20, y: 5 }, corners)).toBeCloseTo(10);
});

test("60 messages among nine servers are drawn in well under a frame", () => {
  const one = scene(1262, SIZES[0], 9);
  const [message] = one.frame.messages;
  one.frame.messages = Array.from({ length: 60 }, (_, id) => ({
    ...message,
    id,
    from: `n${1 + (id % 9)}`,
    to: `n${1 + ((id * 4 + 3) % 9)}`,
    label: `m ${id % 7}`,
  }));
  const times = Array.from({ length: 40 }, () => {
    const started = performance.now();
    picture(one);
    return performance.now() - started;
  }).sort((a, b) => a - b);
  console.log(
    `picture of 60 messages: ${times[20].toFixed(2)} ms at the median, ${times[37].toFixed(2)} ms at the 95th percentile`,
  );
  expect(keys(picture(one)).filter((key) => /^m\d/.test(key))).toHaveLength(60);
});

test("seen as n1, the others are dimmed but for what they told it, and a loss that it cannot know of is not shown", () => {
  const one = scene(1262);
  const told = { from: "n2", kind: "Stored", term: 2, sentAt: 394_000, sentIn: 12, at: 420_000 };
  const shapes = picture({ ...one, eye: eyeOf("n1", [told]) });
  const dim = keys(shapes.filter(({ attrs }) => /\bunseen\b/.test(attrs.class)));
  expect(dim).toEqual(expect.arrayContaining(["n2", "n4", "c1", "apart n4 n5"]));
  expect(dim).not.toContain("n1");
  expect(find(shapes, "n2 role").text).toBe("told n1 term 2");
  expect(find(shapes, "n2 note").text).toBe("Stored, 394 ms");
  expect(find(shapes, "n4 role").text).toBe("not heard from");
  expect(shapes.some(({ children }) => children?.some(({ key }) => key === "lost"))).toBe(false);
});
