import { pageStyle } from "../rule-page/style.ts";

/** Of the pages that list rules. */
export const listStyle = `${pageStyle}
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1rem; margin-top: 1.5rem; }
.cards > section { border: 1px solid var(--line); border-radius: 8px; padding: .2rem 1.1rem .8rem; }
.cards h2 { font-size: 1.05rem; border: 0; margin: .7rem 0 .3rem; padding: 0; }
.groups { list-style: none; margin: 0; padding: 0; }
.groups li { display: flex; justify-content: space-between; gap: 1rem; padding: .12rem 0; overflow-wrap: anywhere; }
.groups.wide li { border-bottom: 1px solid var(--line); padding: .3rem 0; max-width: 44rem; }
.groups span { white-space: nowrap; color: var(--quiet); font-variant-numeric: tabular-nums; }
.listed { list-style: none; margin: 1rem 0; padding: 0; }
.listed li { padding: .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; content-visibility: auto; contain-intrinsic-size: auto 3.4rem; }
.listed p { margin: .1rem 0 0; color: var(--quiet); font-size: .87rem; }
.badge { font-weight: 600; font-size: .8rem; }
.letters { display: flex; flex-wrap: wrap; gap: .2rem .7rem; margin: .8rem 0; padding: 0; list-style: none; }
`;
