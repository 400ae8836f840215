import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadEngine, PROTOCOLS } from "../../scripts/engine.mjs";
import { root, scenarios } from "./engines.js";

describe.each(PROTOCOLS)("the engine for %s", (protocol) => {
  const engine = new WebAssembly.Module(readFileSync(new URL(`www/engine/${protocol}_bg.wasm`, root)));

  test("asks the page for no clock and no dice", () => {
    const asked = WebAssembly.Module.imports(engine).map(({ name }) => name);
    expect(asked.filter((name) => /now|date|time|performance|random|crypto/i.test(name))).toEqual([]);
  });

  test("carries no names for debuggers", () => {
    expect(WebAssembly.Module.customSections(engine, "name")).toEqual([]);
  });

  test("says of another protocol, as text or as a link, which engine it needs", async () => {
    const { Run } = await loadEngine(protocol);
    const others = PROTOCOLS.filter((other) => other !== protocol);
    for (const other of others) {
      const { Run: Other } = await loadEngine(other);
      const { text } = scenarios("www/starts").find(({ path }) => path.endsWith(`/${other}.scenario`));
      const link = Other.fromText(text).link(false);
      expect(() => Run.fromText(text)).toThrow(expect.objectContaining({ needs: other }));
      expect(() => Run.fromLink(link)).toThrow(expect.objectContaining({ needs: other }));
    }
    expect(() => Run.fromText("consensus 1\nprotocol none\n")).toThrow(
      expect.not.objectContaining({ needs: expect.anything() }),
    );
  });
});
