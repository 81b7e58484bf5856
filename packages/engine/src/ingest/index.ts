/** Files and streams into ECS events. */
export type { FindingCode, IngestedEvent, InputFinding } from "./event.ts";
export { formatNames } from "./formats/index.ts";
export { eventIdentity } from "./identity.ts";
export { type Input, inputFromBytes } from "./input.ts";
export { type DateFormat, parseDateFormat } from "./maps/date-format.ts";
export type {
  EventMap,
  Expansion,
  MappedField,
  MappedType,
  MappedValue,
  MapReading,
  PairLayout,
} from "./maps/event-map.ts";
export { type LinePattern, parseLinePattern } from "./maps/line-pattern.ts";
export { isTimezone } from "./normalise/time.ts";
export type { IngestProgress, OpenedFile } from "./open-files.ts";
export { type OpenOptions, openInputs } from "./open-inputs.ts";
export {
  type IngestOptions,
  type ReadingChoices,
  readEvents,
  readingChoices,
} from "./read-events.ts";
