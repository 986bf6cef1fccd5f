// A second reader of stored format 1, written from docs/wire-format.md alone. It reads every golden vector:
//
//   node read-vectors.mjs DIRECTORY
//
// One line for each file, then a summary; what is not as the vectors say, and exit code 1. Needs Node 18 or later.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from './bytes.mjs';
import { canonical, differences, parse } from './json.mjs';
import { openedKeys, READ } from './kinds.mjs';
import { sealingDifferences } from './sealing-steps.mjs';

const MAX_SHOWN = 20;
const KEYS_FILE = 'vaults.json';

/** What is wrong with the reading of a vector, one line each. */
function check(read, kind, vector, keys) {
  const positive = Object.hasOwn(vector, 'expect');
  if (positive === Object.hasOwn(vector, 'error')) {
    return ['a vector has either expect or error'];
  }
  let got;
  try {
    got = read(vector, keys);
  } catch (e) {
    const shown = e instanceof Refused ? e.message : e.stack;
    if (positive) {
      return [`expected to be read, refused: ${shown}`];
    }
    return e instanceof Refused && e.code === vector.error
      ? []
      : [`expected the refusal ${vector.error}, got ${shown}`];
  }
  if (!positive) {
    return [`expected the refusal ${vector.error}, but it was read: ${canonical(got).slice(0, 200)}`];
  }
  const steps = vector.sealing === undefined ? [] : sealingDifferences(kind, vector, keys);
  return [...differences(vector.expect, got), ...steps];
}

function main(directory) {
  const load = (file) => parse(readFileSync(join(directory, file), 'utf8'));
  const keys = openedKeys(load(KEYS_FILE));
  const files = readdirSync(directory).filter((f) => f.endsWith('.json') && f !== KEYS_FILE).sort();
  const seen = new Set();
  const wrong = [];
  const total = { read: 0, refused: 0, sealed: 0 };
  for (const file of files) {
    const { format, kind, vectors } = load(file);
    const read = READ[kind];
    if (format !== 1n || read === undefined || vectors.length === 0) {
      throw new Error(`${file}: format ${format}, kind ${kind}, ${vectors.length} vectors`);
    }
    const count = { read: 0, refused: 0, sealed: 0 };
    const before = wrong.length;
    for (const vector of vectors) {
      if (seen.has(vector.id)) {
        wrong.push(`${vector.id}: the id is there twice`);
      }
      seen.add(vector.id);
      count['expect' in vector ? 'read' : 'refused']++;
      count.sealed += vector.sealing === undefined ? 0 : 1;
      check(read, kind, vector, keys).forEach((line) => wrong.push(`${vector.id}: ${line}`));
    }
    const bad = wrong.length - before;
    console.log(`${file}: ${counted(count)}${bad === 0 ? '' : `, ${bad} WRONG`}`);
    Object.keys(total).forEach((name) => (total[name] += count[name]));
  }
  wrong.slice(0, MAX_SHOWN).forEach((line) => console.log(`WRONG ${line}`));
  if (wrong.length > MAX_SHOWN) {
    console.log(`… and ${wrong.length - MAX_SHOWN} more`);
  }
  console.log(`${files.length} files: ${counted(total)}, ${wrong.length} wrong`);
  return wrong.length === 0 && files.length > 0 ? 0 : 1;
}

const counted = ({ read, refused, sealed }) =>
  `${read} to be read (${sealed} also sealed again), ${refused} to be refused`;

if (process.argv.length !== 3) {
  console.error('usage: node read-vectors.mjs DIRECTORY');
  process.exitCode = 2;
} else {
  process.exitCode = main(process.argv[2]);
}
