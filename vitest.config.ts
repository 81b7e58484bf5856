import { defineConfig } from "vitest/config";

/** Fast tests: everything beside its source, but the slow ones. One shared context a worker: an isolated file costs 0.65 s. */
export default defineConfig({
  resolve: { conditions: ["@harrier/source"] },
  ssr: { resolve: { conditions: ["@harrier/source"] } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: ["**/*.slow.test.ts", "**/node_modules/**"],
    isolate: false,
    reporters: ["default", "./scripts/plain-reporter.ts"],
    pool: "threads",
    // The first test of a command also loads the command. On a busy machine that takes seconds.
    testTimeout: 30_000,
    onConsoleLog: (log) => {
      throw new Error(`a test printed to the console: ${log}`);
    },
  },
});
