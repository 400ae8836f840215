// Between two events only the clock moves: frames say how long, the page then needs no engine, and what is done in
// between is done at the instant that was shown.

import { expect, test } from "vitest";
import { Engine } from "../../www/engine.js";
import { PageHost } from "../../www/page-host.js";
import { Player } from "../../www/player.js";
import { engineFor, open, scenarios, toScriptEnd } from "./engines.js";

const HELD = `consensus 1
protocol raft
hold messages RequestVote
run 3s
caption "Nothing but time has passed."
run 1s
`;

test.each([...scenarios("tests/golden"), ...scenarios("www/lessons"), { path: "held messages", text: HELD }])(
  "up to its nextAt a frame stays as it is, but for the clock: $path",
  async ({ text }) => {
    const run = await open(text);
    const end = toScriptEnd(run);
    for (let part = 0; part <= 40; part += 1) {
      run.seek(Math.max(1, Math.floor((end * part) / 40)));
      for (let guard = 0; guard < 3; guard += 1) {
        const frame = run.frame();
        if (frame.pause || frame.nextAt === null || frame.nextAt <= frame.at + 1) break;
        run.run(frame.nextAt - 1);
        expect({ ...run.frame(), at: frame.at }).toEqual(frame);
        run.run(frame.nextAt);
      }
    }
  },
);

/** A player of a real run, and how often its engine was asked. */
async function playerOf(text) {
  const Run = await engineFor("raft");
  const engine = new Engine(() => new PageHost(Run));
  await engine.open({ text });
  const player = new Player(engine, () => {});
  await player.begin();
  const count = { asks: 0 };
  const attempt = engine.attempt.bind(engine);
  engine.attempt = (calls) => {
    count.asks += 1;
    return attempt(calls);
  };
  return { player, engine, count };
}

/** Lets time pass on the screen until the player stands between two events. */
async function between({ player, count }) {
  await player.go(["seekTime", [700_000]]);
  player.play();
  for (let n = 0; n < 2_000; n += 1) {
    const { asks } = count;
    await player.tick(16);
    if (count.asks === asks && player.frame.nextAt > player.at + 2_000) return;
  }
  throw new Error("it never stood between two events");
}

test("while only the clock moves, the engine is not asked", async () => {
  const one = await playerOf("consensus 1\nprotocol raft\n");
  await between(one);
  const { player, count } = one;
  const [asks, { nextAt, position }] = [count.asks, player.frame];
  let ticks = 0;
  for (; player.at + 2_000 < nextAt; ticks += 1) {
    const { at } = player;
    await player.tick(1);
    expect(player.at).toBeGreaterThan(at);
    expect(count.asks).toBe(asks);
  }
  expect(ticks).toBeGreaterThan(0);
  while (player.frame.position === position) await player.tick(16);
  expect(count.asks).toBeGreaterThan(asks);
});

test("an action between two events happens at the instant that was shown", async () => {
  const one = await playerOf("consensus 1\nprotocol raft\n");
  await between(one);
  const { player, engine } = one;
  const { at, position } = player.frame;
  await player.act(["crash", ["n1"]]);
  expect(player.frame).toMatchObject({ at, position: position + 1 });
  const text = await engine.do("text");
  const again = await open(text);
  again.seek(position + 1);
  expect(again.frame().at).toBe(at);
  expect(again.frame().nodes[0].up).toBe(false);
});

test("a step back between two events leads to the last one, and an engine that died comes back to the instant", async () => {
  const one = await playerOf("consensus 1\nprotocol raft\n");
  await between(one);
  const { player, engine } = one;
  const { at, position } = player.frame;
  await engine.revive();
  expect(await engine.do("frame")).toMatchObject({ at, position });
  await player.go(["stepBack"]);
  expect(player.frame.position).toBe(position);
  expect(player.at).toBeLessThan(at);
});

test("a frame stays small however long the logs are", async () => {
  const sizeWith = async (entries) => {
    const asks = Array.from({ length: entries }, (_, n) => `submit c1 set k${n % 500}=v\nrun 10ms\n`);
    const header = "consensus 1\nprotocol raft\nservers 3\nnetwork latency 1ms..2ms\nat 1s\n";
    const run = await open(`${header}${asks.join("")}`);
    run.seekTime(1_000_000 + entries * 10_000);
    const frame = run.frame();
    expect(frame.log.last).toBeGreaterThan(entries * 0.99);
    return JSON.stringify({ ...frame, messages: [] }).length;
  };
  const [few, many] = [await sizeWith(50), await sizeWith(7_900)];
  expect(many).toBeLessThan(few * 1.5);
  expect(many).toBeLessThan(20_000); // characters
}, 120_000);
