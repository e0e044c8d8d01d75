/** The lines an agency pastes into its site, from what it chose. */

export const modes = ['assess', 'report', 'board'] as const;
export const looks = ['accent', 'surface', 'text', 'radius', 'font'] as const;

export interface Choices {
  lang: 'fr' | 'en'; mode: (typeof modes)[number]; preset: string; theme: 'auto' | 'light' | 'dark'; title: string; act: string; board: string; height: string;
  looks: Partial<Record<(typeof looks)[number], string>>;
}

const escaped = (s: string): string => s.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Attributes that say something, in the order the documentation names them. */
export function attributesOf(c: Choices): [string, string][] {
  const all: [string, string][] = [['lang', c.lang], ['mode', c.mode], ['preset', c.mode === 'assess' ? c.preset : ''], ['board', c.mode === 'assess' ? '' : c.board], ['theme', c.theme === 'auto' ? '' : c.theme], ['title', c.title], ['height', c.height]];
  return all.filter(([, v]) => v);
}

export const styleOf = (c: Choices): string => looks.flatMap((k) => (c.looks[k] ? [`--unisson-${k}: ${c.looks[k]}`] : [])).join('; ');

export function element(c: Choices, origin: string): string {
  const style = styleOf(c);
  const attributes = [...attributesOf(c), ...(style ? [['style', style]] : [])].map(([k, v]) => ` ${k}="${escaped(v!)}"`).join('');
  return `<unisson-check${attributes}>\n  <a href="${origin}/${c.lang}">${escaped(c.act)}</a>\n</unisson-check>`;
}

/** integrity: of a release, which then is named instead of the evergreen loader. */
export function script(c: Choices, origin: string, release?: { version: string; integrity: string }): string {
  const tag = release
    ? `<script type="module" src="${origin}/embed/v${release.version}.js"\n  integrity="${release.integrity}" crossorigin></script>`
    : `<script type="module" src="${origin}/embed/v1.js"></script>`;
  return `${tag}\n${element(c, origin)}`;
}

/** For an editor that strips scripts: it has a fixed height, and nobody to hand a score to. */
export function frame(c: Choices, origin: string): string {
  const [id = '', token = ''] = c.mode === 'board' ? c.board.split('/') : [];
  const said = new URLSearchParams([['mode', c.mode], ...(c.mode === 'assess' && c.preset ? [['preset', c.preset]] : []), ...(token ? [['board', c.board]] : []), ['theme', c.theme], ...looks.flatMap((k) => (c.looks[k] ? [[k, c.looks[k]]] : []))] as [string, string][]);
  return `<iframe src="${origin}/embed/${c.lang}${id ? `?board=${encodeURIComponent(id)}` : ''}#${escaped(said.toString())}"\n  title="${escaped(c.title || 'Unisson')}" width="100%" height="${c.height || '640'}" loading="lazy" referrerpolicy="no-referrer" style="border:0"></iframe>`;
}

export const listening = (): string => `<script type="module">
  const check = document.querySelector('unisson-check');
  check.addEventListener('unisson:share', ({ detail }) => {
    console.log(detail.to, detail.result.proven, detail.result.findings);
  });
  await check.ready;
</script>`;

export const asking = (): string => `<script type="module">
  const check = document.querySelector('unisson-check');
  await check.ready;
  try {
    const board = await check.exportBoard(); // the visitor is asked, inside the frame
    console.log(board.channels);
  } catch (e) {
    console.log(e.name); // NotAllowedError: they keep their texts
  }
</script>`;

export const reporting = (origin: string, lang: 'fr' | 'en'): string => `<script type="application/json" id="our-board">
  { "format": "unisson/1", "lang": "${lang}",
    "channels": [
      { "id": "site", "name": "Site", "kind": "site", "objectives": ["o1"] },
      { "id": "insta", "name": "Instagram", "kind": "instagram", "objectives": ["o2"] }
    ],
    "objectives": [{ "id": "o1", "title": "${lang === 'fr' ? 'Vendre du pain' : 'Sell bread'}" }, { "id": "o2", "title": "${lang === 'fr' ? 'Dix mille abonnés' : 'Ten thousand followers'}" }] }
</script>
<script type="module" src="${origin}/embed/v1.js"></script>
<unisson-check lang="${lang}" mode="report" board="#our-board"></unisson-check>`;

/** What a host's own policy must allow, and no more. */
export const policy = (origin: string): string => `Content-Security-Policy: script-src ${origin}; frame-src ${origin}`;
