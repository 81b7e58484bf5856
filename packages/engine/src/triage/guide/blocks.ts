import type { GuideButton, SectionRole } from "./guide.ts";

/** A guide as it is laid out, free of Markdown's spelling: for whoever shows it. All texts are text, never markup. */
export type GuideBlock =
  | {
      readonly kind: "heading";
      /** 1 to 6. */
      readonly level: number;
      readonly role: SectionRole;
      readonly of: readonly GuideInline[];
    }
  | {
      readonly kind: "paragraph";
      /** Of a list whose items stand close together. */
      readonly isTight: boolean;
      readonly of: readonly GuideInline[];
    }
  | {
      readonly kind: "list";
      /** The first number of a list with numbers. */
      readonly start?: number;
      readonly items: readonly (readonly GuideBlock[])[];
    }
  | { readonly kind: "quote"; readonly of: readonly GuideBlock[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "table"; readonly head: GuideRow; readonly rows: readonly GuideRow[] }
  | { readonly kind: "rule" };

/** The cells of a row of a table. */
export type GuideRow = readonly (readonly GuideInline[])[];

export type GuideInline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | {
      readonly kind: "emphasis" | "strong" | "struck";
      readonly of: readonly GuideInline[];
    }
  /** Whatever the author wrote as its target: whoever shows it decides which are links. */
  | { readonly kind: "link"; readonly target: string; readonly of: readonly GuideInline[] }
  | { readonly kind: "break" }
  /** `Focus:` at the start of a paragraph of a list, in bold or not: `focus`. The colon is not among the texts. */
  | { readonly kind: "label"; readonly name: GuideLabel }
  /** `problem` says why it is broken. */
  | { readonly kind: "button"; readonly button: GuideButton; readonly problem?: string };

export const guideLabels = ["why", "focus", "implication", "hint"] as const;
export type GuideLabel = (typeof guideLabels)[number];
