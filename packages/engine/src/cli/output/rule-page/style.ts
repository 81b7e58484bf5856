/** Of rule pages and of the pages that list them. Builds on what every page starts from (`html.ts`). */
export const pageStyle = `
:root { --accent: #0b5cad; --soft: #f6f7f9; --low: #3b7a57; --medium: #8a6100; --high: #b3450f; --critical: #b3163b; --text-mark: #0a6b3d; --word-mark: #7a2fa0; }
@media (prefers-color-scheme: dark) { :root { --accent: #7db8f5; --soft: #1b1f24; --low: #7cc9a0; --medium: #e0b34d; --high: #f5935a; --critical: #ff7d9a; --text-mark: #86d3a5; --word-mark: #d7a3f0; } }
@media screen and (prefers-color-scheme: dark) { body { background: #121417; color: #dfe3e8; } }
body { max-width: 76rem; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
main:focus { outline: none; }
code { border-radius: 3px; padding: .08em .3em; overflow-wrap: anywhere; }
pre { border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; }
pre code { padding: 0; background: none; font-size: 1em; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: .8rem 0 .4rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .4rem; }
h4, h5, h6 { font-size: 1rem; margin: 1.3rem 0 .4rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: Canvas; padding: .3rem .6rem; z-index: 1; }
.site { border-bottom: 1px solid var(--line); padding-bottom: .5rem; font-size: .9rem; }
.site nav { display: flex; flex-wrap: wrap; gap: .2rem 1rem; }
.site [aria-current] { color: inherit; font-weight: 600; text-decoration: none; }
.lead { font-size: 1.08rem; max-width: 52rem; overflow-wrap: anywhere; }
.rule { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; gap: 0 2.5rem; align-items: start; }
.facts { grid-column: 2; grid-row: 1; background: var(--soft); border: 1px solid var(--line); border-radius: 8px; padding: .4rem 1rem 1rem; font-size: .875rem; }
.facts h2 { position: absolute; left: -99rem; }
.facts dl { margin: 0; } .facts code { padding: 0; background: none; }
.facts dl > div { padding: .4rem 0; border-bottom: 1px solid var(--line); }
.facts dl > div:last-child { border: 0; }
dt { color: var(--quiet); font-size: .8rem; }
dd { margin: 0; overflow-wrap: anywhere; }
dd ul { margin: 0; padding: 0; list-style: none; }
.severity dd { font-weight: 700; text-transform: capitalize; } .severity a { color: inherit; }
.severity.low dd, .low.badge { color: var(--low); } .severity.medium dd, .medium.badge { color: var(--medium); }
.severity.high dd, .high.badge { color: var(--high); } .severity.critical dd, .critical.badge { color: var(--critical); }
.sections { grid-column: 1; grid-row: 1; min-width: 0; max-width: 52rem; }
.sections > section:first-of-type h2 { margin-top: 1rem; }
.contents ul { display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin: .4rem 0 0; padding: 0; list-style: none; font-size: .9rem; }
.query .text { color: var(--text-mark); } .query .keyword { color: var(--word-mark); } .query .comment { color: var(--quiet); font-style: italic; }
.guide, .sections li { overflow-wrap: anywhere; }
.guide li { margin: .25rem 0; }
.steps { padding-left: 0; list-style: none; counter-reset: step; }
.steps > li { counter-increment: step; position: relative; border: 1px solid var(--line); border-radius: 8px; padding: .6rem .9rem .6rem 3rem; margin: .7rem 0; }
.steps > li::before { content: counter(step); position: absolute; left: .8rem; top: .65rem; width: 1.5rem; height: 1.5rem; border-radius: 50%; background: var(--level1); text-align: center; font-size: .85rem; line-height: 1.5rem; font-weight: 600; }
.steps > li > p:first-child { margin-top: 0; }
.steps ul { padding-left: 1.2rem; }
.guide li:has(> .focus, > .implication, > .hint, > .why) { list-style: none; margin-left: -1.2rem; }
.guide p.focus, .guide p.implication, .guide p.hint, .guide p.why { margin: .4rem 0; padding-left: .7rem; border-left: 3px solid var(--line); }
.guide p.implication { border-color: var(--high); } .guide p.focus { border-color: var(--level3); } .guide p.hint, .guide p.why { border-color: var(--low); }
.label { text-transform: capitalize; margin-right: .2rem; }
.button { border: 1px solid var(--level3); border-radius: 6px; background: var(--soft); padding: .45rem .8rem; margin: .5rem 0; font-size: .9rem; break-inside: avoid; }
.button p { margin: 0; } .button ul { margin: .2rem 0; padding-left: 0; list-style: none; } .button li { margin: .15rem 0; }
.button.broken { border-style: dashed; border-color: var(--critical); }
.range, .host { color: var(--quiet); font-size: .85em; }
blockquote { margin: .8rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--quiet); }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); }
.techniques ul { padding-left: 1.2rem; } .techniques > ul { padding-left: 0; list-style: none; }
@media (max-width: 60rem) {
  .rule { display: block; } .facts { margin-top: 1rem; }
  .facts dl { columns: 2 16rem; column-gap: 2rem; } .facts dl > div { break-inside: avoid; }
}
@media (max-width: 34rem) { .facts dl > div { display: grid; grid-template-columns: 6.5rem 1fr; padding: .2rem 0; } body { padding: .6rem .8rem; } .steps > li { padding-left: .9rem; padding-top: 2.4rem; } }
@media print {
  body { max-width: none; font-size: 10.5pt; } .site, .contents, .skip { display: none; } .rule { display: block; }
  .facts dl { columns: 2; } .steps > li, pre, .facts { break-inside: avoid-page; } a { color: inherit; }
}
`;
