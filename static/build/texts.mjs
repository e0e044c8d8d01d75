// Every sentence the page can show: the core's (findings, ideas, importers) and the page's own, one object a language.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Merges the files of core/texts and static/src/texts, each of which holds both languages.
 * Fails when an id stands twice, or in one language only, or when a message cannot be read or asks for other
 * arguments than its translation.
 */
export async function gatherTexts(root, Failure) {
  const problems = [];
  const texts = { fr: {}, en: {} };
  const from = {};
  const add = (lang, file, messages) => {
    for (const [id, message] of Object.entries(messages)) {
      if (typeof message !== 'string') problems.push(`${file}: “${id}” is not a text`);
      else if (id in texts[lang]) problems.push(`${file}: “${id}” stands already in ${from[lang + id]}`);
      else [texts[lang][id], from[lang + id]] = [message, file];
    }
  };

  for (const dir of ['core/texts', 'static/src/texts']) {
    const files = existsSync(join(root, dir)) ? await readdir(join(root, dir), { recursive: true }) : [];
    for (const name of files.filter(f => f.endsWith('.json') && !f.includes('testdata')).sort()) {
      const { fr, en, ...rest } = await parsed(root, `${dir}/${name}`, problems);
      if (!fr || !en || Object.keys(rest).length) problems.push(`${dir}/${name}: expected {"fr": {…}, "en": {…}}`);
      add('fr', `${dir}/${name}`, fr ?? {});
      add('en', `${dir}/${name}`, en ?? {});
    }
  }

  refuse(problems, Failure); // a file that cannot be read would make every id of the other one look alone

  const read = await messageReader(root);
  for (const [lang, other] of [['fr', 'en'], ['en', 'fr']]) {
    for (const id of Object.keys(texts[lang])) {
      if (!(id in texts[other])) problems.push(`${from[lang + id]}: “${id}” has no ${other}`);
      try {
        const asked = read(texts[lang][id]);
        if (lang === 'fr' && id in texts.en) {
          const there = read(texts.en[id]);
          if (asked !== there) problems.push(`${from[lang + id]}: “${id}” asks for {${asked}} in French and {${there}} in English`);
        }
      } catch (e) {
        problems.push(`${from[lang + id]}: “${id}” (${lang}): ${e.message}`);
      }
    }
  }
  refuse(problems, Failure);
  for (const [key, file] of Object.entries(from)) if (notForThePage.has(file)) delete texts[key.slice(0, 2)][key.slice(2)];
  return texts;
}

/** What only the command line and the API say: held to the same rules, not carried to a browser. */
const notForThePage = new Set(['core/texts/cli.json', 'core/texts/api.json']);

function refuse(problems, Failure) {
  const all = [...new Set(problems)];
  if (all.length > 20) all.splice(20, all.length, `and ${all.length - 20} more`);
  if (all.length) throw new Failure(`The texts are not right:\n  ${all.join('\n  ')}`);
}

async function parsed(root, file, problems) {
  let source;
  try {
    source = await readFile(join(root, file), 'utf8');
    const value = JSON.parse(source);
    const ids = Object.values(value).flatMap(v => (typeof v === 'string' ? [v] : Object.values(v ?? {}))).length;
    const written = source.match(/"(?:[^"\\]|\\.)*"\s*:\s*"(?:[^"\\]|\\.)*"/g)?.length ?? 0; // JSON.parse keeps the last of two equal keys and says nothing
    if (written > ids) problems.push(`${file}: ${written - ids} id(s) stand twice in this file`);
    return value;
  } catch (e) {
    problems.push(`${file}: ${source === undefined ? 'cannot be read' : e.message}`);
    return {};
  }
}

/** The page's own reader of messages: what it refuses at run time is refused here. */
async function messageReader(root) {
  const { outputFiles } = await build({ entryPoints: [join(root, 'static/src/engine/format.ts')], bundle: true, write: false, format: 'esm' });
  const { parse, argumentsOf } = await import('data:text/javascript;base64,' + Buffer.from(outputFiles[0].contents).toString('base64'));
  return message => argumentsOf(parse(message)).join(', ');
}
