/**
 * What happens to an alert after it was raised. A rule's investigation guide is text that people write; `parseGuide`
 * finds its steps and its buttons, `bindInvestigate` makes of a button the condition on events for one alert. Values of
 * an alert go into conditions as values, never into a query's text.
 */
export type { GuideBlock, GuideInline, GuideRow } from "./guide/blocks.ts";
export { checkGuide } from "./guide/check-guide.ts";
export {
  type AlertValues,
  type BoundQuery,
  bindInvestigate,
  templateFields,
} from "./guide/compile-investigate.ts";
export type * from "./guide/guide.ts";
export { parseGuide } from "./guide/parse-guide.ts";
export { readBlocks } from "./guide/read-blocks.ts";
