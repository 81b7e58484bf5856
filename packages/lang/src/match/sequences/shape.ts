import type { SequencePlan } from "../../ir/index.ts";

/** A sequence plan taken apart: ordinary steps are stages, missing events lie in the gaps around them. */
export interface SequenceShape {
  readonly stages: number;
  /**
   * For each step of the plan: its stage from 0, or, for a missing event, the number of stages
   * before it: gap 0 leads, gap `stages` trails.
   */
  readonly places: readonly { readonly missing: boolean; readonly at: number }[];
  readonly hasLeading: boolean;
  readonly hasTrailing: boolean;
}

export function shapeOf(plan: SequencePlan): SequenceShape {
  let stages = 0;
  const places = plan.steps.map(({ missing }) => ({ missing, at: missing ? stages : stages++ }));
  const isGap = (gap: number): boolean => places.some(({ missing, at }) => missing && at === gap);
  return { stages, places, hasLeading: isGap(0), hasTrailing: isGap(stages) };
}
