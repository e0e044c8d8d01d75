// Lays out a new rule: `node core/rules/new.mjs NAME`, from the root. The catalogue (testdata/catalogue/rules.json) says
// what the rule is. Three files are written: the rule, its cases, its texts. They compile, and the tests fail until each
// is filled in: the cases must make the rule speak and stay silent, and the missing texts are named.
import { readFileSync, writeFileSync } from 'node:fs';

const [name] = process.argv.slice(2);
const quit = message => { console.error(message); process.exit(1); };
if (!/^[A-Z]{2}[1-9]$/.test(name ?? '')) quit('Usage: ./build.sh new rule NAME, with the name of a rule of the catalogue, such as ST3.');

const catalogue = 'core/rules/testdata/catalogue/rules.json';
const { rules } = JSON.parse(readFileSync(catalogue, 'utf8'));
const rule = rules.find(r => r.id === name);
if (!rule) quit(`${name} is not in ${catalogue}. A rule is first described there.`);

const say = s => s.replace(/'/g, '’').replace(/« /g, '«\u202f').replace(/ (?=[»;:!?%])/g, '\u202f');
const severity = rule.severity[0].toUpperCase() + rule.severity.slice(1);
const comment = (label, text) => wrap(`${label}: ${text}`).map(l => `// ${l}\n`).join('');
const files = {
  [`core/rules/${name.toLowerCase()}.go`]: `package rules

import "unisson/core/report"

${comment('Reads', rule.inputs)}${comment('Accuses', rule.compute)}${comment('Needs', rule.minimum_data)}${comment('Spares', rule.false_positive_guards)}var _ = register(Rule{
	ID: "${name}", Dim: "${rule.dim}", Severity: report.${severity}, Required: ${rule.counts === 'required'}, Article: "${rule.article.join(' ')}",
	Check: func(r *Reading, o *Out) {
		panic("${name} judges nothing yet")
	},
})
`,
  [`core/rules/testdata/${name}.json`]: JSON.stringify({ cases: [] }, null, 1) + '\n',
  [`core/texts/rules/${name}.json`]: JSON.stringify({
    fr: { [`${name}.remedy`]: say(rule.remedy_fr), [`${name}.ideas`]: rule.article.join(' ') },
    en: { [`${name}.remedy`]: rule.remedy_en.replace(/'/g, '’'), [`${name}.ideas`]: rule.article.join(' ') },
  }, null, 1) + '\n',
};

for (const [path, content] of Object.entries(files)) {
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (e) {
    quit(e.code === 'EEXIST' ? `${path} is already there; nothing was written over.` : e.message);
  }
  console.log(`wrote ${path}`);
}
console.log(`
Next:
  1. core/rules/${name.toLowerCase()}.go: say of each object Pass, Fail or Unknown; the comment above the rule is the catalogue's.
  2. core/rules/testdata/${name}.json: cases where it speaks (2 at least), stays silent (2) and cannot judge (1), in both languages.
  3. core/texts/rules/${name}.json: ${name}.name, ${name}.sentence and ${name}.why, in French and English.
  4. go test ./core/... says what is missing; ./build.sh golden rewrites the golden reports.`);

function wrap(text, width = 115) {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}
