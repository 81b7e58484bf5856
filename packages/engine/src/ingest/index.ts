/** Files and streams into ECS events. */
export type { IngestedEvent, InputFinding } from "./event.ts";
export { formatNames } from "./formats/index.ts";
export { eventIdentity } from "./identity.ts";
export { type Input, inputFromBytes } from "./input.ts";
export { isTimezone } from "./normalise/time.ts";
export type { IngestProgress, OpenedFile } from "./open-files.ts";
export { type OpenOptions, openInputs } from "./open-inputs.ts";
export { type IngestOptions, readEvents } from "./read-events.ts";
