#!/usr/bin/env node
// Runs the built program where there is one (an installed package), else the source (a checkout).
import { existsSync } from "node:fs";
import { register } from "node:module";

const built = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  // In this process, so that signals, the terminal and the exit code need nobody in between:
  // tsx reads TypeScript, and a hook picks the condition under which packages lead to their source.
  const hook = `export const resolve = (specifier, context, next) =>
    next(specifier, { ...context, conditions: [...context.conditions, "@harrier/source"] });`;
  const tsx = await import("tsx/esm/api");
  tsx.register();
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
  await import(new URL("../src/cli/main.ts", import.meta.url).href);
}
