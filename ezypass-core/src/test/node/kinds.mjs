// How each kind of vector is read: the table in the vectors' README.md.
import { derived, hex } from './bytes.mjs';
import { KIND } from './header.mjs';
import { Store } from './items.mjs';
import * as opening from './opening.mjs';
import * as table from './table.mjs';
import { batchContent, batchTag, claimTag, dueTag, filterHash, shardOf, siteTag } from './rows.mjs';
import { userKey } from './text.mjs';

/** The opened keys of vaults.json, as bytes. */
export function openedKeys(json) {
  const vaults = {};
  for (const [name, v] of Object.entries(json.vaults)) {
    const generations = Object.entries(v.generations);
    vaults[name] = {
      table: hex(v.table),
      user: v.user,
      generations: new Map(generations.map(([number, key]) => [Number(number), hex(key)])),
      indexKey: hex(v.indexKey),
      pageTokenKey: hex(v.pageTokenKey),
    };
  }
  const tables = {};
  for (const [name, t] of Object.entries(json.tables)) {
    tables[name] = { id: hex(t.id), lookupKey: hex(t.lookupKey) };
  }
  return { vaults, tables };
}

const named = (all, name) => {
  if (!Object.hasOwn(all, name)) {
    throw new Error(`vaults.json has no ${name}`);
  }
  return all[name];
};

const kmsOf = (v) => ({ acceptedArn: v.acceptedArn, unwrapped: hex(v.unwrapped) });

const OF_A_VAULT = {
  vault: KIND.vaultPage,
  filter: KIND.filterPage,
  trash: KIND.trashPage,
  given: KIND.givenPage,
  received: KIND.receivedPage,
};

/** The key and the place of a token's list. */
export function pageList(v, { vaults, tables }) {
  if (OF_A_VAULT[v.list] !== undefined) {
    const vault = named(vaults, v.vault);
    const found = { table: vault.table, owner: vault.user, kind: OF_A_VAULT[v.list] };
    const query = v.list === 'filter' ? filterHash(v.filter) : undefined;
    return { key: vault.pageTokenKey, found, query };
  }
  const { id, lookupKey } = named(tables, v.table);
  const key = derived(lookupKey, 'ezypass/1/table-page-token');
  if (v.list === 'due') {
    return { key, found: { table: id, owner: '', kind: KIND.duePage, version: v.day } };
  }
  const kind = { users: KIND.usersPage, deletions: KIND.deletionsPage }[v.list];
  return { key, found: { table: id, owner: '', kind } };
}

export const READ = {
  credential(v, { vaults }) {
    const store = new Store(v.items);
    const vault = named(vaults, v.vault);
    const [id, now] = [v.credential, v.now];
    return {
      whole: () => opening.readCredential(store, vault, id, true, now),
      summary: () => opening.readCredential(store, vault, id, false, now),
      list: () => opening.listCredentials(store, vault, now),
      revision: () => opening.readRevision(store, vault, id, v.version, now),
      history: () => opening.listRevisions(store, vault, id, now),
      trash: () => opening.readTrashed(store, vault, id, now),
      'trash-list': () => opening.listTrash(store, vault, now),
    }[v.read]();
  },
  profile: (v, { vaults }) => opening.openProfile(new Store(v.items), named(vaults, v.vault)),
  keys: (v) => opening.openKeys(new Store(v.items), hex(v.table), v.user, kmsOf(v)),
  root(v) {
    const pinned = v.pinned === undefined ? undefined : hex(v.pinned);
    return table.openRoot(new Store(v.items), kmsOf(v), pinned);
  },
  claim: (v, { tables }) =>
    table.readClaim(new Store(v.items), named(tables, v.table), v.key, v.written),
  directory: (v, { tables }) =>
    table.listUsers(new Store(v.items), named(tables, v.table), v.shard),
  due: (v, { tables }) =>
    table.listDue(new Store(v.items), named(tables, v.table), v.day, v.shard, v.now),
  grant: (v, { vaults }) => table.listGrants(new Store(v.items), named(vaults, v.vault), v.now),
  received: (v, { tables }) =>
    table.listReceived(new Store(v.items), named(tables, v.table), v.user, v.now),
  'due-tag': (v, { tables }) => dueTag(named(tables, v.table).lookupKey, v.day, v.shard),
  'page-token'(v, keys) {
    const { shard, after, query } = opening.openPageToken(v.token, pageList(v, keys), v.now);
    return OF_A_VAULT[v.list] === undefined ? { shard, after } : { query, after };
  },
  'batch-receipt': (v, { vaults }) =>
    opening.openBatchReceipt(new Store(v.items), named(vaults, v.vault), v.tag, v.chunk, v.now),
  'audit-trail': (v, { vaults }) =>
    opening.readAuditTrail(new Store(v.items), named(vaults, v.vault), v.now),
  'batch-tag'(v) {
    const tag = batchTag(hex(v.indexKey), v.batch);
    return { tag, text: tag.toString('base64url') };
  },
  'batch-content'(v) {
    const asked =
      v.operation === 'ADD'
        ? v.asked.map(({ meta, secret }) => ({ meta: hex(meta), secret: hex(secret) }))
        : v.asked;
    return { content: batchContent(hex(v.indexKey), v.operation, asked) };
  },
  'pending-write': (v) => table.readPendingWrite(v.text),
  'derived-key': (v) => ({ derived: derived(hex(v.from), v.label) }),
  'site-tag'(v) {
    const { hashed, tag } = siteTag(hex(v.indexKey), v.website);
    return { hashed, tag, text: tag.toString('base64url') };
  },
  'claim-tag': (v) => claimTag(hex(v.lookupKey), v.key, v.written),
  shard: (v) => shardOf(v.user, v.shards),
  'user-key': (v) => ({ value: userKey(v.key, v.written) }),
};
