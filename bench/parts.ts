import type { Part } from "./part.ts";
import { compiling } from "./parts/compiling.ts";
import { corpus } from "./parts/corpus.ts";
import { counters } from "./parts/counters.ts";
import { dearest } from "./parts/dearest.ts";
import { differences } from "./parts/differences.ts";
import { evtx } from "./parts/evtx.ts";
import { hostile } from "./parts/hostile.ts";
import { hostileFields } from "./parts/hostile-fields.ts";
import { hostileRules } from "./parts/hostile-rules.ts";
import { hunting } from "./parts/hunting.ts";
import { matching } from "./parts/matching.ts";
import { sequences } from "./parts/sequences.ts";

/** What the benchmark measures, in this order. One file each in `parts/`. */
export const parts: readonly Part[] = [
  corpus,
  matching,
  counters,
  compiling,
  dearest,
  hostile,
  hostileFields,
  hostileRules,
  sequences,
  differences,
  hunting,
  evtx,
];
