import { describe, expect, it } from "vitest";
import { readBlocks } from "../index.ts";

const text = (words: string) => ({ kind: "text", text: words });
const paragraph = (...of: readonly unknown[]) => ({ kind: "paragraph", isTight: false, of });
const tight = (...of: readonly unknown[]) => ({ kind: "paragraph", isTight: true, of });

describe("a guide's blocks", () => {
  it("are headings with their roles, paragraphs, lists, quotes, code, tables", () => {
    const note = [
      "### Response and *more*",
      "a\nb  \nc",
      "3. x\n4. y",
      "> q",
      "```sh\nls\n```",
      "---",
      "| h |\n|---|\n| `c` |",
    ].join("\n\n");
    expect(readBlocks(note)).toEqual([
      {
        kind: "heading",
        level: 3,
        role: "response",
        of: [text("Response and "), { kind: "emphasis", of: [text("more")] }],
      },
      paragraph(text("a"), text(" "), text("b"), { kind: "break" }, text("c")),
      { kind: "list", start: 3, items: [[tight(text("x"))], [tight(text("y"))]] },
      { kind: "quote", of: [paragraph(text("q"))] },
      { kind: "code", text: "ls" },
      { kind: "rule" },
      { kind: "table", head: [[text("h")]], rows: [[[{ kind: "code", text: "c" }]]] },
    ]);
  });

  it("have labels at the start of what stands in a list, in bold or not", () => {
    const label = (name: string) => ({ kind: "label", name });
    const [list] = readBlocks(
      "- Focus: a\n- **Hint**: b\n- **Why:** c\n- implication:\n- Focusing: d\n- **Focus** e",
    );
    expect(list).toMatchObject({
      items: [
        [tight(label("focus"), text("a"))],
        [tight(label("hint"), text("b"))],
        [tight(label("why"), text("c"))],
        [tight(label("implication"))],
        [tight(text("Focusing: d"))],
        [tight({ kind: "strong" }, text(" e"))],
      ],
    });
    expect(readBlocks("Focus: a")).toEqual([paragraph(text("Focus: a"))]);
  });

  it("have buttons with what they ask, and broken ones with the reason", () => {
    const osquery = '!{osquery{"label":"Users","query":"SELECT * FROM users"}}';
    expect(readBlocks(`${osquery} !{insight{oops}}`)).toEqual([
      paragraph(
        {
          kind: "button",
          button: { kind: "osquery", label: "Users", query: "SELECT * FROM users" },
        },
        text(" "),
        {
          kind: "button",
          button: { kind: "broken", text: "!{insight{oops}}" },
          problem: "what stands between its braces is not JSON",
        },
      ),
    ]);
  });

  it("take HTML, pictures and links that run something as text", () => {
    const html = "<b>x</b><script>y</script>";
    expect(readBlocks(html)).toEqual([paragraph(text(html))]);
    expect(readBlocks("[a](javascript:alert(1))")).toEqual([
      paragraph(text("[a](javascript:alert(1))")),
    ]);
    expect(readBlocks("[a](http://x.example)")).toEqual([
      paragraph({ kind: "link", target: "http://x.example", of: [text("a")] }),
    ]);
    expect(JSON.stringify(readBlocks("![a](http://x.example/p.png)"))).not.toContain("image");
  });

  it("end somewhere, however deep the text", () => {
    expect(readBlocks(`${"> ".repeat(5000)}x`)).toHaveLength(1);
    expect(readBlocks(`${"*a ".repeat(5000)}`)).toHaveLength(1);
  });
});
