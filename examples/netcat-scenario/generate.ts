/**
 * Writes events.ndjson beside this file. Reads nothing: the same program gives the same bytes.
 *
 *     node --import tsx examples/netcat-scenario/generate.ts
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { recordIntrusion } from "./attack.ts";
import { recordAgreedExercise } from "./authorised.ts";
import { finance, inside, jonas, lab, mara } from "./cast.ts";
import { logOn, recordFinanceMorning, recordSupportWork } from "./ordinary.ts";
import { createRecorder } from "./recorder.ts";
import { createDesk, recordOrdinaryWork } from "./services.ts";

/** The hour as NDJSON, one event a line, by time. */
export function generateScenario(): string {
  const recorder = createRecorder(20260317);
  const financeDesk = createDesk(recorder, finance, mara);
  const labDesk = createDesk(recorder, lab, jonas);
  recordOrdinaryWork(recorder, [financeDesk, labDesk]);

  const financeDesktop = logOn(recorder, financeDesk, "01:12");
  const browser = recordFinanceMorning(recorder, financeDesk, financeDesktop);
  const labDesktop = logOn(recorder, labDesk, "15:40", inside.jumpHost);
  const console = recordSupportWork(recorder, labDesktop);

  recordAgreedExercise(recorder, console);
  recordIntrusion(recorder, financeDesk, financeDesktop, browser);
  return recorder
    .events()
    .map((event) => `${JSON.stringify(event)}\n`)
    .join("");
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] === self) {
  writeFileSync(new URL("events.ndjson", import.meta.url), generateScenario());
}
