import type { AttackTechnique } from "../../../rules/index.ts";
import type { GuideBlock } from "../../../triage/index.ts";

/** A rule as a page, before it is laid out: for a terminal, as Markdown or as HTML. All texts are text, hostile ones among them. */
export interface RulePage {
  readonly title: string;
  readonly lead: string;
  readonly facts: readonly Fact[];
  readonly sections: readonly PageSection[];
}

/** One line of what a rule is. */
export interface Fact {
  readonly name: string;
  readonly values: readonly string[];
  /** The values are names of fields, indices, ids. */
  readonly isCode?: true;
}

export interface PageSection {
  readonly title: string;
  readonly body: SectionBody;
}

export type SectionBody =
  /** Keeps its lines. */
  | { readonly kind: "code"; readonly text: string }
  /** What somebody wrote in Markdown. */
  | { readonly kind: "guide"; readonly blocks: readonly GuideBlock[] }
  | { readonly kind: "list"; readonly items: readonly string[] }
  /** Addresses, or what stands where one should. */
  | { readonly kind: "addresses"; readonly items: readonly string[] }
  | { readonly kind: "techniques"; readonly items: readonly PageTechnique[] }
  | { readonly kind: "fields"; readonly items: readonly PageField[] }
  | { readonly kind: "exceptions"; readonly items: readonly PageException[] };

/** A tactic, technique or sub-technique, with those below it. */
export interface PageTechnique {
  readonly id: string;
  readonly name: string;
  /** As the rule has it: any text. */
  readonly reference: string;
  /** What has taken the place of an id that ATT&CK has given up. */
  readonly successor?: AttackTechnique;
  readonly below: readonly PageTechnique[];
}

export interface PageField {
  readonly name: string;
  readonly type: string;
  /** The field is one of ECS; absent where nobody said. */
  readonly isEcs?: boolean;
}

export interface PageException {
  readonly name: string;
  /** All of these hold. */
  readonly conditions: readonly string[];
  /** Until when, on which systems. */
  readonly limits: readonly string[];
}
