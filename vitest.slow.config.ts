import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** Tests that take seconds: real processes, whole folders of logs. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: { include: ["packages/*/src/**/*.slow.test.ts"], testTimeout: 120_000 },
  }),
);
