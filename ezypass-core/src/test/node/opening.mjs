// Section 11: the order of checks on opening what belongs to a user.
import { must, fromBase64url, isBase64url, Refused, refusingAs, same } from './bytes.mjs';
import { KIND, readHeader } from './header.mjs';
import { opener } from './sealing.mjs';
import * as records from './records.mjs';
import { checkForwarding, siteTag } from './rows.mjs';

const CREDENTIAL_KEY = /^CRED#([A-Za-z0-9_-]{12})([A-Za-z0-9_-]{16})$/;
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

const foundIn = (vault, kind, version, rand) =>
  ({ table: vault.table, owner: vault.user, kind, version, rand });

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
  const sealed = records.keys(open('meta', m), header.generation, header.featureBits !== 0);
  return {
    version: v,
    active: BigInt(header.generation),
    writable: header.featureBits === 0,
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
  const sealed = records.profile(open('meta', m), vault.user, header.featureBits !== 0);
  return { user: vault.user, version: v, ...sealed };
}

/** `asked`: the id, of a read by id. */
function openCredential(item, vault, now, { asked, whole }) {
  const header = headerOf(item);
  const key = generationKey(vault, header);
  const [, tag, rand] = CREDENTIAL_KEY.exec(item.text('sk')) ?? [];
  must(tag !== undefined, 'the form of the sort key');
  const [m, s, v] = sealedOf(item, ['m', 's', 'v']);
  const found = foundIn(vault, KIND.credential, v, fromBase64url(rand));
  const open = opener(key, found, header);
  const unknownMayBe = header.featureBits !== 0;
  const meta = records.credentialMeta(open('meta', m), vault.user, unknownMayBe);
  const sealedTag = siteTag(vault.indexKey, meta.shown.website).tag;
  must(same(sealedTag, fromBase64url(tag)), 'the site tag');
  const secret = whole ? records.credentialSecret(open('secret', s), unknownMayBe) : {};
  const id = meta.createdTag.toString('base64url') + rand;
  must(asked === undefined || id === asked, 'the id');
  const ends = meta.shown.expiresAtSecond;
  must(ends === undefined || ends * 1000n > now, 'expired', 'not-found');
  return { id, version: v, ...meta.shown, ...secret };
}

/** The sort key that a forwarding row points to. */
function target(item, vault) {
  const [from, to] = [item.text('sk'), item.text('f')];
  const [a, b] = [CREDENTIAL_KEY.exec(from), CREDENTIAL_KEY.exec(to ?? '')];
  must(a && b && from !== to && a[2] === b[2], 'the form of a forwarding row');
  checkForwarding(vault, from, to, item.number('ttl'), item.bytes('a'));
  return to;
}

export function readCredential(store, vault, id, whole, now) {
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
    must(ends === undefined || ends * 1000n > now, 'the forwarding row ended', 'not-found');
  }
  return must(false, 'the target of a forwarding row is never there');
}

export function listCredentials(store, vault, now) {
  return store.query(`U#${vault.user}`, 'CRED#').flatMap((item) => {
    if (item.has('f')) {
      target(item, vault);
      return [];
    }
    try {
      return [openCredential(item, vault, now, { whole: false })];
    } catch (e) {
      if (e instanceof Refused && e.code === 'not-found') {
        return [];
      }
      throw e;
    }
  });
}

/** The receipt of a chunk, by the batch's tag as sort keys have it. */
export function openBatchReceipt(store, vault, tag, chunk, now) {
  const item = store.get(`U#${vault.user}`, `BATCH#${tag}#${String(chunk).padStart(6, '0')}`);
  must(item !== undefined, 'no receipt', 'not-found');
  const header = headerOf(item);
  const key = generationKey(vault, header);
  const [m, v] = sealedOf(item, ['m', 'v']);
  const found = foundIn(vault, KIND.batchReceipt, v, fromBase64url(tag));
  const open = opener(key, found, header);
  const receipt = records.batchReceipt(open('meta', m), header.featureBits !== 0);
  must(receipt.chunk === chunk, 'the chunk');
  must(receipt.expiresAtSecond * 1000n > now, 'expired', 'not-found');
  return receipt;
}

/** `list`: key, found (table, owner, kind). */
export function openPageToken(token, list, now) {
  must(token.length >= 1 && token.length <= 4_096 && isBase64url(token), 'no token', 'invalid-argument');
  return refusingAs('invalid-token', () => {
    const bytes = fromBase64url(token);
    must(bytes?.length > 52, 'too short, or another spelling');
    const header = readHeader(bytes.subarray(0, 52));
    must(header.featureBits === 0 && header.generation === 0, 'feature bits or generation');
    const open = opener(list.key, { ...list.found, version: 0n }, header);
    const { expiresAt, ...position } = records.pageToken(open('meta', bytes.subarray(52)));
    must(expiresAt > now, 'expired');
    return position;
  });
}
