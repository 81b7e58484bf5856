import { createColors } from "picocolors";
import { expect, test } from "vitest";
import { rule, run } from "../../detect/test-hunt.ts";
import { profileText } from "./profile-text.ts";

const event = (n: number) => ({
  "@timestamp": `2026-05-01T10:00:${String(n).padStart(2, "0")}Z`,
  process: { name: n % 4 === 0 ? "a.exe" : "b.exe", command_line: `x ${n}`, pid: n },
  host: { id: "h" },
});

test("a profile counts what was looked at, by rule and predicate", async () => {
  const { summary } = await run(
    [
      rule(`any where process.name == "a.exe" and process.pid >= 8`, { name: "narrow" }),
      rule(`any where length(process.command_line) > 3 and process.name == "b.exe"`, {
        name: "worked out",
      }),
      rule(
        `sequence by host.id [any where process.name != null] [any where process.name == "none"]`,
        { name: "kept" },
      ),
      rule(`any where not process.name == "a.exe"`, { name: "al\u001bways" }),
      rule(`any where process.name == "c.exe"`, { name: "never" }),
    ],
    Array.from({ length: 40 }, (_, n) => event(n)),
    { isProfiled: true },
  );
  const { profile } = summary;
  if (profile === undefined) throw new Error("there is no profile");
  expect(profile).toMatchObject({ events: 40 });
  const costs = new Map(profile.rules.map((cost) => [cost.rule.name, cost]));
  // Of 10 events with the name, 8 have such a number: 8, 12, … 36.
  expect(costs.get("narrow")).toMatchObject({ hits: 8, isDeferred: false });
  expect(costs.get("kept")).toMatchObject({ hits: 40, isDeferred: true });
  expect(costs.get("al\u001bways")).toMatchObject({ looks: 40, hits: 30 });
  expect(costs.has("never")).toBe(false);
  expect(profile.alwaysEvaluated.map(({ name }) => name)).toEqual(["al\u001bways"]);
  expect(profile.workedOut[0]?.text).toContain("length");
  const text = profileText(profile, { width: 100, colors: createColors(false) });
  expect(text).toContain("kept (each hit kept)");
  expect(text).toContain("1 rule with a condition that is looked at on every event");
  expect(text).not.toContain("\u001b");
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(140);
});

test("nobody asks, nobody counts", async () => {
  const { summary } = await run([rule("any where true")], [event(1)]);
  expect(summary.profile).toBeUndefined();
});
