import type { ReadonlyFields } from "../fields.ts";
import { evtxDump } from "./evtx-dump.ts";
import { flat } from "./flat.ts";
import { logAnalytics } from "./log-analytics.ts";
import { nxlog } from "./nxlog.ts";
import type { Shape } from "./shape.ts";
import { winlog } from "./winlog.ts";
import { winlogbeat6 } from "./winlogbeat6.ts";

export type { Shape } from "./shape.ts";

/** The forms of Windows events that are not ECS yet, in the order in which they are tried. */
const shapes: readonly Shape[] = [winlog, nxlog, winlogbeat6, evtxDump, logAnalytics, flat];

/** The form of an event; `undefined` for ECS documents and everything that we take for one. */
export function shapeOf(raw: ReadonlyFields): Shape | undefined {
  return shapes.find((shape) => shape.matches(raw));
}
