import { visibleText } from "./terminal-text.ts";

/** Text inside an element or a quoted attribute. Controls and what turns the direction of writing are made visible. */
export function escapeHtml(text: string): string {
  return visibleText(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** What every page starts from: two themes after the reader's system, no fonts or pictures from anywhere. */
const baseStyle = `
:root { color-scheme: light dark; --line: #c8ccd2; --quiet: #5d6672; --level1: #deebf7; --level2: #9ecae1; --level3: #2171b5; --on3: #fff; --code: #f3f4f6; }
@media (prefers-color-scheme: dark) { :root { --line: #454c55; --quiet: #a3acb8; --level1: #16314d; --level2: #1f5582; --level3: #4a9be0; --on3: #04121f; --code: #22262b; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem 1.5rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .875em; background: var(--code); }
pre { padding: .6rem; overflow-x: auto; }
footer { margin-top: 2rem; color: var(--quiet); font-size: .8rem; }
`;

/** A whole page. `body` and `style` are ours, made with `escapeHtml`; nothing in the page can run or be fetched. */
export function htmlPage({
  title,
  style,
  body,
}: {
  readonly title: string;
  readonly style: string;
  readonly body: string;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${baseStyle}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
