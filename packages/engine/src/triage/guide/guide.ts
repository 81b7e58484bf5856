import type { FieldPath } from "@harrier/lang/values";

/** An investigation guide, a rule's `note`, as something to work with. */
export interface Guide {
  /** In the order of the text. */
  readonly sections: readonly GuideSection[];
  /** The questions to answer, in the order of the text. */
  readonly steps: readonly GuideStep[];
  /** Everything that can be run, in the order of the text; steps name them by their place here. */
  readonly buttons: readonly GuideButton[];
  readonly problems: readonly GuideProblem[];
}

export type SectionRole =
  | "investigating"
  | "steps"
  | "false-positives"
  | "response"
  | "related-rules"
  | "setup"
  | "other";

export interface GuideSection {
  readonly role: SectionRole;
  /** Markdown of the heading; empty for the text before the first one. */
  readonly heading: string;
  /** 1 to 6, 0 for the text before the first heading. */
  readonly level: number;
  /** Markdown below the heading, buttons as written. Ends where the next heading of any level starts. */
  readonly text: string;
}

/** One question of the guide: a bullet of the steps section and what stands under it. All texts are Markdown, buttons taken out. */
export interface GuideStep {
  readonly question: string;
  readonly why: readonly string[];
  readonly focus: readonly string[];
  readonly implication: readonly string[];
  readonly hint: readonly string[];
  /** What stands under the question without one of these labels. */
  readonly more: readonly string[];
  /** The fields that the step names in back-quotes, each once, in order. */
  readonly fields: readonly FieldPath[];
  /** Places in the guide's buttons. */
  readonly buttons: readonly number[];
}

export type GuideButton = InvestigateButton | OsqueryButton | BrokenButton;

/** A query with templates: `!{investigate{…}}`. */
export interface InvestigateButton {
  readonly kind: "investigate";
  readonly label: string;
  readonly description: string;
  /** One group must hold, with all its conditions. */
  readonly groups: readonly (readonly Provider[])[];
  /** Date math around the alert, both or none: `now-1h`. */
  readonly range?: { readonly from: string; readonly to: string };
}

/** A query for a live endpoint: `!{osquery{…}}`. It can be shown and copied, not run. */
export interface OsqueryButton {
  readonly kind: "osquery";
  readonly label: string;
  readonly query: string;
}

/** What was meant to be a button and is none; the problem says why. */
export interface BrokenButton {
  readonly kind: "broken";
  readonly text: string;
}

/** One condition of an investigate query. */
export interface Provider {
  readonly field: FieldPath;
  /** The condition must not hold. */
  readonly isExcluded: boolean;
  readonly test: ProviderTest;
}

export type ProviderTest =
  /** Some value of the field is one of these. */
  | { readonly kind: "values"; readonly values: readonly TemplateValue[] }
  | { readonly kind: "exists" }
  | { readonly kind: "range"; readonly gte?: TemplateValue; readonly lt?: TemplateValue };

/**
 * A constant, or a text with fields of the alert in it: `["", { field: "host.id" }, ""]` is `{{host.id}}`. A list has at
 * least one field.
 */
export type TemplateValue = string | number | boolean | readonly TemplatePart[];

export type TemplatePart = string | { readonly field: FieldPath };

/** Something of a guide that does not do what its author meant. The rest of the guide works. */
export interface GuideProblem {
  readonly code: "broken-button" | "unknown-placeholder";
  readonly message: string;
  readonly hint?: string;
  /** The words of the guide that it is about, cut when long. */
  readonly text: string;
}
