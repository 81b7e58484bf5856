/**
 * Checks the room table (.dependency-cruiser.cjs) against the imports of all packages.
 * Reads the sources of lang and engine; writes nothing. Exit 1 on a violation, or when it did not see every module:
 * a cruise that silently sees nothing would pass.
 */
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { cruise, type IConfiguration, type ICruiseResult } from "dependency-cruiser";

const require = createRequire(import.meta.url);
// The configuration is CommonJS, the only form that the tool's own command line also reads.
const configuration = require("../.dependency-cruiser.cjs") as IConfiguration & {
  rooms: Record<string, Record<string, readonly string[]>>;
};

const sources = ["lang", "engine"].flatMap((name) =>
  readdirSync(`packages/${name}/src`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `packages/${name}/src/${file.replaceAll("\\", "/")}`),
);

const { rooms: _, ...ruleSet } = configuration;
const { output } = await cruise(
  ["packages/lang/src", "packages/engine/src"],
  { ...configuration.options, ruleSet, validate: true },
  configuration.options?.enhancedResolveOptions ?? {},
);
// Without an output type the tool gives the result object.
const result = output as ICruiseResult;
const seen = new Set(result.modules.map((module) => module.source));
const unseen = sources.filter((file) => !seen.has(file));
const homeless = sources.filter((file) => {
  const [, name = "", , room = ""] = file.split("/");
  const isSingleFile = /^packages\/[^/]+\/src\/[^/]+\.ts$/.test(file);
  return !isSingleFile && configuration.rooms[name]?.[room] === undefined;
});

for (const { from, to, rule } of result.summary.violations) {
  console.error(`${rule.name}: ${from} -> ${to}`);
}
for (const file of unseen) console.error(`not seen by the check: ${file}`);
for (const file of homeless) console.error(`in no room of the table: ${file}`);

const problems = result.summary.violations.length + unseen.length + homeless.length;
console.log(`rooms: ${sources.length} modules, ${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
