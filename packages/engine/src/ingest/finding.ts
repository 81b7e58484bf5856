import type { InputFinding } from "./event.ts";

/** A finding before it is known which input it is about. */
export type Finding = Omit<InputFinding, "input">;

/** Takes what could not be used. Whoever calls adds the input's name. */
export type ReportFinding = (finding: Finding) => void;
