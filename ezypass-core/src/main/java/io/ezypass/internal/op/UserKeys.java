package io.ezypass.internal.op;

import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.RowBytes;
import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.KeyScope;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user's opened KEYS item: every generation of the vault key, and what the index key gives. */
public final class UserKeys implements KeyMaterial {
  private static final String SITE_TAG = "ezypass/1/site-tag";
  private static final String USER_ROW = "ezypass/1/user-row";

  private final UserId user;
  private final byte[] tableId;
  private final int active;
  private final boolean writable;
  private final Map<Integer, Key> generations = new HashMap<>();
  private final Key siteTagKey;
  private final Key rowKey;
  private final Key pageTokenKey;

  /**
   * Copies the keys; the caller wipes its own.
   *
   * @param writable false if the KEYS item has features that this version does not know
   */
  UserKeys(
      UserId user,
      byte[] tableId,
      int active,
      byte[] vaultKey,
      KeysCodec.Decoded rest,
      boolean writable) {
    this.user = user;
    this.tableId = tableId.clone();
    this.active = active;
    this.writable = writable;
    for (KeysCodec.Generation generation : rest.generations()) {
      byte[] older = generation.key();
      if (older != null) {
        generations.put(generation.number(), Key.copyOf(older));
      }
    }
    generations.put(active, Key.copyOf(vaultKey));
    Key index = Key.copyOf(rest.indexKey());
    siteTagKey = Hmac.deriveKey(index, SITE_TAG);
    rowKey = Hmac.deriveKey(index, USER_ROW);
    index.wipe();
    pageTokenKey = Key.copyOf(rest.pageTokenKey());
  }

  /** Under which the key cache keeps a user's keys. */
  public static KeyScope<UserKeys> scope(UserId user) {
    return new KeyScope<>(UserKeys.class, user.value());
  }

  UserId user() {
    return user;
  }

  byte[] tableId() {
    return tableId;
  }

  int active() {
    return active;
  }

  boolean writable() {
    return writable;
  }

  boolean has(int generation) {
    return generations.containsKey(generation);
  }

  Key vaultKey(int generation) {
    Key key = generations.get(generation);
    if (key == null) {
      throw new IllegalStateException("generation " + generation + " was not checked before");
    }
    return key;
  }

  Key pageTokenKey() {
    return pageTokenKey;
  }

  /** The first 9 bytes of the keyed hash of a website. */
  byte[] siteTag(Website website) {
    return Arrays.copyOf(Hmac.sha256(siteTagKey, MetaCodec.websiteBytes(website)), MetaCodec.TAG);
  }

  /** The HMAC of a forwarding row. */
  byte[] forwardingHmac(String sortKey, String target, @Nullable Long ttl) {
    return Hmac.sha256(
        rowKey,
        new RowBytes("forwarding")
            .bytes(tableId)
            .text(user.value())
            .text(sortKey)
            .text(target)
            .optionalNumber(ttl)
            .encode());
  }

  @Override
  public void wipe() {
    generations.values().forEach(Key::wipe);
    siteTagKey.wipe();
    rowKey.wipe();
    pageTokenKey.wipe();
  }

  /** Shows the user only. */
  @Override
  public String toString() {
    return "UserKeys[" + user + "]";
  }
}
