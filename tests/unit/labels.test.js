// On every moment of every lesson, of runs with a rule off, and of runs with 3 to 9 servers, on stages of many sizes:
// words cover neither one another nor a server, a client or a message, and never leave the stage.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { layout } from "../../www/layout.js";
import { picture } from "../../www/picture.js";
import { clashes, lostIn, thingsOf, tightest, wordsOf } from "./boxes.js";
import { open, root, scenarios } from "./engines.js";

/** What is left for the stage on pages of 1440 × 900, 1024 × 700, 640 × 420 and 390 × 800: at least and at most. */
const STAGES = [
  [1052, 440],
  [734, 250],
  [734, 365],
  [640, 158],
  [640, 200],
  [390, 232],
];
const MOST = 400;

const names = (list) => list.map(({ name }) => name);

/** Looks at a frame on every stage; adds what is wrong to a list. */
function look(frame, info, still, where, seen, stages = STAGES) {
  for (const [width, height] of stages) {
    const plan = layout(names(frame.nodes), names(frame.clients), width, height);
    const focus = plan.dense ? frame.nodes[seen.pictures % frame.nodes.length].name : null;
    const shapes = picture({ frame, info, at: frame.at, plan, still, focus });
    const words = wordsOf(shapes);
    seen.pictures += 1;
    seen.words += words.length;
    seen.wide = Math.max(seen.wide, tightest(shapes, plan));
    for (const clash of [...clashes(words, thingsOf(shapes, plan), plan), ...lostIn(shapes)])
      seen.wrong.push(`${where} at ${frame.position}, ${width} × ${height}: ${clash}`);
    if (frame.majority?.reached) {
      seen.majorities += 1;
      if (words.some(({ key }) => key.startsWith("count"))) seen.counted += 1;
    }
  }
}

const fresh = () => ({ pictures: 0, words: 0, wide: 0, wrong: [], majorities: 0, counted: 0 });

test.each([
  ["lessons", STAGES],
  ["killers", STAGES.slice(-2)],
])(
  "on every moment of the %s",
  async (name, stages) => {
    const seen = fresh();
    for (const { path, text } of scenarios(name === "lessons" ? `www/${name}` : `tests/${name}`)) {
      const run = await open(text);
      const info = run.info();
      for (let n = 0, before = -1; n < MOST; n += 1) {
        const frame = run.frame();
        look(frame, info, frame.position % 2 === 0, path, seen, stages);
        if (frame.scriptDone) break;
        run.nextMoment(false);
        if (run.frame().position === frame.position) {
          if (before === frame.position) break;
          before = frame.position;
          run.proceed();
        }
      }
      run.free();
    }
    report(name, seen);
  },
  240_000,
);

test.each(["raft", "paxos", "multi-paxos", "zab"])(
  "while %s runs with 3, 5, 7 and 9 servers",
  async (protocol) => {
    const seen = fresh();
    const start = readFileSync(new URL(`www/starts/${protocol}.scenario`, root), "utf8");
    for (const servers of [3, 5, 7, 9]) {
      const run = await open(start.replace(/^servers \d+$/m, `servers ${servers}`));
      const info = run.info();
      for (let at = 0; at <= 1_200_000; at += 11_000) {
        if (run.run(at) < at) run.proceed();
        look(run.frame(), info, false, `${servers} servers`, seen);
      }
      run.free();
    }
    report(protocol, seen);
  },
  240_000,
);

/** Nothing is wrong, and enough was seen for that to mean something. */
function report(what, seen) {
  console.log(
    `${what}: ${seen.pictures} pictures, ${seen.words} words, ${seen.wrong.length} clashes; ` +
      `a majority's count had room in ${seen.counted} of ${seen.majorities}`,
  );
  expect(seen.wrong.slice(0, 12)).toEqual([]);
  expect(seen.wide).toBeLessThan(0.95);
  expect(seen.words).toBeGreaterThan(seen.pictures);
  expect(seen.majorities).toBeGreaterThan(0);
  expect(seen.counted).toBeGreaterThanOrEqual(seen.majorities * 0.94);
}
