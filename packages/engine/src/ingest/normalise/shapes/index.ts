import type { Source } from "../source.ts";
import { eventText } from "./event-text.ts";
import { evtxDump } from "./evtx-dump.ts";
import { evtxEcmd } from "./evtx-ecmd.ts";
import { flat } from "./flat.ts";
import { logAnalytics } from "./log-analytics.ts";
import { nxlog } from "./nxlog.ts";
import type { Shape } from "./shape.ts";
import { velociraptor } from "./velociraptor.ts";
import { windowsXml } from "./windows-xml.ts";
import { winlog } from "./winlog.ts";
import { winlogbeat6 } from "./winlogbeat6.ts";

/** The forms of Windows events that are not ECS yet. */
const shapes: readonly Shape[] = [
  windowsXml,
  winlog,
  nxlog,
  winlogbeat6,
  evtxDump,
  velociraptor,
  evtxEcmd,
  logAnalytics,
  eventText,
  flat,
];

export const windowsSources: readonly Source[] = shapes.map((shape) => ({
  ...shape,
  read: (raw) => ({ kind: "windows", record: shape.read(raw) }),
}));
