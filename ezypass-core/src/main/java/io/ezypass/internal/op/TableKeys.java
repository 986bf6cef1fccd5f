package io.ezypass.internal.op;

import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.RowBytes;
import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.KeyScope;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import org.jspecify.annotations.Nullable;

/** The table's opened lookup key: claims, directory rows, page tokens of the directory. */
public final class TableKeys implements KeyMaterial {
  private static final KeyScope<TableKeys> SCOPE = new KeyScope<>(TableKeys.class, "TABLE");

  private final TableIdentity table;
  private final Key claimTagKey;
  private final Key dueTagKey;
  private final Key rowKey;
  private final Key pageTokenKey;

  /** Derives all that is needed; the lookup key stays the caller's to wipe. */
  TableKeys(TableIdentity table, Key lookupKey) {
    this.table = table;
    claimTagKey = Hmac.deriveKey(lookupKey, "ezypass/1/claim-tag");
    dueTagKey = Hmac.deriveKey(lookupKey, "ezypass/1/due-tag");
    rowKey = Hmac.deriveKey(lookupKey, "ezypass/1/table-row");
    pageTokenKey = Hmac.deriveKey(lookupKey, "ezypass/1/table-page-token");
  }

  /** Under which the key cache keeps the table's keys. */
  public static KeyScope<TableKeys> scope() {
    return SCOPE;
  }

  TableIdentity table() {
    return table;
  }

  Key pageTokenKey() {
    return pageTokenKey;
  }

  /** The keyed hash of an e-mail address or a username. */
  byte[] claimTag(UserKey key) {
    return Hmac.sha256(claimTagKey, new RowBytes(key.kind().name()).text(key.value()).encode());
  }

  byte[] rootHmac() {
    return Hmac.sha256(
        rowKey, new RowBytes("root").bytes(table.id()).number(table.shards()).encode());
  }

  byte[] claimHmac(UserKey.Kind kind, byte[] tag, UserId user) {
    return Hmac.sha256(
        rowKey,
        new RowBytes("claim")
            .bytes(table.id())
            .text(kind.name())
            .bytes(tag)
            .text(user.value())
            .encode());
  }

  byte[] directoryHmac(int shard, UserId user) {
    return Hmac.sha256(
        rowKey,
        new RowBytes("directory").bytes(table.id()).number(shard).text(user.value()).encode());
  }

  /** The keyed hash of a day and a shard, under which the due list has one partition. */
  byte[] dueTag(long epochDay, int shard) {
    return Hmac.sha256(dueTagKey, new RowBytes("due").number(epochDay).number(shard).encode());
  }

  byte[] dueHmac(byte[] tag, UserId user, CredentialId credential, @Nullable Long ttl) {
    return Hmac.sha256(
        rowKey,
        new RowBytes("due")
            .bytes(table.id())
            .bytes(tag)
            .text(user.value())
            .text(credential.value())
            .optionalNumber(ttl)
            .encode());
  }

  /** The HMAC of a grant's row in its recipient's collection. */
  byte[] sharedInHmac(KeySpace.Share share, long grantedAt, @Nullable Long ttl) {
    return Hmac.sha256(
        rowKey,
        new RowBytes("share-pointer")
            .bytes(table.id())
            .text(share.recipient().value())
            .text(share.owner().value())
            .text(share.credential().value())
            .number(grantedAt)
            .optionalNumber(ttl)
            .encode());
  }

  @Override
  public void wipe() {
    claimTagKey.wipe();
    dueTagKey.wipe();
    rowKey.wipe();
    pageTokenKey.wipe();
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "TableKeys[redacted]";
  }
}
