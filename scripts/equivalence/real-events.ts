import type { EventDocument } from "@harrier/lang/match";
import { openInputs, readEvents } from "../../packages/engine/src/ingest/index.ts";

/** Every `step`-th event of the logs in a folder, mapped to ECS. */
export async function readSample(
  folder: string,
  step: number,
): Promise<{ readonly documents: readonly EventDocument[]; readonly events: number }> {
  const documents: EventDocument[] = [];
  let events = 0;
  for await (const batch of readEvents(await openInputs([folder]))) {
    for (const { document } of batch) {
      if (events % step === 0) documents.push(document);
      events += 1;
    }
  }
  return { documents, events };
}
