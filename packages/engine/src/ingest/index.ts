/** Files and streams into ECS events. */
export type { IngestedEvent, InputFinding } from "./event.ts";
