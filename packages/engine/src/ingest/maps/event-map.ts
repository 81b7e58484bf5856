import type { Predicate } from "@harrier/lang/ir";
import type { FieldPath } from "@harrier/lang/values";
import type { CsvLayout } from "../formats/csv.ts";
import type { DateFormat } from "./date-format.ts";
import type { LinePattern } from "./line-pattern.ts";

/**
 * How logs of somebody's own become ECS: what a mapping file says, checked. Plain data, which crosses
 * threads. Fields of a raw event are named by paths with dots; a whole name goes before a path.
 */
export interface EventMap {
  /** The source's name in tables. */
  readonly name: string;
  /** Patterns (`*`, `?`) for the last part of an input's name. Empty: all inputs. */
  readonly files: readonly string[];
  readonly reading: MapReading;
  /** Fields whose text holds an object, taken apart before anything else; it takes their place. */
  readonly expand: readonly Expansion[];
  /** Of the raw event. Events that do not meet it are left out. */
  readonly where: Predicate | undefined;
  readonly fields: readonly MappedField[];
  /** Where raw fields go that no entry names; `undefined`: nowhere. */
  readonly rest: FieldPath | undefined;
  /** The data stream that index patterns of rules see. */
  readonly stream:
    | { readonly type: string; readonly dataset: string; readonly namespace: string }
    | undefined;
}

/** How the text becomes raw events. */
export type MapReading =
  /** An event a line; the first pattern that fits names its parts. */
  | { readonly kind: "lines"; readonly patterns: readonly LinePattern[] }
  /** An event a line of pairs. */
  | { readonly kind: "pairs"; readonly layout: PairLayout }
  /** Without a layout as it is told by content. */
  | { readonly kind: "csv"; readonly layout: CsvLayout | undefined }
  /** A format that is known anyway, by its name. */
  | { readonly kind: "format"; readonly format: string };

/** `name=value` pairs. Values may stand in double quotes, where a backslash escapes. */
export interface PairLayout {
  /** Between pairs; a blank stands for any number of blanks. */
  readonly between: string;
  readonly assign: string;
}

export type Expansion = { readonly field: string } & (
  | { readonly as: "json" }
  | { readonly as: "pairs"; readonly layout: PairLayout }
);

export type MappedType = "text" | "number" | "boolean" | "ip" | "date";

/** A field of the document, and where its value comes from. A later one overwrites an earlier one. */
export interface MappedField {
  readonly to: FieldPath;
  /** Raw fields; the first that is there counts. Empty for constants. */
  readonly from: readonly string[];
  /** The value of a constant. */
  readonly value: MappedValue | undefined;
  readonly type: MappedType;
  /** For dates; the first that fits. */
  readonly formats: readonly DateFormat[];
  /** The zone of dates that name none. */
  readonly zone: string | undefined;
  /** What texts stand for, letter case aside; those that are not in it give `otherwise`. */
  readonly table: Readonly<Record<string, MappedValue>> | undefined;
  readonly otherwise: MappedValue | undefined;
  /** Cuts the text into a list, blanks around the parts dropped. */
  readonly split: string | undefined;
  /** Of the raw event: otherwise the entry does nothing. */
  readonly where: Predicate | undefined;
}

type Scalar = string | number | boolean;
export type MappedValue = Scalar | readonly Scalar[];
