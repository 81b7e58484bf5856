/** Whether a path is a pattern: `*`, `?`, `**`, `{a,b}`. */
export function isGlob(path: string): boolean {
  return /[*?{]/.test(path);
}

/** The leading folders of a pattern that are plain names; empty for the current folder. */
export function baseOfGlob(pattern: string): string {
  const parts = pattern.split("/");
  const magic = parts.findIndex(isGlob);
  return parts.slice(0, Math.max(0, magic)).join("/") || (pattern.startsWith("/") ? "/" : "");
}

/** A test for paths with `/`. `**` stands for any number of folders, `*` and `?` stay inside a name. */
export function compileGlob(pattern: string): (path: string) => boolean {
  const alternatives = expandBraces(pattern).map((one) => normalise(one).split("/"));
  return (path) => {
    const names = normalise(path).split("/");
    return alternatives.some((parts) => matchesParts(names, parts));
  };
}

const mostAlternatives = 256;

/** `a{b,c}` as `ab` and `ac`; braces without an end are plain. */
function expandBraces(pattern: string): readonly string[] {
  const done: string[] = [];
  const rest = [pattern];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const braces = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(next);
    if (braces === null || done.length + rest.length >= mostAlternatives) {
      done.push(next);
    } else {
      const [, before = "", inside = "", after = ""] = braces;
      rest.push(...inside.split(",").map((choice) => before + choice + after));
    }
  }
  return done;
}

function normalise(path: string): string {
  return path.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
}

/** Row by row: which prefixes of the names the parts so far can cover. */
function matchesParts(names: readonly string[], parts: readonly string[]): boolean {
  let covered = names.map(() => false);
  covered = [true, ...covered];
  for (const part of parts) {
    let open = false;
    covered = covered.map((isCovered, length) => {
      if (part === "**") {
        open ||= isCovered;
        return open;
      }
      return covered[length - 1] === true && matchesName(names[length - 1] ?? "", part);
    });
  }
  return covered.at(-1) === true;
}

/** `*` and `?` inside one name. Goes back to the last star only, which is enough. */
function matchesName(name: string, pattern: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let starFrom = 0;
  while (from < name.length) {
    if (pattern[at] === "*") {
      star = at;
      starFrom = from;
      at += 1;
    } else if (pattern[at] === "?" || pattern[at] === name[from]) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      starFrom += 1;
      from = starFrom;
      at = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}
