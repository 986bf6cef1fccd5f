package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.Grant;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A grant: its row in the owner's collection, and what its row in the recipient's has. Neither is
 * sealed: ids and times, under an HMAC. The owner's decides; the recipient's only tells of it.
 *
 * @param grantedAt milliseconds since the epoch
 * @param until when the grant itself ends, in seconds since the epoch; null for never
 * @param ttl the same, or when the credential ends, if that comes first
 * @param operationId of the write that made it, 16 bytes
 */
record GrantRow(
    KeySpace.Share share,
    long grantedAt,
    @Nullable Long until,
    @Nullable Long ttl,
    byte[] operationId) {
  /** How long an operation id is. */
  static final int OPERATION_ID = 16;

  /** An authentic grant of the owner whose keys these are. */
  static GrantRow open(UserKeys keys, Item item) {
    KeySpace.Share share = KeySpace.grant(item.key());
    OptionalLong grantedAt = item.number(Item.GRANTED);
    byte[] operationId = item.bytes(Item.OPERATION);
    byte[] hmac = item.bytes(Item.ROW_HMAC);
    if (share == null
        || !share.owner().equals(keys.user())
        || grantedAt.isEmpty()
        || operationId == null
        || operationId.length != OPERATION_ID
        || hmac == null) {
      throw new TamperedItemException(Describe.row(keys.user(), item.key()));
    }
    GrantRow row =
        new GrantRow(
            share,
            grantedAt.getAsLong(),
            optional(item, Item.UNTIL),
            optional(item, Item.TTL),
            operationId);
    if (!Hmac.equal(hmac, row.hmac(keys))) {
      throw new TamperedItemException(Describe.row(keys.user(), item.key()));
    }
    return row;
  }

  /** What an authentic row in the recipient's collection tells; null if that has ended. */
  static @Nullable SharedCredential received(
      TableKeys keys, UserId recipient, Item item, Instant now) {
    KeySpace.Share share = KeySpace.sharedIn(item.key());
    OptionalLong grantedAt = item.number(Item.GRANTED);
    Long ttl = optional(item, Item.TTL);
    byte[] hmac = item.bytes(Item.ROW_HMAC);
    if (share == null
        || grantedAt.isEmpty()
        || hmac == null
        || !Hmac.equal(hmac, keys.sharedInHmac(share, grantedAt.getAsLong(), ttl))) {
      throw new TamperedItemException(Describe.row(recipient, item.key()));
    }
    return hasEnded(ttl, now)
        ? null
        : new SharedCredential(
            share.owner(),
            share.credential(),
            Instant.ofEpochMilli(grantedAt.getAsLong()),
            instant(ttl));
  }

  /** The same grant, to end with a credential that ends then. */
  GrantRow endingWith(@Nullable Long credentialEnd) {
    return new GrantRow(
        share, grantedAt, until, CredentialSealer.earlier(until, credentialEnd), operationId);
  }

  /** The row in the owner's collection. */
  Item item(UserKeys keys) {
    Item item =
        Item.at(share.grant())
            .number(Item.GRANTED, grantedAt)
            .bytes(Item.OPERATION, operationId)
            .bytes(Item.ROW_HMAC, hmac(keys));
    if (until != null) {
      item.number(Item.UNTIL, until);
    }
    return ttl == null ? item : item.number(Item.TTL, ttl);
  }

  /** The row in the recipient's. */
  Item pointer(TableKeys keys) {
    Item item =
        Item.at(share.pointer())
            .number(Item.GRANTED, grantedAt)
            .bytes(Item.ROW_HMAC, keys.sharedInHmac(share, grantedAt, ttl));
    return ttl == null ? item : item.number(Item.TTL, ttl);
  }

  /** Whether it opens nothing any more; DynamoDB deletes it late. */
  boolean hasEnded(Instant now) {
    return hasEnded(ttl, now);
  }

  /** As its owner sees it. */
  Grant grant() {
    return new Grant(
        share.credential(), share.recipient(), Instant.ofEpochMilli(grantedAt), instant(until));
  }

  /** Shows ids only. */
  @Override
  public String toString() {
    return "GrantRow[" + share + "]";
  }

  private byte[] hmac(UserKeys keys) {
    return keys.grantHmac(
        share.credential(), share.recipient(), grantedAt, until, ttl, operationId);
  }

  private static boolean hasEnded(@Nullable Long end, Instant now) {
    return end != null && end <= now.getEpochSecond();
  }

  private static @Nullable Long optional(Item item, String name) {
    OptionalLong number = item.number(name);
    return number.isPresent() ? number.getAsLong() : null;
  }

  private static @Nullable Instant instant(@Nullable Long seconds) {
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }
}
