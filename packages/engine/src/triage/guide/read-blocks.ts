import type { GuideBlock, GuideInline, GuideRow } from "./blocks.ts";
import { buttonToken, makeMarkdown, type Token } from "./markdown.ts";
import { readButton } from "./read-button.ts";
import { splitLabel } from "./read-label.ts";
import { scanPlugin } from "./scan-plugin.ts";
import { sectionRole } from "./section-role.ts";

const markdown = makeMarkdown();

/**
 * Reads Markdown as guides and setup notes have it. Any text has blocks: HTML and pictures are text. Nesting is bounded
 * by the parser; what is deeper is left out by it.
 */
export function readBlocks(text: string): readonly GuideBlock[] {
  return blocksOf(treeOf(markdown.parse(text, {})));
}

/** A token with what stands between it and its end. */
interface Node {
  readonly token: Token;
  readonly of: readonly Node[];
}

function treeOf(tokens: readonly Token[]): readonly Node[] {
  const root: Node[] = [];
  const open: Node[][] = [root];
  for (const token of tokens) {
    if (token.nesting === -1) {
      open.pop();
      continue;
    }
    const of: Node[] = [];
    open.at(-1)?.push({ token, of });
    if (token.nesting === 1) open.push(of);
  }
  return root;
}

function blocksOf(nodes: readonly Node[], isInList = false): readonly GuideBlock[] {
  return nodes.map((node) => blockOf(node, isInList));
}

function blockOf({ token, of }: Node, isInList: boolean): GuideBlock {
  switch (token.type) {
    case "heading_open": {
      const role = sectionRole(of[0]?.token.content ?? "");
      return { kind: "heading", level: Number(token.tag.slice(1)), role, of: textsOf(of) };
    }
    case "bullet_list_open":
      return { kind: "list", items: of.map((item) => blocksOf(item.of, true)) };
    case "ordered_list_open": {
      const start = Number(token.attrGet("start") ?? 1);
      return { kind: "list", start, items: of.map((item) => blocksOf(item.of, true)) };
    }
    case "blockquote_open":
      return { kind: "quote", of: blocksOf(of, isInList) };
    case "fence":
    case "code_block":
      return { kind: "code", text: token.content.replace(/\n$/, "") };
    case "hr":
      return { kind: "rule" };
    case "table_open": {
      const [head = [], ...rows] = of.flatMap((part) => part.of.map(rowOf));
      return { kind: "table", head, rows };
    }
    default: {
      const texts = textsOf(of);
      return {
        kind: "paragraph",
        isTight: token.hidden,
        of: isInList ? splitLabel(texts) : texts,
      };
    }
  }
}

function rowOf({ of }: Node): GuideRow {
  return of.map((cell) => textsOf(cell.of));
}

/** Of a block that holds text and no blocks. */
function textsOf(nodes: readonly Node[]): readonly GuideInline[] {
  return nodes.flatMap(({ token }) => inlinesOf(treeOf(token.children ?? [])));
}

function inlinesOf(nodes: readonly Node[]): readonly GuideInline[] {
  return nodes.flatMap(inlineOf);
}

function inlineOf({ token, of }: Node): readonly GuideInline[] {
  switch (token.type) {
    case "code_inline":
      return [{ kind: "code", text: token.content }];
    case "em_open":
      return [{ kind: "emphasis", of: inlinesOf(of) }];
    case "strong_open":
      return [{ kind: "strong", of: inlinesOf(of) }];
    case "s_open":
      return [{ kind: "struck", of: inlinesOf(of) }];
    case "link_open":
      return [{ kind: "link", target: String(token.attrGet("href") ?? ""), of: inlinesOf(of) }];
    case "softbreak":
      return [{ kind: "text", text: " " }];
    case "hardbreak":
      return [{ kind: "break" }];
    case buttonToken:
      return [buttonOf(token.content)];
    default:
      return token.content === "" ? [] : [{ kind: "text", text: token.content }];
  }
}

function buttonOf(text: string): GuideInline {
  const plugin = scanPlugin(text, 0);
  if (plugin === undefined) throw new Error("a button token is a button");
  return { kind: "button", ...readButton(plugin, text) };
}
