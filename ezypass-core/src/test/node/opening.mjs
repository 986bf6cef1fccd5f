// Section 11: the order of checks on opening what belongs to a user.
import { must, fromBase64url, isBase64url, Refused, refusingAs, same } from './bytes.mjs';
import { FEATURE, hasUnknownFeatures, KIND, readHeader, TRASH } from './header.mjs';
import { opener } from './sealing.mjs';
import * as records from './records.mjs';
import { checkForwarding, eventHash, siteTag } from './rows.mjs';

const CREDENTIAL_KEY = /^CRED#([A-Za-z0-9_-]{12})([A-Za-z0-9_-]{16})$/;
const REVISION_KEY = /^REV#()([A-Za-z0-9_-]{16})#([0-7][0-9a-f]{15})$/;
const TRASH_KEY = /^TRASH#()([A-Za-z0-9_-]{16})$/;
const MAX_LOOKS = 9;

function sealedOf(item, names) {
  const values = names.map((name) => (name === 'v' ? item.number('v') : item.bytes(name)));
  must(!values.includes(undefined), `one of ${names} is missing`);
  return values;
}

function headerOf(item) {
  const bytes = item.bytes('h');
  must(bytes !== undefined, 'no header');
  return readHeader(bytes);
}

const generationKey = (vault, header) => {
  const key = vault.generations.get(header.generation);
  must(key !== undefined, `no key of generation ${header.generation}`);
  return key;
};

const foundIn = (vault, kind, version, more = {}) =>
  ({ table: vault.table, owner: vault.user, kind, version, ...more });

/** Steps of root and KEYS around the key that KMS wrapped: what KMS is asked with, what it gives. */
export function unwrap(item, kms, context) {
  const [wrapped, arn] = [item.bytes('w'), item.text('k')];
  must(wrapped?.length >= 1 && wrapped.length <= 6_144 && arn !== undefined, 'w or k');
  must(isAccepted(arn, kms.acceptedArn), 'the ARN', 'key-unavailable');
  must(kms.unwrapped.length === 32, `KMS gives ${kms.unwrapped.length} bytes`);
  return { key: kms.unwrapped, context: { 'ezypass:format': '1', ...context } };
}

/** Section 3: the accepted ARN or a replica of it, which differs in the Region alone. */
function isAccepted(arn, accepted) {
  const [a, b] = [arn.split(':'), accepted.split(':')];
  const equalBut = (region) => a.length === b.length && a.every((x, i) => x === b[i] || i === region);
  return arn === accepted || (a[5]?.startsWith('key/mrk-') === true && equalBut(3));
}

export function openKeys(store, table, user, kms) {
  const item = store.get(`U#${user}`, 'KEYS');
  must(item !== undefined && !item.has('z'), 'no KEYS', 'not-found');
  const { key, context } = unwrap(item, kms, {
    'ezypass:table': table.toString('base64url'),
    'ezypass:purpose': 'vault-key',
    'ezypass:user': user,
  });
  const [h, m, v] = sealedOf(item, ['h', 'm', 'v']);
  const header = readHeader(h);
  const open = opener(key, foundIn({ table, user }, KIND.keys, v), header);
  const sealed = records.keys(open('meta', m), header.generation, hasUnknownFeatures(header));
  return {
    version: v,
    active: BigInt(header.generation),
    writable: !hasUnknownFeatures(header),
    ...sealed,
    encryptionContext: context,
  };
}

export function openProfile(store, vault) {
  const item = store.get(`U#${vault.user}`, 'PROFILE');
  must(item !== undefined, 'no profile', 'not-found');
  const header = headerOf(item);
  const key = generationKey(vault, header);
  const [m, v] = sealedOf(item, ['m', 'v']);
  const open = opener(key, foundIn(vault, KIND.profile, v), header);
  const sealed = records.profile(open('meta', m), vault.user, hasUnknownFeatures(header));
  return { user: vault.user, version: v, ...sealed };
}

/**
 * A credential's row in any place: live, a revision, or in the trash.
 *
 * `form`: of the sort key in that place. `asked`: the id, of a read by id.
 */
function openRow(item, vault, form, { asked, whole }) {
  const header = headerOf(item);
  const vaultKey = generationKey(vault, header);
  const [, tag, rand, revision] = form.exec(item.text('sk')) ?? [];
  must(rand !== undefined, 'the form of the sort key');
  const [m, s, v] = sealedOf(item, ['m', 's', 'v']);
  must(revision === undefined || v === BigInt(`0x${revision}`), 'the version in the sort key');
  const inTrash = form === TRASH_KEY;
  const place = { rand: fromBase64url(rand), state: inTrash ? TRASH : 0 };
  const open = opener(vaultKey, foundIn(vault, KIND.credential, v, place), header);
  const unknownMayBe = hasUnknownFeatures(header);
  const meta = records.credentialMeta(open('meta', m), vault.user, v, unknownMayBe);
  if (form === CREDENTIAL_KEY) {
    must(same(siteTag(vault.indexKey, meta.shown.website).tag, fromBase64url(tag)), 'the site tag');
  }
  must(inTrash === (meta.deletion !== undefined), 'the deletion');
  must((header.featureBits & meta.featuresNeeded) === meta.featuresNeeded, 'a feature bit is missing');
  const marked = (header.featureBits & FEATURE.revisions) !== 0;
  must(marked === (meta.revisions !== undefined), 'the feature bit of revisions');
  const secret = whole ? records.credentialSecret(open('secret', s), unknownMayBe) : {};
  const id = meta.createdTag.toString('base64url') + rand;
  must(asked === undefined || id === asked, 'the id');
  return { meta, shown: { id, version: v, ...meta.shown, ...secret } };
}

const hasEnded = (second, now) => second !== undefined && second * 1000n <= now;

/** Ends the reading of a row whose end has passed. */
function lasting(row, now) {
  const ends = [row.meta.shown.expiresAtSecond, row.meta.deletion?.purgeAtSecond];
  must(!ends.some((end) => hasEnded(end, now)), 'it has ended', 'not-found');
  return row;
}

const openCredential = (item, vault, now, how) =>
  lasting(openRow(item, vault, CREDENTIAL_KEY, how), now);

/** The sort key that a forwarding row points to. */
function target(item, vault) {
  const [from, to] = [item.text('sk'), item.text('f')];
  const [a, b] = [CREDENTIAL_KEY.exec(from), CREDENTIAL_KEY.exec(to ?? '')];
  must(a && b && from !== to && a[2] === b[2], 'the form of a forwarding row');
  checkForwarding(vault, from, to, item.number('ttl'), item.bytes('a'));
  return to;
}

/** The live row of a credential. */
function currentRow(store, vault, id, whole, now) {
  const pk = `U#${vault.user}`;
  for (let look = 0; look < MAX_LOOKS; look++) {
    const item = store.get(pk, `CRED#${id}`);
    must(item !== undefined, 'no item', 'not-found');
    if (!item.has('f')) {
      return openCredential(item, vault, now, { asked: id, whole });
    }
    const there = store.get(pk, target(item, vault));
    if (there !== undefined) {
      must(!there.has('f'), 'a second hop');
      return openCredential(there, vault, now, { asked: id, whole });
    }
    const ends = item.number('ttl');
    must(!hasEnded(ends, now), 'the forwarding row ended', 'not-found');
  }
  return must(false, 'the target of a forwarding row is never there');
}

export function readCredential(store, vault, id, whole, now) {
  const { meta, shown } = currentRow(store, vault, id, whole, now);
  return { ...shown, revisions: meta.revisions };
}

/** What of each item is shown, without those that have ended. */
const shownOf = (items, read) =>
  items.flatMap((item) => {
    try {
      return [read(item)];
    } catch (e) {
      if (e instanceof Refused && e.code === 'not-found') {
        return [];
      }
      throw e;
    }
  });

export function listCredentials(store, vault, now) {
  const rows = store.query(`U#${vault.user}`, 'CRED#');
  const moved = rows.filter((item) => item.has('f'));
  moved.forEach((item) => target(item, vault));
  return shownOf(
    rows.filter((item) => !item.has('f')),
    (item) => openCredential(item, vault, now, { whole: false }).shown,
  );
}

/** The receipt of a chunk, by the batch's tag as sort keys have it. */
export function openBatchReceipt(store, vault, tag, chunk, now) {
  const item = store.get(`U#${vault.user}`, `BATCH#${tag}#${String(chunk).padStart(6, '0')}`);
  must(item !== undefined, 'no receipt', 'not-found');
  const header = headerOf(item);
  const key = generationKey(vault, header);
  const [m, v] = sealedOf(item, ['m', 'v']);
  const found = foundIn(vault, KIND.batchReceipt, v, { rand: fromBase64url(tag) });
  const open = opener(key, found, header);
  const receipt = records.batchReceipt(open('meta', m), hasUnknownFeatures(header));
  must(receipt.chunk === chunk, 'the chunk');
  must(receipt.expiresAtSecond * 1000n > now, 'expired', 'not-found');
  return receipt;
}

const AUDIT_KEY = /^AUDIT#([0-9]{4}-[0-9]{2})#([0-7][0-9a-f]{15})$/;

/** The month of a time in UTC, in the years 0 to 9999. */
function monthOf(milli) {
  const [first, last] = [-62_167_219_200_000n, 253_402_300_799_999n];
  const bounded = milli < first ? first : milli > last ? last : milli;
  return new Date(Number(bounded)).toISOString().slice(0, 7);
}

function openEvent(item, vault) {
  const [, month, digits] = AUDIT_KEY.exec(item.text('sk')) ?? [];
  const header = headerOf(item);
  const key = generationKey(vault, header);
  const [m, v] = sealedOf(item, ['m', 'v']);
  must(month !== undefined && BigInt(`0x${digits}`) === v && v >= 1n, 'the number');
  const payload = opener(key, foundIn(vault, KIND.auditEvent, v), header)('meta', m);
  const event = records.auditEvent(payload, vault.user, hasUnknownFeatures(header));
  must(v === 1n ? month === '0000-01' : month <= monthOf(event.shown.atMilli), 'the month');
  must((event.ahead === undefined) === (v === 1n), 'what is ahead');
  return { ...event, month, number: v, hash: eventHash(v, payload) };
}

/** The whole trail, from the newest event to where it ends. */
export function readAuditTrail(store, vault, now) {
  const rows = store.query(`U#${vault.user}`, 'AUDIT#');
  rows.sort((a, b) => (a.text('sk') < b.text('sk') ? 1 : -1));
  const shown = [];
  let behind;
  for (const row of rows) {
    const event = openEvent(row, vault);
    if (behind !== undefined) {
      must(event.number === behind.number - 1n, 'a number is missing');
      must(behind.ahead !== undefined && same(event.hash, behind.ahead), 'another event');
      must(event.shown.atMilli <= behind.shown.atMilli, 'time goes back');
      must(monthOf(event.shown.atMilli) === behind.month, 'another month');
    }
    if (hasEnded(event.endAtSecond, now)) {
      return shown;
    }
    shown.push({ number: event.number, ...event.shown });
    if (hasEnded(event.aheadEndAtSecond, now)) {
      return shown;
    }
    behind = event;
  }
  must(behind === undefined || behind.number === 1n, 'the oldest is missing');
  return shown;
}

/** The row of a version that the credential lists. */
const revisionRow = (store, vault, current, version) =>
  store.get(
    `U#${vault.user}`,
    `REV#${current.shown.id.slice(12)}#${version.toString(16).padStart(16, '0')}`,
  );

/** It is not checked against the website; the credential's own list says that it is one. */
const openRevision = (item, vault, current, whole) =>
  openRow(item, vault, REVISION_KEY, { asked: current.shown.id, whole }).shown;

export function readRevision(store, vault, id, version, now) {
  const current = currentRow(store, vault, id, true, now);
  if (version === current.shown.version) {
    return current.shown;
  }
  const listed = current.meta.revisions?.find((r) => r.version === version);
  must(listed && !hasEnded(listed.keptUntilSecond, now), 'not listed, or ended', 'not-found');
  const item = revisionRow(store, vault, current, version);
  must(item !== undefined, 'no row', 'not-found');
  return openRevision(item, vault, current, true);
}

export function listRevisions(store, vault, id, now) {
  const current = currentRow(store, vault, id, false, now);
  return (current.meta.revisions ?? []).flatMap(({ version, keptUntilSecond }) => {
    const item = revisionRow(store, vault, current, version);
    return hasEnded(keptUntilSecond, now) || item === undefined
      ? []
      : [{ ...openRevision(item, vault, current, false), keptUntilSecond }];
  });
}

function openTrashed(item, vault, now, how) {
  const { meta, shown } = lasting(openRow(item, vault, TRASH_KEY, how), now);
  return { ...shown, ...meta.deletion };
}

export function readTrashed(store, vault, id, now) {
  const item = store.get(`U#${vault.user}`, `TRASH#${id.slice(12)}`);
  must(item !== undefined, 'not in the trash', 'not-found');
  return openTrashed(item, vault, now, { asked: id, whole: true });
}

export const listTrash = (store, vault, now) =>
  shownOf(store.query(`U#${vault.user}`, 'TRASH#'), (item) =>
    openTrashed(item, vault, now, { whole: false }),
  );

/** `list`: key, found (table, owner, kind), query (the hash of the filter, if there is one). */
export function openPageToken(token, list, now) {
  must(token.length >= 1 && token.length <= 4_096 && isBase64url(token), 'no token', 'invalid-argument');
  return refusingAs('invalid-token', () => {
    const bytes = fromBase64url(token);
    must(bytes?.length > 52, 'too short, or another spelling');
    const header = readHeader(bytes.subarray(0, 52));
    must(header.featureBits === 0 && header.generation === 0, 'feature bits or generation');
    const open = opener(list.key, { version: 0n, ...list.found }, header);
    const { expiresAt, ...position } = records.pageToken(open('meta', bytes.subarray(52)));
    must(expiresAt > now, 'expired');
    const { query } = position;
    must((query === undefined) === (list.query === undefined), 'the hash of a query');
    must(query === undefined || same(query, list.query), 'another query');
    return position;
  });
}
