/**
 * The room table: a room, and the rooms that it may import. Changed first, in a commit of its own.
 * `npm run arch` checks it; tests are exempt. A room is a folder under `packages/<package>/src`;
 * `file.ts` behind a room's name means that one file only.
 */
const lang = ["text", "values", "ir", "functions", "ecs", "eql", "kql", "lucene", "match"];
const language = ["text", "values", "ir", "functions", "ecs"];

const rooms = {
  lang: {
    text: [],
    values: [],
    ir: ["text", "values"],
    functions: ["text", "values", "ir"],
    ecs: ["text", "values", "ir"],
    eql: language,
    kql: language,
    lucene: language,
    match: language,
  },
  engine: {
    rules: ["describe-error.ts"],
    exceptions: ["rules", "describe-error.ts"],
    alerts: ["rules"],
    "rule-types": ["rules", "exceptions", "alerts"],
    ingest: ["describe-error.ts"],
    mappings: ["rules", "ingest", "describe-error.ts"],
    detect: ["rules", "rule-types", "exceptions", "alerts", "ingest"],
    triage: ["rules", "alerts"],
    // Behind `app.ts`, its only face.
    app: [
      "rules",
      "rule-types",
      "exceptions",
      "alerts",
      "ingest",
      "detect",
      "triage",
      "describe-error.ts",
    ],
    cli: [
      "rules",
      "rule-types",
      "exceptions",
      "alerts",
      "ingest",
      "detect",
      "triage",
      "mappings",
      "app.ts",
      "describe-error.ts",
    ],
  },
};

/** Rooms of lang that each room of engine may import: all of them. */
const langRooms = lang.join("|");

function rulesOf(packageName) {
  return Object.entries(rooms[packageName]).flatMap(([room, allowed]) => {
    const base = `^packages/${packageName}/src`;
    const reachable = [room, ...allowed].map((name) =>
      name.endsWith(".ts") ? name.replace(".", "\\.") : `${name}/`,
    );
    return [
      {
        name: `${packageName}-${room}-imports`,
        comment: `${room} may import ${allowed.join(", ") || "no other room"}`,
        severity: "error",
        from: { path: `${base}/${room}/`, pathNot: "\\.test\\.ts$" },
        to: { path: `${base}/`, pathNot: `${base}/(${reachable.join("|")})` },
      },
      {
        name: `${packageName}-${room}-face`,
        comment: "another room is imported through its index.ts",
        severity: "error",
        from: { path: `${base}/${room}/`, pathNot: "\\.test\\.ts$" },
        to: { path: `${base}/[^/]+/`, pathNot: [`${base}/${room}/`, `${base}/[^/]+/index\\.ts$`] },
      },
    ];
  });
}

module.exports = {
  rooms,
  forbidden: [
    ...rulesOf("lang"),
    ...rulesOf("engine"),
    {
      name: "lang-is-pure",
      comment: "lang has no dependencies: no packages, no Node, no engine",
      severity: "error",
      from: { path: "^packages/lang/src/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: `^packages/lang/src/(${langRooms})/` },
    },
    {
      name: "app-imports",
      comment: "app.ts and what stands behind it wire everything but the command line",
      severity: "error",
      from: { path: "^packages/engine/src/app(\\.ts$|/)" },
      to: { path: "^packages/engine/src/cli/" },
    },
    {
      name: "lang-through-its-face",
      comment: "engine imports lang by package name, which leads to a room's index.ts",
      severity: "error",
      from: { path: "^packages/engine/src/", pathNot: "\\.test\\.ts$" },
      to: { path: "^packages/lang/", pathNot: "^packages/lang/src/[^/]+/index\\.ts$" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: { pathNot: "node_modules" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.base.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ["@harrier/source", "import", "node", "default"],
      exportsFields: ["exports"],
    },
  },
};
