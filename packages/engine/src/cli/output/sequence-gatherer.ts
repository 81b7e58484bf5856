import type { AlertDocument } from "../../alerts/index.ts";
import type { AlertRecord } from "./alert-shape.ts";

/** Alerts as they come, and the end of them. */
export interface AlertWriter {
  readonly write: (alert: AlertDocument) => void | Promise<void>;
  readonly end: () => void | Promise<void>;
}

/**
 * For tables: a sequence's shell waits for its blocks, which follow it at once, and is written together
 * with them. One sequence is held at most. Alerts of building block rules are not written.
 */
export function gatherSequences(write: (record: AlertRecord) => void | Promise<void>): AlertWriter {
  let shell: AlertDocument | undefined;
  let blocks: AlertDocument[] = [];

  const flush = (): void | Promise<void> => {
    if (shell === undefined) return undefined;
    const record = { alert: shell, blocks };
    shell = undefined;
    blocks = [];
    return write(record);
  };

  return {
    write: async (alert) => {
      const group = alert["kibana.alert.group.id"];
      const isBlock = alert["kibana.alert.group.index"] !== undefined;
      if (isBlock && group === shell?.["kibana.alert.group.id"]) {
        blocks.push(alert);
        return;
      }
      await flush();
      if (alert["kibana.alert.building_block_type"] !== undefined) return;
      if (group === undefined) await write({ alert, blocks: [] });
      else shell = alert;
    },
    end: flush,
  };
}
