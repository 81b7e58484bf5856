/** Files and streams into ECS events. */
export {
  type CutFile,
  type CutItem,
  cutBlocks,
  deepestLine,
  type Ending,
  type FileFacts,
  FileReading,
  isPlainLine,
  otherLineKeys,
  plainLineFields,
} from "./blocks/index.ts";
export {
  type IngestedEvent,
  type InputFinding,
  isFailure,
  isHarmless,
} from "./event.ts";
export { formatNames } from "./formats/index.ts";
export { firstLine, type LineStart } from "./formats/line-reading.ts";
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
export { streamNamed } from "./normalise/stream.ts";
export { type MappedStream, mappedStreams } from "./normalise/streams.ts";
export { isTimezone } from "./normalise/time.ts";
export {
  joinTimeDoubts,
  noTimeDoubts,
  reportTimeDoubts,
  type TimeDoubts,
} from "./normalise/time-doubts.ts";
export type { IngestProgress, OpenedFile } from "./open-files.ts";
export { type OpenOptions, openInputs } from "./open-inputs.ts";
export {
  type IngestOptions,
  type ReadingChoices,
  readEvents,
  readingChoices,
} from "./read-events.ts";
export { FieldInventory, type FieldReport } from "./survey/field-inventory.ts";
export {
  type InputReport,
  reportUnopened,
  type SurveyOptions,
  surveyInputs,
} from "./survey/survey.ts";
