// Section 7, the tables of fields, with the limits of section 10.
import { must, refusingAs } from './bytes.mjs';
import { FEATURE } from './header.mjs';
import { exactly, fields, mark, number, pair, text } from './payload.mjs';
import { isBlank, isLines, isOneLine, userKey } from './text.mjs';

const WEBSITE_KINDS = { h: 'HOST', a: 'APP', n: 'NAME' };
const MAX_EXPIRY = 253_402_300_799n;
const MAX_WRITTEN = 2_048;
const MIN_DAY = -365_243_219_162n;
const MAX_DAY = 365_241_780_471n;

const limited = (value, max) => {
  must(value.length <= max, `${value.length} UTF-16 units, more than ${max}`);
  return value;
};
const oneLine = (max) => (bytes) => {
  const value = limited(text(bytes), max);
  must(isOneLine(value), 'a control character');
  return value;
};
const notBlank = (max) => (bytes) => {
  const value = oneLine(max)(bytes);
  must(!isBlank(value), 'blank');
  return value;
};
const lines = (value, max) => {
  must(isLines(limited(value, max)), 'a control character');
  return value;
};
const userKeyAsWritten = (kind) => (bytes) => {
  const written = text(bytes);
  refusingAs('tampered', () => userKey(kind, written));
  return written;
};
const secret = (bytes) => limited(text(bytes), 100_000);
const actor = notBlank(256);

function customField(bytes) {
  const [name, value] = pair(bytes);
  must(isOneLine(limited(name, 256)) && !isBlank(name), 'the name of a custom field');
  return [name, value];
}
const shownField = (bytes) => {
  const [name, value] = customField(bytes);
  return [name, lines(value, 10_000)];
};
// Kinds of shown custom fields; the letters of field 22.
const FIELD_KINDS = { b: 'BOOLEAN', l: 'LINK' };
const LINK = /^([A-Za-z][A-Za-z0-9+.-]*):.+$/s;
const SCRIPTS = ['javascript', 'data', 'vbscript'];

function ofKind(letter, [name, value]) {
  if (letter === 't') {
    return [name, value];
  }
  if (letter === 'b') {
    must(value === 'true' || value === 'false', 'neither true nor false');
  } else {
    must(isOneLine(limited(value, 2_048)) && !isBlank(value), 'the text of a link');
    const scheme = LINK.exec(value)?.[1];
    must(scheme !== undefined && !SCRIPTS.includes(scheme.toLowerCase()), 'the scheme of a link');
  }
  return [name, value, FIELD_KINDS[letter]];
}

/** Fields 13 and 21 in the order and of the kinds of field 22. */
function customFields(texts, others, kinds) {
  must((others === undefined) === (kinds === undefined), 'fields without kinds, or kinds alone');
  if (kinds === undefined) {
    return texts;
  }
  const [text, other] = [[...(texts ?? [])], [...others]];
  const all = [...kinds].map((letter) => {
    must(letter === 't' || Object.hasOwn(FIELD_KINDS, letter), `kind ${letter}`);
    const next = (letter === 't' ? text : other).shift();
    must(next !== undefined, 'a kind without a field');
    return ofKind(letter, next);
  });
  must(text.length === 0 && other.length === 0, 'a field without a kind');
  return all;
}
const hiddenField = (bytes) => {
  const [name, value] = customField(bytes);
  return [name, limited(value, 100_000)];
};

function website(bytes) {
  const sealed = text(bytes);
  const kind = WEBSITE_KINDS[sealed[0]];
  const value = sealed.slice(1);
  must(kind !== undefined && value !== '', 'the kind of website');
  must(isOneLine(limited(value, 6_144)) && !isBlank(value), 'the website');
  return { kind, value };
}
const day = (bytes) => {
  const value = exactly(8)(bytes).readBigInt64BE();
  must(value >= MIN_DAY && value <= MAX_DAY, `day ${value}`);
  return value;
};
const end = (value) => {
  must(value >= 0n && value <= MAX_EXPIRY, `an end at ${value}`);
  return value;
};
const expiry = (bytes) => end(number(bytes));
const revision = (bytes) => {
  must(bytes.length === 8 || bytes.length === 16, `a revision of ${bytes.length} bytes`);
  const keptUntilSecond = bytes.length === 16 ? end(bytes.readBigInt64BE(8)) : undefined;
  return { version: bytes.readBigInt64BE(0), keptUntilSecond };
};

const AUDIT = { 4: number, 5: actor, 6: number, 7: actor };

function audit(read, owner) {
  const createdAt = read.one(4);
  must(createdAt !== undefined, 'no time of creation');
  return {
    createdAtMilli: createdAt,
    createdBy: read.one(5) ?? owner,
    updatedAtMilli: read.one(6) ?? createdAt,
    updatedBy: read.one(7) ?? owner,
  };
}

function atMost(max, list) {
  must(list === undefined || list.length <= max, `more than ${max} entries`);
  return list;
}

const META = {
  ...AUDIT,
  1: exactly(9),
  2: website,
  3: notBlank(MAX_WRITTEN),
  8: oneLine(1_024),
  9: oneLine(1_024),
  10: notBlank(2_048),
  11: (bytes) => lines(text(bytes), 10_000),
  12: notBlank(128),
  13: shownField,
  14: mark,
  15: day,
  16: expiry,
  17: revision,
  18: number,
  19: actor,
  20: expiry,
  21: shownField,
  22: text,
};

/** Newest first, all of them older than the row that lists them. */
function revisions(list, version) {
  list?.forEach((r, i) => {
    must(r.version >= 1n, `version ${r.version}`);
    must(r.version < (i === 0 ? version : list[i - 1].version), 'revisions do not descend');
  });
  return atMost(20, list);
}

/** Fields 18 to 20, which only a row in the trash has. */
function deletion(read, owner) {
  const [at, by, purgeAtSecond] = [read.one(18), read.one(19), read.one(20)];
  must(at !== undefined || (by === undefined && purgeAtSecond === undefined), 'not deleted');
  return at === undefined
    ? undefined
    : { deletedAtMilli: at, deletedBy: by ?? owner, purgeAtSecond };
}

export function credentialMeta(bytes, owner, version, unknownMayBe) {
  const read = fields(bytes, META, [10, 12, 13, 17, 21], unknownMayBe);
  const createdTag = read.one(1);
  const sealedWebsite = read.one(2);
  must(createdTag !== undefined && sealedWebsite !== undefined, 'no tag or no website');
  const written = limited(read.one(3) ?? sealedWebsite.value, MAX_WRITTEN);
  return {
    createdTag,
    revisions: revisions(read.list(17), version),
    deletion: deletion(read, owner),
    featuresNeeded: read.one(22) === undefined ? 0 : FEATURE.customFieldKinds,
    shown: {
      website: { ...sealedWebsite, written },
      ...audit(read, owner),
      login: read.one(8),
      title: read.one(9),
      urls: atMost(64, read.list(10)),
      description: read.one(11),
      tags: atMost(64, read.list(12)),
      fields: atMost(128, customFields(read.list(13), read.list(21), read.one(22))),
      favourite: read.one(14),
      rotateByDay: read.one(15),
      expiresAtSecond: read.one(16),
    },
  };
}

export function credentialSecret(bytes, unknownMayBe) {
  const known = { 1: secret, 2: secret, 3: secret, 4: hiddenField };
  const read = fields(bytes, known, [4], unknownMayBe);
  return {
    password: read.one(1),
    notes: read.one(2),
    totp: read.one(3),
    hiddenFields: atMost(128, read.list(4)),
  };
}

export function profile(bytes, owner, unknownMayBe) {
  const known = {
    ...AUDIT,
    8: userKeyAsWritten('username'),
    9: userKeyAsWritten('email'),
    10: oneLine(1_024),
  };
  const read = fields(bytes, known, [], unknownMayBe);
  return {
    ...audit(read, owner),
    username: read.one(8),
    email: read.one(9),
    displayName: read.one(10),
  };
}

function generation(bytes) {
  must(bytes.length === 10 || bytes.length === 42, `a generation of ${bytes.length} bytes`);
  return {
    number: BigInt(bytes.readUInt16BE(0)),
    activatedAtMilli: bytes.readBigInt64BE(2),
    key: bytes.length === 42 ? bytes.subarray(10) : undefined,
  };
}

export function keys(bytes, activeNumber, unknownMayBe) {
  const known = { 1: exactly(32), 2: exactly(32), 3: generation };
  const read = fields(bytes, known, [3], unknownMayBe);
  const [indexKey, pageTokenKey, generations] = [read.one(1), read.one(2), read.list(3)];
  must(indexKey && pageTokenKey && generations, 'a key is missing');
  generations.forEach((g, i) => {
    must(g.number > (i === 0 ? 0n : generations[i - 1].number), 'generations do not ascend');
    must((g.key === undefined) === (i === generations.length - 1), 'which generation is active');
  });
  must(generations.at(-1).number === BigInt(activeNumber), 'the header names another generation');
  return { indexKey, pageTokenKey, generations };
}

const BATCH_OPERATIONS = { 1: 'ADD', 2: 'DELETE' };
const BATCH_CODES = {
  ADD: { 1: 'WRITTEN', 2: 'CONFLICT', 3: 'TOO_LARGE', 4: 'EXPIRED' },
  DELETE: { 1: 'WRITTEN', 2: 'CONFLICT', 5: 'GONE', 6: 'TAMPERED', 7: 'UNSUPPORTED' },
};

/** Behind the code of what was added stands its id. */
const batchResult = (operation) => (bytes) => {
  const named = operation === 'ADD' && bytes[0] === 1;
  must(bytes.length === (named ? 22 : 1), `a result of ${bytes.length} bytes`);
  const code = BATCH_CODES[operation][bytes[0]];
  must(code !== undefined, `code ${bytes[0]}`);
  return named ? { code, id: bytes.subarray(1).toString('base64url') } : { code };
};

export function batchReceipt(bytes, unknownMayBe) {
  const asIs = (value) => value;
  const known = { 1: number, 2: number, 3: number, 4: exactly(32), 5: number, 6: number, 7: asIs };
  const read = fields(bytes, known, [7], unknownMayBe);
  const [chunk, operation, itemCount] = [read.one(1), BATCH_OPERATIONS[read.one(2)], read.one(3)];
  const [content, first, expiresAtSecond] = [read.one(4), read.one(5), read.one(6)];
  const all = [chunk, operation, itemCount, content, first, expiresAtSecond, read.list(7)];
  must(!all.includes(undefined), 'a field is missing');
  const results = read.list(7).map(batchResult(operation));
  must(chunk >= 0n && chunk <= 999_999n, `chunk ${chunk}`);
  must(itemCount >= 1n && itemCount <= 100_000n, `${itemCount} items`);
  must(first >= 0n && first + BigInt(results.length) <= itemCount, 'the bounds of the chunk');
  must(expiresAtSecond >= 0n, 'the expiry');
  return { chunk, operation, itemCount, content, first, expiresAtSecond, results };
}

// What is done to a user, to a credential, with a recipient.
const USER_ACTIONS = { 1: 'REGISTER', 2: 'UPDATE_USER' };
const ACTIONS = { 3: 'ADD', 4: 'UPDATE', 5: 'REVERT', 6: 'TRASH', 7: 'RESTORE', 8: 'PURGE', 9: 'DELETE' };
const GRANT_ACTIONS = { 10: 'SHARE', 11: 'REVOKE' };
const USER_ID = /^[A-Za-z0-9._:-]{1,128}$/;

function auditedChange(bytes) {
  must(bytes.length >= 9, `a change of ${bytes.length} bytes`);
  const version = bytes.readBigInt64BE(1);
  must(version >= 0n, `version ${version}`);
  const [number, rest] = [bytes[0], bytes.subarray(9)];
  if (USER_ACTIONS[number]) {
    must(rest.length === 0, 'something behind a change of the user');
    return { action: USER_ACTIONS[number], version };
  }
  const action = ACTIONS[number] ?? GRANT_ACTIONS[number];
  must(action !== undefined, `action ${number}`);
  must(rest.length >= 21, 'no credential');
  const change = { action, version, credential: rest.subarray(0, 21).toString('base64url') };
  const recipient = rest.subarray(21).toString('latin1');
  if (ACTIONS[number]) {
    must(recipient === '', 'something behind the credential');
    return change;
  }
  must(USER_ID.test(recipient), 'no recipient');
  return { ...change, recipient };
}

export function auditEvent(bytes, owner, unknownMayBe) {
  const known = { 1: number, 2: actor, 3: auditedChange, 4: number, 5: exactly(32), 6: number };
  const read = fields(bytes, known, [3], unknownMayBe);
  const [atMilli, ahead, aheadEndAtSecond] = [read.one(1), read.one(5), read.one(6)];
  const changes = read.list(3) ?? [];
  must(atMilli !== undefined && (changes.length > 0 || unknownMayBe), 'no time or no change');
  must(ahead !== undefined || aheadEndAtSecond === undefined, 'the end of nothing');
  return {
    shown: { atMilli, actor: read.one(2) ?? owner, changes: atMost(100, changes) },
    endAtSecond: read.one(4),
    ahead,
    aheadEndAtSecond,
  };
}

export function pageToken(bytes) {
  const read = fields(bytes, { 1: number, 2: number, 3: text, 4: exactly(32) }, [], false);
  const [expiresAt, shard, after] = [read.one(1), read.one(2) ?? 0n, read.one(3)];
  must(expiresAt !== undefined, 'no time of expiry');
  must(shard >= 0n && shard <= 1_023n, `shard ${shard}`);
  return { expiresAt, shard, after, query: read.one(4) };
}
