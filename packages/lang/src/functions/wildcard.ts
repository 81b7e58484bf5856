import { compileWildcards } from "../values/index.ts";
import type { LanguageFunction } from "./function.ts";

/** The old name of `like`; no public rule uses it (eql-semantics 10). */
export const wildcard: LanguageFunction = {
  name: "wildcard",
  doc: "Whether `source` matches one of `patterns`, in which `*` is any run of characters and `?` one. The same as `like`.",
  parameters: [
    { name: "source", type: "string" },
    { name: "patterns", type: "string", rest: true, constant: true },
  ],
  returns: "boolean",
  hasInsensitiveForm: true,
  examples: [
    ['wildcard("cmd.exe", "*.dll", "*.exe")', true],
    ['wildcard("cmd.exe", "cmd.?")', false],
    ['wildcard~("CMD.EXE", "cmd.*")', true],
    ['wildcard(null, "*")', null],
    ['wildcard("cmd.exe", "*", null)', null],
  ],
  run: ([source, ...patterns], { fold, folding }) => {
    const texts = patterns.filter((pattern) => typeof pattern === "string");
    if (typeof source !== "string" || texts.length < patterns.length) return null;
    return compileWildcards(texts, fold, folding)(source);
  },
};
