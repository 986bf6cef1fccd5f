// The `sealing` of a vector: the writer's steps of section 6, from its random bytes to the bytes that are stored.
import { fromBase64url, hex } from './bytes.mjs';
import { contextOf, KIND, readHeader, TRASH } from './header.mjs';
import { differences } from './json.mjs';
import { pageList } from './kinds.mjs';
import { operationIdOf, sealed, sealingKeys } from './sealing.mjs';
import { Store } from './items.mjs';

const NONE = Buffer.alloc(0);

/** The stored bytes, the key, and the place where they were found. */
function storedOf(kind, v, keys) {
  if (kind === 'page-token') {
    const bytes = fromBase64url(v.token);
    const { key, found } = pageList(v, keys);
    const parts = { h: bytes.subarray(0, 52), meta: bytes.subarray(52) };
    return { ...parts, key, found: { version: 0n, ...found } };
  }
  const vault = keys.vaults[v.vault];
  const table = vault?.table ?? hex(v.table);
  const user = vault?.user ?? v.user;
  const inTrash = v.read === 'trash';
  const credential = inTrash ? 'TRASH#' : 'CRED#';
  const [receipt, event] = ['batch-receipt', 'audit-trail'];
  const rows = { [receipt]: 'BATCH#', [event]: 'AUDIT#' };
  const prefixes = { keys: 'KEYS', profile: 'PROFILE', credential, ...rows };
  const item = new Store(v.items).query(`U#${user}`, prefixes[kind]).find((i) => !i.has('f'));
  const h = item.bytes('h');
  const key = vault?.generations.get(readHeader(h).generation) ?? hex(v.unwrapped);
  const rand = {
    credential: () => fromBase64url(item.text('sk').slice(-16)),
    [receipt]: () => fromBase64url(v.tag),
  }[kind]?.();
  const numbers = { ...KIND, [receipt]: KIND.batchReceipt, [event]: KIND.auditEvent };
  const number = numbers[kind];
  const state = inTrash ? TRASH : 0;
  const found = { table, owner: user, kind: number, version: item.number('v'), rand, state };
  return { h, meta: item.bytes('m'), secret: item.bytes('s'), key, found };
}

export function sealingDifferences(kind, vector, keys) {
  const { h, meta, secret, key, found } = storedOf(kind, vector, keys);
  const header = readHeader(h);
  const given = Object.fromEntries(
    ['random', 'meta', 'secret'].map((n) => [n, vector.sealing[n] && hex(vector.sealing[n])]),
  );
  const without = contextOf(found, header, NONE);
  const operationId = operationIdOf(key, given.random, without, given.meta, given.secret);
  const context = contextOf(found, { ...header, operationId });
  const made = sealingKeys(key, context);
  const part = (name) => given[name] && sealed(made[name], context, name, given[name]);
  const steps = {
    ...given,
    contextWithoutOperationId: without,
    operationId,
    context,
    metaKey: made.meta,
    secretKey: given.secret && made.secret,
    commitment: made.commitment,
  };
  return [
    ...differences(vector.sealing, steps, 'sealing'),
    ...differences(
      { operationId: header.operationId, commitment: header.commitment, meta, secret },
      { operationId, commitment: made.commitment, meta: part('meta'), secret: part('secret') },
      'stored',
    ),
  ];
}
