/** What a page with `pageStyle` is made of: a link past the navigation, the navigation, the text. All of it is HTML of ours. */
export function frameHtml(navigation: string, main: string): string {
  const header =
    navigation === ""
      ? ""
      : `<a class="skip" href="#main">To the text</a>
<header class="site"><nav aria-label="Site">${navigation}</nav></header>
`;
  return `${header}<main id="main" tabindex="-1">
${main}
</main>`;
}
