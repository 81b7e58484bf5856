import type { ReportFinding } from "../finding.ts";
import { readLines } from "../maps/lines.ts";
import { type AuditHeader, readAuditHeader } from "../normalise/linux/audit/index.ts";
import type { Format, RawEvent } from "./format.ts";

/** The Linux audit log as auditd writes it and `ausearch --raw` prints it, also as syslog passes it on. */
export const audit: Format = {
  name: "audit",
  detect: (head) => {
    const lines = head.toString("utf8").split("\n", 200);
    const first = lines.find((line) => line.trim() !== "" && !isFrame(line));
    if (first !== undefined && isAuditLine(first)) return "certain";
    return lines.some(isAuditLine) ? "likely" : undefined;
  },
  read: readAudit,
};

function isAuditLine(line: string): boolean {
  return !line.trimStart().startsWith("{") && readAuditHeader(line) !== undefined;
}

/** What `ausearch` prints between events. */
function isFrame(line: string): boolean {
  return line.startsWith("----") || line.startsWith("time->");
}

async function* readAudit(
  chunks: AsyncIterable<Uint8Array>,
  report: ReportFinding,
): AsyncGenerator<readonly RawEvent[]> {
  const groups = new AuditGroups();
  let stray = 0;
  let firstStray = 0;
  for await (const lines of readLines(chunks)) {
    const events: RawEvent[] = [];
    for (const { text, number } of lines) {
      const header = text === undefined ? undefined : readAuditHeader(text);
      if (text !== undefined && header !== undefined)
        events.push(...groups.add(text, number, header));
      else if (text === undefined || !isFrame(text)) {
        if (stray === 0) firstStray = number;
        stray += 1;
      }
    }
    if (events.length > 0) yield events;
  }
  yield groups.finish();
  if (stray > 0) {
    report({
      code: "not-an-event",
      position: firstStray,
      message: `${stray} ${stray === 1 ? "line is no audit record" : "lines are no audit records"}`,
    });
  }
}

/** Events whose records are still coming. */
const mostOpen = 64;
const mostOpenCharacters = 16 * 1024 * 1024;
/** Records of one event; what a program with the most arguments needs. */
const mostRecords = 2048;
/** Records of an event come together, so that one is whole once others are this much later. */
const longestPauseMs = 2000;

interface Group {
  readonly key: string;
  readonly position: number;
  readonly epochMs: number;
  readonly lines: string[];
  characters: number;
  isWhole: boolean;
}

/**
 * Puts the lines of one event together, though those of others may stand between them. An event is whole
 * with its EOE or PROCTITLE record, when it is of a kind that has only one record, or when others are so much
 * later that no more can come. Events come out in the order of their first lines.
 */
export class AuditGroups {
  readonly #open = new Map<string, Group>();
  #characters = 0;

  add(line: string, position: number, header: AuditHeader): readonly RawEvent[] {
    const { type, epochMs } = header;
    const key = `${header.node ?? ""} ${header.serial}`;
    const known = this.#open.get(key);
    // The end of an event that is out already.
    if (known === undefined && type === "EOE") return this.#release(epochMs);
    const group = known ?? { key, position, epochMs, lines: [], characters: 0, isWhole: false };
    if (known === undefined) this.#open.set(key, group);
    group.lines.push(line);
    group.characters += line.length;
    this.#characters += line.length;
    group.isWhole ||= type === "EOE" || type === "PROCTITLE" || isAlone(type);
    group.isWhole ||= group.lines.length >= mostRecords;
    return this.#release(epochMs);
  }

  finish(): readonly RawEvent[] {
    return [...this.#open.values()].map(toRawEvent);
  }

  /** From the oldest on: the whole ones, and those that wait for too long or for too much. */
  #release(nowMs: number): readonly RawEvent[] {
    const events: RawEvent[] = [];
    for (const group of this.#open.values()) {
      const isLate = nowMs - group.epochMs > longestPauseMs;
      const isTooMuch = this.#open.size > mostOpen || this.#characters > mostOpenCharacters;
      if (!group.isWhole && !isLate && !isTooMuch) break;
      this.#open.delete(group.key);
      this.#characters -= group.characters;
      events.push(toRawEvent(group));
    }
    return events;
  }
}

function toRawEvent({ lines, position }: Group): RawEvent {
  return { value: { audit_records: lines }, position };
}

/** Types of the kernel that come with others; programs write one record for an event. */
const joined = new Set(
  (
    "SYSCALL PATH IPC SOCKETCALL CONFIG_CHANGE SOCKADDR CWD EXECVE IPC_SET_PERM MQ_OPEN MQ_SENDRECV " +
    "MQ_NOTIFY MQ_GETSETATTR KERNEL_OTHER FD_PAIR OBJ_PID TTY BPRM_FCAPS CAPSET MMAP NETFILTER_PKT " +
    "NETFILTER_CFG SECCOMP FEATURE_CHANGE REPLACE KERN_MODULE FANOTIFY TIME_INJOFFSET TIME_ADJNTPVAL " +
    "BPF EVENT_LISTENER URINGOP OPENAT2 DM_CTRL DM_EVENT AVC SELINUX_ERR AVC_PATH MAC_POLICY_LOAD " +
    "MAC_STATUS MAC_CONFIG_CHANGE LOGIN ANOM_PROMISCUOUS ANOM_ABEND ANOM_LINK ANOM_CREAT " +
    "INTEGRITY_DATA INTEGRITY_METADATA INTEGRITY_STATUS INTEGRITY_HASH INTEGRITY_PCR INTEGRITY_RULE"
  ).split(" "),
);

function isAlone(type: string): boolean {
  return (
    !joined.has(type) &&
    /^(USER|CRED|DAEMON|SERVICE|SYSTEM|ADD|DEL|GRP|ACCT|CRYPTO|VIRT|ROLE|CHGRP|CHUSER|SOFTWARE|USYS|LABEL|TRUSTED|TEST|RESP)(_|$)/.test(
      type,
    )
  );
}
