import { expect, test } from "vitest";
import { Engine } from "./engine.js";
import { transports } from "./testing/hosts.js";
import { FakeRun } from "./testing/scene.js";

/** A run whose engine can be broken at will. */
class FragileRun extends FakeRun {
  static broken = 0;
  static fromText(text) {
    FakeRun.fromText(text);
    return new FragileRun();
  }
  static fromLink(link) {
    const run = new FragileRun();
    run.at = FakeRun.fromLink(link).at;
    return run;
  }
  crash(node) {
    if (FragileRun.broken-- > 0) throw new WebAssembly.RuntimeError("unreachable");
    super.crash(node);
  }
  explain() {
    if (FragileRun.broken-- > 0) throw new WebAssembly.RuntimeError("unreachable");
    return super.explain();
  }
  seek(position) {
    FragileRun.seeks.push(position);
    super.seek(position);
  }
  static seeks = [];
}

for (const [name, start] of Object.entries(transports(FragileRun))) {
  test(`${name}: a run opens, moves and is read`, async () => {
    const engine = new Engine(start);
    await engine.open({ text: "protocol raft" });
    await engine.do("seekTime", 700_000);
    const frame = await engine.do("frame");
    expect(frame.at).toBe(700_000);
    expect(frame.nodes).toHaveLength(5);
    expect((await engine.do("window", 0, 700_000, 100, "time")).lanes).toBeInstanceOf(Float64Array);
    engine.close();
  });

  test(`${name}: time goes on in slices to where it should`, async () => {
    const engine = new Engine(start);
    await engine.open({ text: "protocol raft" });
    expect(await engine.do("run", 1_234_567)).toBe(1_234_567);
    expect((await engine.do("frame")).at).toBe(1_234_567);
    engine.close();
  });

  test(`${name}: an error is a real one, with the engine's words`, async () => {
    const engine = new Engine(start);
    await expect(engine.open({ text: "nonsense" })).rejects.toThrow("line 1, column 1: expected `protocol`");
    await engine.open({ text: "protocol raft" });
    await expect(engine.do("proceed")).rejects.toThrow("proceed");
    engine.close();
  });

  test(`${name}: a bad link leaves the run before open`, async () => {
    const engine = new Engine(start);
    await engine.open({ text: "protocol raft" });
    await engine.do("seekTime", 500_000);
    await expect(engine.open({ link: "9zzz" })).rejects.toThrow("newer version");
    expect((await engine.do("frame")).at).toBe(500_000);
    engine.close();
  });

  test(`${name}: of many seeks at once only the first and the last are done`, async () => {
    const engine = new Engine(start);
    await engine.open({ text: "protocol raft" });
    FragileRun.seeks = [];
    const answers = await Promise.all(
      [3, 4, 5, 6, 7].map((position) => engine.look([["seek", [position]], ["frame"]])),
    );
    expect(FragileRun.seeks).toEqual([3, 7]);
    expect(answers.map((answer) => answer?.[1].position)).toEqual([3, undefined, undefined, undefined, 7]);
    engine.close();
  });

  test(`${name}: a dead engine is started again where the run stood`, async () => {
    const engine = new Engine(start);
    const told = [];
    engine.onrestart = (message) => told.push(message);
    await engine.open({ text: "protocol raft" });
    await engine.all([["seek", [42]], ["frame"]]);
    FragileRun.broken = 1;
    await expect(engine.do("crash", "n1")).rejects.toThrow("was not done");
    expect(told).toHaveLength(1);
    expect((await engine.do("frame")).position).toBe(42);
    await engine.do("crash", "n1");
    FragileRun.broken = 1;
    await expect(engine.do("explain", 1)).rejects.toThrow();
    expect((await engine.do("frame")).position).toBe(42);
    engine.close();
  });
}
