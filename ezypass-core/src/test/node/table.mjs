// Section 11 for what belongs to the table: root, claims, directory. Section 7: pending writes.
import { fromBase64url, must, refusingAs } from './bytes.mjs';
import { unwrap } from './opening.mjs';
import { checkClaim, checkDirectoryRow, checkDueRow, checkGrant, checkReceived, checkRoot, claimTag, dueTag } from './rows.mjs';
import { isUserId } from './text.mjs';

const WRITES = [
  undefined,
  'REGISTER',
  'UPDATE_USER',
  'ADD',
  'UPDATE',
  'DELETE',
  'DELETE_USER',
  'TRASH',
  'RESTORE',
  'PURGE',
  'SHARE',
  'REVOKE',
];
const OF_A_CREDENTIAL = [3, 4, 5, 7, 8, 9, 10, 11];
const OF_A_GRANT = [10, 11];

export function openRoot(store, kms, pinned) {
  const item = store.get('TABLE', 'ROOT');
  must(item !== undefined, 'no root', 'not-initialised');
  const [table, shards] = [item.bytes('t'), item.number('c')];
  must(table?.length === 16 && shards >= 1n && shards <= 1_024n, 't or c');
  must(pinned === undefined || pinned.equals(table), 'another table', 'not-initialised');
  const { key, context } = unwrap(item, kms, {
    'ezypass:table': table.toString('base64url'),
    'ezypass:purpose': 'lookup-key',
  });
  checkRoot(key, table, shards, item.bytes('a'));
  return { table, shards, encryptionContext: context };
}

export function readClaim(store, table, key, written) {
  const { tag, pk } = claimTag(table.lookupKey, key, written);
  const item = store.get(pk, 'CLAIM');
  must(item !== undefined, 'no claim', 'not-found');
  const user = item.text('u');
  must(isUserId(user), 'no user id');
  checkClaim(table, key, tag, user, item.bytes('a'));
  return { user };
}

export function listUsers(store, table, shard) {
  const users = store.query(`USERS#${shard}`).flatMap((item) => {
    const user = item.text('sk');
    must(isUserId(user), 'no user id');
    checkDirectoryRow(table, shard, user, item.bytes('a'));
    return item.has('x') ? [] : [user];
  });
  return { users };
}

export function listDue(store, table, day, shard, now) {
  const { tag, pk } = dueTag(table.lookupKey, day, shard);
  const credentials = store.query(pk).flatMap((item) => {
    const [, user, rand] = /^([^#]*)#([A-Za-z0-9_-]{16})$/.exec(item.text('sk')) ?? [];
    must(isUserId(user), 'no key of a row');
    const credential = item.text('i');
    must(credential !== undefined && /^[A-Za-z0-9_-]{28}$/.test(credential), 'no credential id');
    must(credential.endsWith(rand), 'the rand of another credential');
    const end = item.number('ttl');
    checkDueRow(table, tag, user, credential, end, item.bytes('a'));
    return end !== undefined && end * 1000n <= now ? [] : [{ user, credential }];
  });
  return { credentials };
}

const passed = (end, now) => end !== undefined && end * 1000n <= now;

export function listGrants(store, vault, now) {
  const grants = store.query(`U#${vault.user}`, 'SHARE#').flatMap((item) => {
    const [, credential, recipient] = /^SHARE#([A-Za-z0-9_-]{28})#(.+)$/.exec(item.text('sk')) ?? [];
    must(credential !== undefined && isUserId(recipient), 'no key of a grant');
    const [granted, until, end] = ['g', 'b', 'ttl'].map((name) => item.number(name));
    const operation = item.bytes('o');
    must(granted !== undefined && operation?.length === 16, 'g or o');
    checkGrant(vault, { credential, recipient, granted, until, end, operation }, item.bytes('a'));
    const grant = { credential, recipient, grantedAtMilli: granted, untilSecond: until };
    return passed(end, now) ? [] : [grant];
  });
  return { grants };
}

export function listReceived(store, table, user, now) {
  const shared = store.query(`U#${user}`, 'SHAREIN#').flatMap((item) => {
    const [, owner, credential] = /^SHAREIN#(.+)#([A-Za-z0-9_-]{28})$/.exec(item.text('sk')) ?? [];
    must(credential !== undefined && isUserId(owner), 'no key of such a row');
    const [granted, end] = ['g', 'ttl'].map((name) => item.number(name));
    must(granted !== undefined, 'no g');
    checkReceived(table, { user, owner, credential, granted, end }, item.bytes('a'));
    const told = { owner, credential, sharedAtMilli: granted, endsAtSecond: end };
    return passed(end, now) ? [] : [told];
  });
  return { shared };
}

export function readPendingWrite(text) {
  return refusingAs('invalid-argument', () => {
    const bytes = text.length <= 1_024 ? fromBase64url(text) : undefined;
    must(bytes?.length >= 43, 'too long, too short, or another spelling');
    const [format, kind, userLength] = [bytes[0], bytes[1], bytes[42]];
    must(format === 1 && WRITES[kind] !== undefined, 'format or kind');
    const version = bytes.readBigInt64BE(34);
    must(version >= 0n, 'a negative version');
    const end = 43 + userLength;
    const fixed = end + (OF_A_CREDENTIAL.includes(kind) ? 28 : 0);
    must(OF_A_GRANT.includes(kind) ? bytes.length > fixed : bytes.length === fixed, 'the length');
    // One character for each byte, so what is not ASCII stays visible to the patterns.
    const user = bytes.toString('latin1', 43, end);
    const credential = bytes.toString('latin1', end, fixed);
    const recipient = bytes.toString('latin1', fixed);
    must(isUserId(user), 'no user id');
    must(recipient === '' || isUserId(recipient), 'no recipient');
    must(/^([A-Za-z0-9_-]{28})?$/.test(credential), 'no credential id');
    return {
      write: WRITES[kind],
      table: bytes.subarray(2, 18),
      operationId: bytes.subarray(18, 34),
      version,
      user,
      credential: credential === '' ? undefined : credential,
      recipient: recipient === '' ? undefined : recipient,
    };
  });
}
