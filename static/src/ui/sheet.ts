/** Style sheets that come with a lazily loaded page, adopted once. The CSP allows them: they are no inline style. */
export function adopt(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
