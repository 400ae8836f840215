import { expect, test } from "vitest";
import { Engine } from "./engine.js";
import { PageHost } from "./page-host.js";
import { RecordedHost } from "./recorded-host.js";
import { FakeRun } from "./testing/scene.js";

const TEXT = "protocol raft";

/** A recording of the run made by hand, which knows the first half second of it. */
class FakeRecording {
  constructor() {
    this.run = FakeRun.fromText(TEXT);
  }

  answer(calls) {
    const { at } = this.run;
    const answers = [];
    for (const [method, args = []] of calls) {
      if (method === "fromText" && args[0] === TEXT) answers.push(null);
      else if (method === "frame") answers.push(this.run.frame());
      else if (method === "run" && args[0] <= 500_000) answers.push(this.run.run(...args));
      else {
        this.run.at = at;
        return null;
      }
    }
    return answers;
  }

  way() {
    return [
      ["fromText", [TEXT]],
      ["seekTime", [this.run.at]],
    ];
  }
}

/** An engine over such a recording; it counts the engines that were started. */
function begin({ fails = 0 } = {}) {
  const hosts = [];
  const start = () => {
    const host = new PageHost(FakeRun);
    if (hosts.length < fails) host.call = () => Promise.reject(new TypeError("Failed to fetch"));
    hosts.push(host);
    return host;
  };
  const find = async (text) => (text === TEXT ? new FakeRecording() : null);
  return { engine: new Engine(() => new RecordedHost(find, start)), hosts };
}

test("a recorded run plays without an engine", async () => {
  const { engine, hosts } = begin();
  await engine.open({ text: TEXT });
  expect(await engine.do("run", 400_000)).toBe(400_000);
  expect((await engine.do("frame")).at).toBe(400_000);
  expect(hosts).toHaveLength(0);
});

test("asked for more, an engine goes on from the same place, and the recording retires", async () => {
  const { engine, hosts } = begin();
  await engine.open({ text: TEXT });
  await engine.do("run", 400_000);
  const [, frame] = await engine.all([["crash", ["n1"]], ["frame"]]);
  expect(frame.at).toBe(400_000);
  await engine.do("run", 450_000);
  expect((await engine.do("frame")).at).toBe(450_000);
  expect(hosts).toHaveLength(1);
  expect(hosts[0].table.runs.get(0).acted).toEqual(["crash n1"]);
  expect(hosts[0].table.runs.get(0).at).toBe(450_000);
});

test("any other scenario, and a link, go to an engine at once", async () => {
  for (const source of [{ text: "protocol raft, but another" }, { link: "1300000" }]) {
    const { engine, hosts } = begin();
    await engine.open(source);
    expect(hosts).toHaveLength(1);
    expect((await engine.do("frame")).nodes).toHaveLength(5);
  }
});

test("an engine that was warmed is the one that takes over", async () => {
  const { engine, hosts } = begin();
  await engine.open({ text: TEXT });
  engine.warm();
  engine.warm();
  expect(hosts).toHaveLength(1);
  await engine.do("run", 300_000);
  await engine.do("run", 900_000);
  engine.warm();
  expect(hosts).toHaveLength(1);
  expect((await engine.do("frame")).at).toBe(900_000);
});

test("calls that come while the engine starts are done in their order", async () => {
  const { engine } = begin();
  await engine.open({ text: TEXT });
  const reached = await Promise.all([
    engine.do("run", 300_000),
    engine.do("run", 700_000),
    engine.do("run", 100_000),
    engine.do("frame").then(({ at }) => at),
  ]);
  expect(reached.slice(0, 2)).toEqual([300_000, 700_000]);
  expect(reached[3]).toBe((await engine.do("frame")).at);
});

test("an engine that cannot be loaded is told of, the recording plays on, and the next try may succeed", async () => {
  const { engine, hosts } = begin({ fails: 1 });
  await engine.open({ text: TEXT });
  await engine.do("run", 400_000);
  await expect(engine.do("crash", "n1")).rejects.toThrow(/could not be loaded.*Failed to fetch/);
  expect(await engine.do("run", 450_000)).toBe(450_000);
  await engine.do("crash", "n1");
  expect((await engine.do("frame")).at).toBe(450_000);
  expect(hosts).toHaveLength(2);
});
