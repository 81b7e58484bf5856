// Loads a module of the program: the built one where there is one (an installed package), else the source (a checkout).
import { existsSync } from "node:fs";
import { register } from "node:module";

/** `path` is that of the module below `src` or `dist`, without its extension. */
export async function load(path) {
  const built = new URL(`../dist/${path}.js`, import.meta.url);
  if (existsSync(built)) return import(built.href);
  // In this process, so that signals, the terminal and the exit code need nobody in between:
  // tsx reads TypeScript, and a hook picks the condition under which packages lead to their source.
  const hook = `export const resolve = (specifier, context, next) =>
    next(specifier, { ...context, conditions: [...context.conditions, "@harrier/source"] });`;
  const tsx = await import("tsx/esm/api");
  tsx.register();
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
  return import(new URL(`../src/${path}.ts`, import.meta.url).href);
}
