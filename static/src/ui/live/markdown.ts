/** What one takes away, as headings with lines under them: the page and the file are two renderings of it. */
export interface Minutes { title: string; date: string; sections: { title: string; text?: string; items: { text: string; aside?: string; quote?: boolean }[] }[] }

/** What people wrote stands in it as they wrote it, line breaks made into spaces. */
export function markdownOf(m: Minutes, dated: string): string {
  const line = (s: string): string => s.replace(/\s+/g, ' ').trim().replace(/[\\`*_[\]<>#|~]/g, '\\$&');
  const blocks = [`# ${line(m.title)}`, line(dated)];
  for (const { title, text, items } of m.sections) {
    blocks.push(`## ${line(title)}`);
    if (text) blocks.push(line(text));
    if (items.length) blocks.push(items.map((i) => `- ${line(i.text)}${i.aside ? ` (${line(i.aside)})` : ''}`).join('\n'));
  }
  return blocks.join('\n\n') + '\n';
}
