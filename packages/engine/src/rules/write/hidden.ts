/**
 * Characters that no reader of a rule sees, and that can turn or hide what stands around them: controls but tab and line
 * feed, direction marks, characters without width, line separators.
 */
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const everyHidden = new RegExp(hidden.source, "gu");

/** Whether a text needs escapes, so that whoever looks at it sees what it holds. */
export function holdsHidden(text: string): boolean {
  return hidden.test(text);
}

/**
 * Hidden characters as `\u0000`, each UTF-16 unit its own: for strings that know this escape in this form. Line feeds and
 * tabs stay.
 */
export function escapeHidden(text: string): string {
  return text.replace(everyHidden, (character) => {
    let escaped = "";
    for (let index = 0; index < character.length; index += 1) {
      escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
    }
    return escaped;
  });
}
