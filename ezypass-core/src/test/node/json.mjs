// JSON whose numbers are all BigInt: versions and times go beyond what a double holds.
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?[0-9]+/g;
const MARK = '\u0000number';

export function parse(text) {
  const marked = text.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') ? token : JSON.stringify({ [MARK]: token }),
  );
  return JSON.parse(marked, (_, value) =>
    value !== null && typeof value === 'object' && MARK in value ? BigInt(value[MARK]) : value,
  );
}

/** As it would stand in a vector: bytes in hexadecimal, names in order, what is undefined left out. */
export function canonical(value) {
  if (Buffer.isBuffer(value)) {
    return JSON.stringify(value.toString('hex'));
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (value !== null && typeof value === 'object') {
    const names = Object.keys(value).filter((name) => value[name] !== undefined).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
  }
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}

/** Where two values differ, one line each: path, expected, read. */
export function differences(expected, read, path = '') {
  const [a, b] = [canonical(expected ?? null), canonical(read ?? null)];
  if (a === b) {
    return [];
  }
  const inside = (v) => v !== null && typeof v === 'object' && !Buffer.isBuffer(v);
  if (inside(expected) && inside(read)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(read)]);
    return [...names].flatMap((n) => differences(expected[n], read[n], path ? `${path}.${n}` : n));
  }
  const short = (s) => (s.length > 200 ? `${s.slice(0, 200)}… (${s.length} characters)` : s);
  return [`${path || 'value'}: expected ${short(a)}, read ${short(b)}`];
}
