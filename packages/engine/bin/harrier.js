#!/usr/bin/env node
// Starts the built program where there is one (an installed package), else the source through tsx (a checkout).
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  const source = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
  const flags = ["--conditions=@harrier/source", "--import", import.meta.resolve("tsx")];
  const child = spawn(process.execPath, [...flags, source, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  // A terminal sends Ctrl-C to both of us; only the child decides what it means.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
}
