import { parseRegex, type RegexNode } from "@harrier/lang/values";
import type { Random } from "../random.ts";
import { oddText } from "./odd-text.ts";

/** A text that the pattern matches, unless it has `&` or `~`: then it may. */
export function regexText(pattern: string, random: Random): string {
  return textOf(parseRegex(pattern), random);
}

function textOf(node: RegexNode, random: Random): string {
  switch (node.kind) {
    case "set": {
      const [first, ...rest] = node.points;
      if (first === undefined) return "";
      const [low, high] = random.pick([first, ...rest]);
      const point = isAny(low, high) ? 0x61 + random.below(26) : low + random.below(high - low + 1);
      return String.fromCodePoint(point);
    }
    case "sequence":
      return node.of.map((part) => textOf(part, random)).join("");
    case "alternatives":
    case "intersection": {
      const [first, ...rest] = node.of;
      return first === undefined ? "" : textOf(random.pick([first, ...rest]), random);
    }
    case "repeat": {
      const most = Math.min(node.max ?? Number.POSITIVE_INFINITY, node.min + 3);
      const count = node.min + random.below(most - node.min + 1);
      return Array.from({ length: count }, () => textOf(node.of, random)).join("");
    }
    case "complement":
      return oddText(random);
    default:
      return node satisfies never;
  }
}

/** Sets such as that of `.` hold mostly what no log has. */
function isAny(low: number, high: number): boolean {
  return low < 0x61 && high > 0xffff;
}
