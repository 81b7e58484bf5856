import type { Host, User } from "./cast.ts";
import {
  ancestryOf,
  describeConnection,
  describeFile,
  describeHost,
  describeShort,
  describeWhole,
  type Endpoint,
  type Process,
  type ProcessOptions,
} from "./documents.ts";
import { type Moment, secondsOf } from "./moment.ts";
import { createRandom, digest } from "./seeded.ts";

/** Takes down what happens as Elastic Defend would report it. */
export interface Recorder {
  /** A process that was there before the hour began. */
  readonly alreadyRunning: (options: ProcessOptions) => Process;
  readonly start: (at: Moment, options: ProcessOptions) => Process;
  readonly end: (at: Moment, process: Process, exitCode?: number) => void;
  readonly connect: (at: Moment, process: Process, to: Endpoint) => void;
  readonly disconnect: (at: Moment, process: Process, to: Endpoint, bytes: number) => void;
  readonly lookUp: (
    at: Moment,
    process: Process,
    name: string,
    addresses: readonly string[],
  ) => void;
  readonly file: (
    at: Moment,
    process: Process,
    action: FileAction,
    path: string,
    size?: number,
  ) => void;
  readonly setRegistry: (
    at: Moment,
    process: Process,
    key: string,
    value: string,
    data: string,
  ) => void;
  readonly logOn: (at: Moment, by: Process, user: User, type: string, from?: string) => void;
  /** All events, by time. */
  readonly events: () => readonly Readonly<Record<string, unknown>>[];
}

interface What {
  readonly action: string;
  readonly category: readonly string[];
  readonly type: readonly string[];
  readonly outcome?: string;
}

interface Recorded {
  readonly ticks: number;
  /** The event, once its place among all is known. */
  readonly write: (place: number) => Readonly<Record<string, unknown>>;
}

export type FileAction = "creation" | "modification" | "deletion";

/** When the hour begins. */
const beginning = Date.UTC(2026, 2, 17, 9, 0, 0);
const ticksPerSecond = 10_000_000;
/** Seconds from 1601, where Windows begins to count, to 1970. */
const windowsEpochSeconds = 11_644_473_600;

export function createRecorder(seed: number): Recorder {
  const random = createRandom(seed);
  const recorded: Recorded[] = [];
  const lastPid = new Map<Host, number>();

  function pickPid(host: Host): number {
    const pid = (lastPid.get(host) ?? 600) + 4 * (1 + Math.floor(random() * 40));
    lastPid.set(host, pid);
    return pid;
  }

  function pickTicks(at: Moment): number {
    return ticksOf(at) + Math.floor(random() * 10_000);
  }

  function createProcess(ticks: number, options: ProcessOptions): Process {
    const pid = pickPid(options.host);
    const started = beginning / 1000 + windowsEpochSeconds + Math.floor(ticks / ticksPerSecond);
    const fraction = String(((ticks % ticksPerSecond) + ticksPerSecond) % ticksPerSecond);
    return {
      host: options.host,
      user: options.user,
      program: options.program,
      commandLine: options.commandLine ?? `"${options.program.path}"`,
      pid,
      entityId: Buffer.from(
        `${options.host.agentId}-${pid}-${started}.${fraction.padStart(7, "0")}00`,
      ).toString("base64"),
      parent: options.parent,
    };
  }

  function record(
    ticks: number,
    process: Process,
    stream: string,
    event: What,
    fields: Readonly<Record<string, unknown>>,
  ): void {
    const ingested = ticks + (4 + Math.floor(random() * 14)) * ticksPerSecond;
    const write = (place: number): Readonly<Record<string, unknown>> => ({
      "@timestamp": timeAt(ticks),
      agent: { id: process.host.agentId, type: "endpoint", version: "9.1.4" },
      data_stream: { dataset: `endpoint.events.${stream}`, namespace: "default", type: "logs" },
      ecs: { version: "8.10.0" },
      event: {
        action: event.action,
        category: event.category,
        created: timeAt(ticks),
        dataset: `endpoint.events.${stream}`,
        id: eventIdOf(place),
        ingested: timeAt(ingested - (ingested % ticksPerSecond)),
        kind: "event",
        module: "endpoint",
        outcome: event.outcome ?? "unknown",
        sequence: 20_400 + place,
        type: event.type,
      },
      host: describeHost(process.host),
      message: `Endpoint ${stream} event`,
      ...fields,
      user: { domain: process.user.domain, id: process.user.id, name: process.user.name },
    });
    recorded.push({ ticks, write });
  }

  return {
    alreadyRunning(options) {
      const ticks = -(3600 + Math.floor(random() * 7200)) * ticksPerSecond;
      const process = createProcess(ticks, options);
      const event = { action: "already_running", category: ["process"], type: ["info"] };
      record(pickTicks("00:00"), process, "process", event, {
        process: describeWhole(process, options),
      });
      return process;
    },
    start(at, options) {
      const ticks = pickTicks(at);
      const process = createProcess(ticks, options);
      const event = { action: "start", category: ["process"], type: ["start"] };
      record(ticks, process, "process", event, { process: describeWhole(process, options) });
      return process;
    },
    end(at, process, exitCode = 0) {
      const event = { action: "end", category: ["process"], type: ["end"] };
      record(pickTicks(at), process, "process", event, {
        process: { ...describeWhole(process, {}), exit_code: exitCode },
      });
    },
    connect(at, process, to) {
      const event = { action: "connection_attempted", category: ["network"], type: ["start"] };
      record(pickTicks(at), process, "network", event, {
        ...describeConnection(process, to),
        process: describeShort(process),
      });
    },
    disconnect(at, process, to, bytes) {
      const event = { action: "disconnect_received", category: ["network"], type: ["end"] };
      const connection = describeConnection(process, to);
      record(pickTicks(at), process, "network", event, {
        ...connection,
        destination: { ...connection.destination, bytes },
        source: { ...connection.source, bytes: 200 + Math.floor(bytes / 7) },
        process: describeShort(process),
      });
    },
    lookUp(at, process, name, addresses) {
      const event = {
        action: "lookup_result",
        category: ["network"],
        type: ["connection", "info"],
      };
      record(pickTicks(at), process, "network", event, {
        destination: { port: 53 },
        dns: { question: { name, type: "A" }, resolved_ip: addresses },
        network: { protocol: "dns" },
        process: describeShort(process),
      });
    },
    file(at, process, action, path, size) {
      const type = { creation: "creation", modification: "change", deletion: "deletion" }[action];
      const event = { action, category: ["file"], type: [type] };
      record(pickTicks(at), process, "file", event, {
        file: describeFile(path, size),
        process: describeShort(process),
      });
    },
    setRegistry(at, process, key, value, data) {
      const [hive = "", ...rest] = key.split("\\");
      const event = { action: "modification", category: ["registry"], type: ["change"] };
      record(pickTicks(at), process, "registry", event, {
        process: describeShort(process),
        registry: {
          data: { strings: [data], type: "REG_SZ" },
          hive,
          key: rest.join("\\"),
          path: `${key}\\${value}`,
          value,
        },
      });
    },
    logOn(at, by, user, type, from) {
      const event = {
        action: "log_on",
        category: ["authentication", "session"],
        type: ["start"],
        outcome: "success",
      };
      record(pickTicks(at), { ...by, user }, "security", event, {
        process: {
          ...describeShort(by),
          Ext: { ancestry: ancestryOf(by), session_info: { logon_type: type } },
        },
        ...(from === undefined ? {} : { source: { ip: from, port: 49152 + (by.pid % 16000) } }),
      });
    },
    events() {
      // The sort is stable: what has the same time stays in the order it was told.
      return recorded.toSorted((a, b) => a.ticks - b.ticks).map(({ write }, place) => write(place));
    },
  };
}

/** An id as the agent would give it. */
function eventIdOf(place: number): string {
  return `${Buffer.from(digest("sha256", `event ${place}`).slice(0, 24), "hex").toString("base64")}++++`;
}

function ticksOf(at: Moment): number {
  return Math.round(secondsOf(at) * ticksPerSecond);
}

function timeAt(ticks: number): string {
  const seconds = Math.floor(ticks / ticksPerSecond);
  const fraction = String(ticks - seconds * ticksPerSecond).padStart(7, "0");
  return `${new Date(beginning + seconds * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}
