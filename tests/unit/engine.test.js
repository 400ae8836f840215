import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const engine = new WebAssembly.Module(
  readFileSync(new URL("../../www/engine/engine_bg.wasm", import.meta.url)),
);

test("the built engine asks the page for no clock and no dice", () => {
  const asked = WebAssembly.Module.imports(engine).map(({ name }) => name);
  expect(asked.filter((name) => /now|date|time|performance|random|crypto/i.test(name))).toEqual([]);
});

test("the built engine carries no names for debuggers", () => {
  expect(WebAssembly.Module.customSections(engine, "name")).toEqual([]);
});
