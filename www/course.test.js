import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { course } from "../scripts/course.mjs";

test("the course has every lesson once, and each its own title", () => {
  const files = readdirSync(new URL("./lessons", import.meta.url));
  const keys = files.flatMap((file) => (file.endsWith(".scenario") ? [file.slice(0, -9)] : []));
  const listed = course();
  expect(listed.map(([key]) => key).sort()).toEqual(keys.sort());
  expect(new Set(listed.map(([, title]) => title)).size).toBe(keys.length);
});
