import type { GuideButton, Provider, TemplateValue } from "../../../triage/index.ts";

/** A button of a guide in words. */
export interface ButtonWords {
  readonly label: string;
  readonly description: string;
  /** `now-1h to now`; empty where nothing is said. */
  readonly range: string;
  /** One group must hold, with all its conditions. Empty for what has none. */
  readonly groups: readonly (readonly string[])[];
  /** A query for a live endpoint, or what was meant to be a button. */
  readonly code: string;
}

export function describeButton(button: GuideButton, problem?: string): ButtonWords {
  switch (button.kind) {
    case "investigate": {
      const { label, description, groups, range } = button;
      return {
        label,
        description,
        range: range === undefined ? "" : `${range.from} to ${range.to}`,
        groups: groups.map((group) => group.map(conditionText)),
        code: "",
      };
    }
    case "osquery":
      return {
        label: button.label,
        description: "Osquery, to be run on the host",
        range: "",
        groups: [],
        code: button.query,
      };
    case "broken":
      return {
        label: "Broken button",
        description: problem ?? "",
        range: "",
        groups: [],
        code: button.text,
      };
    default:
      return button satisfies never;
  }
}

function conditionText({ field, isExcluded, test }: Provider): string {
  switch (test.kind) {
    case "exists":
      return `${field} ${isExcluded ? "does not exist" : "exists"}`;
    case "values": {
      const values = test.values.map(valueText);
      if (values.length === 1) return `${field} ${isExcluded ? "is not" : "is"} ${values[0]}`;
      return `${field} ${isExcluded ? "is none of" : "is one of"} ${values.join(", ")}`;
    }
    case "range": {
      const bounds = [
        ...(test.gte === undefined ? [] : [`at least ${valueText(test.gte)}`]),
        ...(test.lt === undefined ? [] : [`below ${valueText(test.lt)}`]),
      ];
      return `${field} is ${isExcluded ? "not " : ""}${bounds.join(" and ")}`;
    }
    default:
      return test satisfies never;
  }
}

function valueText(value: TemplateValue): string {
  if (typeof value !== "object") return String(value);
  return value.map((part) => (typeof part === "string" ? part : `{{${part.field}}}`)).join("");
}
