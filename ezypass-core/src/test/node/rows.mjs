// Section 8: row HMACs. Sections 1 and 6: partition keys, tags of websites and claims, shards.
import { createHash } from 'node:crypto';
import { derived, hmac, i64, must, same, u32 } from './bytes.mjs';
import { userKey } from './text.mjs';

const utf8 = (text) => Buffer.from(text, 'utf8');
const CLAIM_KINDS = { email: ['EMAIL', 'EMAIL#'], username: ['USERNAME', 'NAME#'] };

const SITE_KINDS = { HOST: 'h', APP: 'a', NAME: 'n' };

const rowBytes = (kind, ...fields) =>
  Buffer.concat([utf8(kind), ...fields].flatMap((field) => [u32(field.length), field]));

const tableRowKey = (lookupKey) => derived(lookupKey, 'ezypass/1/table-row');
const mustBe = (key, row, stored) => must(same(hmac(key, row), stored), 'the row HMAC');

export function siteTag(indexKey, { kind, value }) {
  const hashed = Buffer.from(SITE_KINDS[kind] + value, 'utf8');
  return { hashed, tag: hmac(derived(indexKey, 'ezypass/1/site-tag'), hashed).subarray(0, 9) };
}

export function batchTag(indexKey, id) {
  return hmac(derived(indexKey, 'ezypass/1/batch-tag'), utf8(id)).subarray(0, 12);
}

/** `asked`: of additions meta and secret, padded; of deletions credential and version. */
export function batchContent(indexKey, operation, asked) {
  const hashed = (...row) => hmac(derived(indexKey, 'ezypass/1/batch-content'), rowBytes(...row));
  const items = asked.map((item) =>
    operation === 'ADD'
      ? hashed('add', item.meta, item.secret)
      : hashed('delete', utf8(item.credential), i64(item.version)),
  );
  const number = { ADD: 1n, DELETE: 2n }[operation];
  return hashed('batch', i64(number), i64(BigInt(items.length)), ...items);
}

export function claimTag(lookupKey, key, written) {
  const [kind, prefix] = CLAIM_KINDS[key];
  const row = rowBytes(kind, utf8(userKey(key, written)));
  const tag = hmac(derived(lookupKey, 'ezypass/1/claim-tag'), row);
  return { tag, pk: prefix + tag.toString('base64url') };
}

export function shardOf(user, shards) {
  const shard = BigInt(createHash('sha256').update(user, 'ascii').digest().readUInt32BE(0)) % shards;
  return { shard, pk: `USERS#${shard}` };
}

/** Section 7, page token: the hash of a filter. */
export function filterHash({ tags, favouritesOnly, websiteKind }) {
  const kind = websiteKind === undefined ? '' : SITE_KINDS[websiteKind];
  const favourites = i64(favouritesOnly ? 1n : 0n);
  const parts = rowBytes('filter', favourites, utf8(kind), ...tags.map(utf8));
  return createHash('sha256').update(parts).digest();
}

/** Section 7, event of an audit trail: what the next event says of it. */
export const eventHash = (number, payload) =>
  createHash('sha256').update(rowBytes('audit-event', i64(number), payload)).digest();

export function dueTag(lookupKey, day, shard) {
  const row = rowBytes('due', i64(day), i64(shard));
  const tag = hmac(derived(lookupKey, 'ezypass/1/due-tag'), row);
  return { tag, pk: `DUE#${tag.toString('base64url')}` };
}

export function checkRoot(lookupKey, table, shards, stored) {
  mustBe(tableRowKey(lookupKey), rowBytes('root', table, i64(shards)), stored);
}

export function checkClaim(table, key, tag, user, stored) {
  const row = rowBytes('claim', table.id, utf8(CLAIM_KINDS[key][0]), tag, utf8(user));
  mustBe(tableRowKey(table.lookupKey), row, stored);
}

export function checkDirectoryRow(table, shard, user, stored) {
  const row = rowBytes('directory', table.id, i64(shard), utf8(user));
  mustBe(tableRowKey(table.lookupKey), row, stored);
}

export function checkDueRow(table, tag, user, credential, ttl, stored) {
  const end = ttl === undefined ? Buffer.alloc(0) : i64(ttl);
  const row = rowBytes('due', table.id, tag, utf8(user), utf8(credential), end);
  mustBe(tableRowKey(table.lookupKey), row, stored);
}

export function checkForwarding(vault, from, to, ttl, stored) {
  const end = ttl === undefined ? Buffer.alloc(0) : i64(ttl);
  const row = rowBytes('forwarding', vault.table, utf8(vault.user), utf8(from), utf8(to), end);
  mustBe(derived(vault.indexKey, 'ezypass/1/user-row'), row, stored);
}

const optional = (n) => (n === undefined ? Buffer.alloc(0) : i64(n));

export function checkGrant(vault, { credential, recipient, granted, until, end, operation }, stored) {
  const ids = [vault.user, credential, recipient].map(utf8);
  const times = [i64(granted), optional(until), optional(end)];
  const row = rowBytes('grant', vault.table, ...ids, ...times, operation);
  mustBe(derived(vault.indexKey, 'ezypass/1/user-row'), row, stored);
}

export function checkReceived(table, { user, owner, credential, granted, end }, stored) {
  const ids = [user, owner, credential].map(utf8);
  const row = rowBytes('share-pointer', table.id, ...ids, i64(granted), optional(end));
  mustBe(tableRowKey(table.lookupKey), row, stored);
}
