import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["www/**/*.test.js", "tests/unit/**/*.test.js"],
    exclude: ["**/node_modules/**", "www/dist/**", "www/engine/**"],
    environment: "node",
  },
});
