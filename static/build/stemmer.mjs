// The stemmers we use carry fmt, log and testing for the sake of one debugging line each and a file of test helpers:
// 135 KiB over the wire; and their lists of stop words, which are looked up only where stop words are not to be stemmed:
// we stem them all. The wasm modules are compiled against a copy without these lines. Nothing else differs, each
// edit fails when the line is no longer there, and the reports of wasm and native stay byte-equal, which a test holds.
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const name = 'github.com/kljensen/snowball';

const stopWords = ['len(word) <= 2 || (stemStopwWords == false && IsStopWord(word))', 'len(word) <= 2'];

const edits = {
  'english/stem.go': [stopWords],
  'french/stem.go': [stopWords],
  'snowballword/snowballword.go': [['\t"fmt"\n', ''], ['return fmt.Sprintf("{\\"%s\\", %d, %d, %d}", w.String(), w.R1start, w.R2start, w.RVstart)', 'return w.String()']],
  'french/step4.go': [['\t"log"\n\n', ''], ['\tif word.String() == "voudrion" {\n\t\tlog.Println("...", word)\n\t}\n', '']],
};

/** Makes the copy in `scratch` and returns the flag that makes Go compile against it. go(args): runs the go command. */
export async function stemmerFlag(root, scratch, go, fail) {
  go(['mod', 'download', name]); // a machine that has compiled nothing yet has no copy
  const from = go(['list', '-m', '-f', '{{.Dir}}', name]).trim() || fail(`${name} is not in the module cache: run go mod download.`);
  const to = join(scratch, 'snowball');
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  for (const part of ['', 'english', 'french', 'romance', 'snowballword']) {
    await mkdir(join(to, part), { recursive: true });
    for (const file of await readdir(join(from, part))) {
      if (part ? !/(?<!_test|testing_helpers)\.go$/.test(file) : !/^(go\.mod|LICENSE)$/.test(file)) continue;
      let source = await readFile(join(from, part, file), 'utf8');
      for (const [line, instead] of edits[`${part}/${file}`] ?? []) {
        if (source.split(line).length !== 2) fail(`${name}/${part}/${file} has changed: look again at static/build/stemmer.mjs.`);
        source = source.replace(line, () => instead);
      }
      await writeFile(join(to, part, file), source);
    }
  }
  // Named from the root, since a module holds this name: the same sources give the same bytes wherever they lie.
  await writeFile(join(scratch, 'wasm.mod'), `${await readFile(join(root, 'go.mod'), 'utf8')}\nreplace ${name} => ./${relative(root, to)}\n`);
  await copyFile(join(root, 'go.sum'), join(scratch, 'wasm.sum'));
  return `-modfile=${join(scratch, 'wasm.mod')}`;
}
