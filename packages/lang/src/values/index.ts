/** What values mean: null, many values in a field, case, wildcards, addresses, numbers, dates. */
export { type Address, canonicalAddress, compareAddresses, parseAddress } from "./address.ts";
export { equalsFolded, foldCase } from "./case-folding.ts";
export { type Block, blocksOfRange, compileBlocks, isInBlock, parseBlock } from "./cidr.ts";
export { type DateRange, parseDateConstant } from "./date-math.ts";
export { formatInstant, parseInstant } from "./dates.ts";
export { type ComparisonOperator, compareLiterals } from "./literals.ts";
export { checkLong, compareNumeric, literalText, parseNumber, toNumeric } from "./numbers.ts";
export {
  checkRegex,
  compileRegex,
  parseRegex,
  type RegexNode,
  RegexSyntaxError,
  sizeOfRegex,
} from "./regex/index.ts";
export { compareText } from "./text.ts";
export { analyzeText, type TextAnalyzer } from "./text-analysis.ts";
export type { CaseFolding, EpochNanos, FieldPath, FieldType, Literal } from "./types.ts";
export { compareVersions } from "./versions.ts";
export { compileWildcard, compileWildcards, hasWildcards } from "./wildcard.ts";
export {
  compileEscapedWildcards,
  groupRegexes,
  parseWildcard,
  plainTextOf,
  printWildcard,
  regexOfWildcard,
  unescapedWildcard,
  type WildcardPart,
  type WildcardPattern,
} from "./wildcard-parts.ts";
