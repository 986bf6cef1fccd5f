package io.ezypass.internal.op;

import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.RowBytes;
import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.KeyScope;
import io.ezypass.internal.table.Item;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's opened KEYS item: every generation of the vault key, what the index key gives, and what
 * the next KEYS item is made of.
 */
public final class UserKeys implements KeyMaterial {
  private static final String SITE_TAG = "ezypass/1/site-tag";
  private static final String USER_ROW = "ezypass/1/user-row";
  private static final String BATCH_TAG = "ezypass/1/batch-tag";
  private static final String BATCH_CONTENT = "ezypass/1/batch-content";

  private final UserId user;
  private final byte[] tableId;
  private final int active;
  private final boolean writable;
  private final @Nullable Item item;
  private final long askedAt;
  private final List<KeysCodec.Generation> activations = new ArrayList<>();
  private final Map<Integer, Key> generations = new HashMap<>();
  private final Key indexKey;
  private final Key siteTagKey;
  private final Key rowKey;
  private final Key pageTokenKey;

  /**
   * Copies the keys; the caller wipes its own.
   *
   * @param writable false if the KEYS item has features that this version does not know
   * @param item what is held of the item that they were opened from; null if it is still to be
   *     written
   * @param askedAt the nano time before the item was read
   */
  UserKeys(
      UserId user,
      byte[] tableId,
      int active,
      byte[] vaultKey,
      KeysCodec.Decoded rest,
      boolean writable,
      @Nullable Item item,
      long askedAt) {
    this.user = user;
    this.tableId = tableId.clone();
    this.active = active;
    this.writable = writable;
    this.item = item;
    this.askedAt = askedAt;
    for (KeysCodec.Generation generation : rest.generations()) {
      activations.add(
          new KeysCodec.Generation(generation.number(), generation.activatedAt(), null));
      byte[] older = generation.key();
      if (older != null) {
        generations.put(generation.number(), Key.copyOf(older));
      }
    }
    generations.put(active, Key.copyOf(vaultKey));
    indexKey = Key.copyOf(rest.indexKey());
    siteTagKey = Hmac.deriveKey(indexKey, SITE_TAG);
    rowKey = Hmac.deriveKey(indexKey, USER_ROW);
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

  /** Since when the active generation is. */
  Instant activatedAt() {
    return activations.stream()
        .filter(generation -> generation.number() == active)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the active generation was checked before"))
        .activatedAt();
  }

  /** The KEYS item that these were opened from: ciphertext, and what stands beside it. */
  Item item() {
    if (item == null) {
      throw new IllegalStateException("the KEYS item is still to be written");
    }
    return item;
  }

  /**
   * Whether they were held for longer than any process may hold keys. Nothing is sealed under them
   * then: others count on that.
   */
  boolean areHeldTooLong(long nanoTime) {
    return nanoTime - askedAt >= TimeLimits.LONGEST_CACHE.toNanos();
  }

  /** Whether the item that they were opened from may have been read before that nano time. */
  boolean wereAskedForBefore(long moment) {
    return askedAt - moment < 0;
  }

  /** What the KEYS item of the next generation seals. The caller wipes it. */
  KeysCodec.Decoded next(Instant now) {
    List<KeysCodec.Generation> all = new ArrayList<>();
    for (KeysCodec.Generation older : activations) {
      all.add(
          new KeysCodec.Generation(
              older.number(), older.activatedAt(), vaultKey(older.number()).copyBytes()));
    }
    all.add(new KeysCodec.Generation(active + 1, now, null));
    return new KeysCodec.Decoded(indexKey.copyBytes(), pageTokenKey.copyBytes(), List.copyOf(all));
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

  /** The first 12 bytes of the keyed hash of a batch's id. */
  byte[] batchTag(BatchId id) {
    byte[] text = id.value().getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(hash(BATCH_TAG, text), BatchReceipt.TAG);
  }

  /** The keyed hash of what a batch, or an item of it, consists of. */
  byte[] batchContent(byte[]... parts) {
    return hash(BATCH_CONTENT, parts);
  }

  private byte[] hash(String label, byte[]... parts) {
    Key key = Hmac.deriveKey(indexKey, label);
    try {
      return Hmac.sha256(key, parts);
    } finally {
      key.wipe();
    }
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

  /** The HMAC of a grant's row. */
  byte[] grantHmac(
      CredentialId credential,
      UserId recipient,
      long grantedAt,
      @Nullable Long until,
      @Nullable Long ttl,
      byte[] operationId) {
    return Hmac.sha256(
        rowKey,
        new RowBytes("grant")
            .bytes(tableId)
            .text(user.value())
            .text(credential.value())
            .text(recipient.value())
            .number(grantedAt)
            .optionalNumber(until)
            .optionalNumber(ttl)
            .bytes(operationId)
            .encode());
  }

  @Override
  public void wipe() {
    generations.values().forEach(Key::wipe);
    indexKey.wipe();
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
