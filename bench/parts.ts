import type { Part } from "./part.ts";
import { matching } from "./parts/matching.ts";

/** What the benchmark measures, in this order. One file each in `parts/`. */
export const parts: readonly Part[] = [matching];
