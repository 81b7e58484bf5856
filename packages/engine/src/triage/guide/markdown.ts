import MarkdownIt, { type MarkdownIt as Markdown, type Token } from "markdown-it";
import { scanPlugin } from "./scan-plugin.ts";

/** The type of the tokens that stand for buttons; `content` is the button as written, `meta` what `scanPlugin` found. */
export const buttonToken = "guide_button";

/**
 * Markdown as guides have it: no HTML, no images, no link that nobody wrote. Buttons are tokens of their own, so that
 * their JSON is never taken for text.
 */
export function makeMarkdown(): Markdown {
  const markdown = MarkdownIt({ html: false, linkify: false }).disable("image");
  markdown.inline.ruler.before("escape", buttonToken, (state, isSilent) => {
    const plugin = scanPlugin(state.src, state.pos);
    if (plugin === undefined) return false;
    if (!isSilent) {
      const token = state.push(buttonToken, "", 0);
      token.content = state.src.slice(state.pos, plugin.end);
      token.meta = { ...plugin };
    }
    state.pos = plugin.end;
    return true;
  });
  return markdown;
}

export type { Token };
