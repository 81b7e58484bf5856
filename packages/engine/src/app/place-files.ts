import type { Rule, RuleOrigin } from "../rules/index.ts";

/** Says where converted files go, below the folder of the output. No path is given twice. */
export interface FilePlaces {
  /** The place of a file of its own form: the same, with another ending. */
  readonly forFile: (relative: string, format: RuleOrigin["format"]) => string;
  /** The place of a rule's own TOML file: that of the file it was in, or a folder of this name where that held several. */
  readonly forRule: (relative: string, rule: Rule, rulesOfFile: number) => string;
}

const longestStem = 80;
/** Names that Windows keeps for devices. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

export function placeFiles(): FilePlaces {
  // File systems that do not tell cases apart are met, too.
  const taken = new Set<string>();
  const take = (stem: string, ending: string) => {
    let path = `${stem}${ending}`;
    for (let number = 2; taken.has(path.toLowerCase()); number += 1) {
      path = `${stem}-${number}${ending}`;
    }
    taken.add(path.toLowerCase());
    return path;
  };
  return {
    forFile: (relative, format) => take(stemOf(relative), `.${format}`),
    forRule: (relative, rule, rulesOfFile) =>
      take(
        rulesOfFile === 1 ? stemOf(relative) : `${stemOf(relative)}/${fileNameOf(rule)}`,
        ".toml",
      ),
  };
}

function stemOf(relative: string): string {
  return relative.replace(/\.[^./]*$/, "");
}

/** A rule's name as that of a file: small letters, digits and `_`, as the rule repository names its own. */
function fileNameOf({ name, ruleId }: Rule): string {
  const stem = slugOf(name) || slugOf(ruleId) || "rule";
  return devices.test(stem) ? `rule_${stem}` : stem;
}

function slugOf(text: string): string {
  const words = text
    .toLowerCase()
    .slice(0, longestStem * 4)
    .split(/[^a-z0-9]+/);
  return words
    .filter((word) => word !== "")
    .join("_")
    .slice(0, longestStem)
    .replace(/_$/, "");
}
