import { expect, test } from "vitest";
import { Engine } from "./engine.js";
import { Player } from "./player.js";
import { transports } from "./testing/hosts.js";
import { FakeRun } from "./testing/scene.js";

async function player(run = FakeRun) {
  const engine = new Engine(transports(run)["in the page"]);
  await engine.open({ text: "protocol raft" });
  const one = new Player(engine, () => {});
  await one.begin();
  return one;
}

async function ticks(one, count, ms = 16) {
  for (let n = 0; n < count; n++) await one.tick(ms);
}

test("time stands until it is played, and while it is held", async () => {
  const one = await player();
  await ticks(one, 3);
  expect(one.at).toBe(0);
  one.play();
  await ticks(one, 10);
  const at = one.at;
  expect(at).toBeGreaterThan(0);
  one.hold();
  await ticks(one, 10);
  expect(one.at).toBe(at);
  one.release();
  await ticks(one, 1);
  expect(one.at).toBeGreaterThan(at);
});

test("the speed scales all of it", async () => {
  const [slow, fast] = [await player(), await player()];
  fast.setSpeed(4);
  for (const one of [slow, fast]) {
    await one.go(["seekTime", [140_000]]);
    one.play();
    await ticks(one, 10);
  }
  expect(fast.at - 140_000).toBeCloseTo(4 * (slow.at - 140_000), -2);
});

test("next and previous go from moment to moment, and halt", async () => {
  const one = await player();
  one.play();
  await one.next();
  expect(one.playing).toBe(false);
  expect(one.frame?.caption?.moment).toBe(1);
  await one.next();
  await one.previous();
  expect(one.frame?.caption?.moment).toBe(1);
  await one.first();
  expect(one.at).toBe(0);
  await one.last();
  expect(one.at).toBe(160_000);
});

test("it stops where the run stops", async () => {
  const one = await player();
  one.setSpeed(8);
  one.play();
  await ticks(one, 400, 100);
  expect(one.playing).toBe(false);
  expect(one.at).toBe(1_600_000);
});

test("an action leaves it playing, and forgets the future that it had seen", async () => {
  const one = await player();
  await one.go(["seekTime", [900_000]]);
  await one.go(["seekTime", [300_000]]);
  expect(one.visited.time).toBe(900_000);
  one.play();
  await one.act(["crash", ["n1"]]);
  expect(one.playing).toBe(true);
  expect(one.visited.time).toBe(300_000);
});

test("a run by hand opens in steps", async () => {
  class ByHand extends FakeRun {
    static fromText() {
      return new ByHand();
    }
    info() {
      return { ...super.info(), byHand: true };
    }
  }
  const one = await player(ByHand);
  expect(one.scale).toBe("steps");
  one.play();
  await ticks(one, 20, 100);
  expect(one.frame?.caption?.moment).toBeGreaterThan(0);
});

test("a link opens where it asks to", async () => {
  class Linked extends FakeRun {
    static fromText() {
      const run = new Linked();
      run.seekTime(330_000); // the engine opens a link where it asks to
      return run;
    }
  }
  expect((await player(Linked)).at).toBe(330_000);
});

test("what the story waits to do is not seen from before it, nor once it is done from after it", () => {
  const player = new Player(/** @type {any} */ ({}), () => {});
  const until = () => /** @type {number[]} */ (player.windowCall()[1])[1];
  const frame = (at, position, waits) => /** @type {any} */ ({ at, position, pause: waits ? {} : null });
  player.see(frame(514_000, 16, true));
  expect(until()).toBe(513_999);
  player.see(frame(489_000, 14, false));
  expect(until()).toBe(513_999);
  player.see(frame(514_000, 17, false));
  expect(until()).toBe(514_000);
});
