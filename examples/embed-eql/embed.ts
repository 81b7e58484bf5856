import { ecsSchema } from "@harrier/lang/ecs";
import { compileEql } from "@harrier/lang/eql";
import { runPlan } from "@harrier/lang/match";
import { renderDiagnostic } from "@harrier/lang/text";

const source = { name: "query", text: 'process where process.name : "nc*.exe"' };
const { plan, diagnostics } = compileEql(source, ecsSchema);
for (const finding of diagnostics) console.error(renderDiagnostic(finding));

if (plan !== undefined) {
  const event = { event: { category: "process" }, process: { name: "NC64.exe" } };
  for (const hit of runPlan(plan, [event])) console.log(hit.events);
}
