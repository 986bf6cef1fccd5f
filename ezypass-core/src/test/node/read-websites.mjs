// Normalises the websites of a list (written, kind, value), each as section 9 of docs/wire-format.md says:
//
//   node read-websites.mjs WEBSITES.csv
import { readFileSync } from 'node:fs';
import { NeedsIdna, website } from './websites.mjs';

const COLUMN = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
const unescaped = (text) => text.replace(/\\u([0-9a-f]{4})/g, (_, c) => String.fromCharCode(parseInt(c, 16)));

const lines = readFileSync(process.argv[2], 'utf8').split('\n').slice(1);
const count = { right: 0, wrong: 0, skipped: 0 };
for (const line of lines.filter((l) => l !== '' && !l.startsWith('#'))) {
  const columns = [...line.matchAll(COLUMN)].map((m) => m[1]?.replace(/""/g, '"') ?? m[2]);
  const [written, kind, value] = columns.map(unescaped);
  try {
    const got = website(written);
    const right = got.kind === kind && got.value === value;
    count[right ? 'right' : 'wrong']++;
    if (!right) {
      console.log(`WRONG ${line}: read ${got.kind} ${got.value}`);
    }
  } catch (e) {
    if (!(e instanceof NeedsIdna)) {
      throw e;
    }
    count.skipped++;
  }
}
console.log(
  `${count.right} websites right, ${count.wrong} wrong, ${count.skipped} skipped: ` +
    'their hosts need IDNA 2003 (java.net.IDN), which Node does not have',
);
process.exitCode = count.wrong === 0 && count.right > 0 ? 0 : 1;
