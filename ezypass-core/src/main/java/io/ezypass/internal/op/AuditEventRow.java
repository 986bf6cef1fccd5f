package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.cipher.NotAuthenticException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.AuditEventCodec;
import io.ezypass.internal.format.v1.AuditLink;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of an audit trail, opened: authentic, of this user and table, at the number that it was
 * sealed for, and in a month that can be that of the event ahead of it.
 *
 * @param hash what the next event says of this one
 */
record AuditEventRow(ItemKey key, long number, AuditEventCodec.Decoded content, byte[] hash) {

  /** Seals the first event of a trail. */
  static Item sealFirst(Environment env, UserKeys keys, AuditEventCodec.Decoded content) {
    return seal(env, keys, Instant.MIN, 1, content);
  }

  /**
   * Seals an event.
   *
   * @param ahead when the event ahead of it happened, whose hash is in the content
   */
  static Item seal(
      Environment env, UserKeys keys, Instant ahead, long number, AuditEventCodec.Decoded content) {
    CredentialSealer.requireWritable(env, keys);
    Item item =
        Sealer.seal(
                keys.vaultKey(keys.active()),
                context(keys, number, keys.active()),
                env.randomBytes(32),
                AuditEventCodec.encode(keys.user(), content),
                null)
            .into(Item.at(ItemKey.audit(keys.user(), ahead, number)).number(Item.VERSION, number));
    Long endAt = content.endAt();
    return endAt == null ? item : item.number(Item.TTL, endAt);
  }

  /** Opens an event. The generation must be among the keys. */
  static AuditEventRow open(UserKeys keys, Item item) {
    byte[] meta = item.bytes(Item.META);
    long number = KeySpace.auditNumber(item.key().sk()).orElse(0);
    Header header = CredentialRow.header(keys.user(), item);
    if (meta == null || number == 0 || item.number(Item.VERSION).orElse(0) != number) {
      throw new TamperedItemException(Describe.row(keys.user(), item.key()));
    }
    SealContext context = context(keys, number, header.generation());
    try (Sealing sealing = Sealer.opening(keys.vaultKey(header.generation()), context, header)) {
      byte[] padded = sealing.openMeta(meta);
      byte[] hash = AuditEventCodec.hash(number, padded);
      AuditEventCodec.Decoded content =
          AuditEventCodec.decode(keys.user(), padded, header.hasUnknownFeatures());
      if (!canBeAt(item.key(), keys.user(), number, content.at())
          || (content.ahead() == null) != (number == 1)) {
        throw new NotAuthenticException();
      }
      return new AuditEventRow(item.key(), number, content, hash);
    } catch (MalformedException | NotAuthenticException e) {
      throw new TamperedItemException(Describe.row(keys.user(), item.key()));
    }
  }

  /** The sort key's month is not in the context: the event ahead of it says which it must be. */
  private static boolean canBeAt(ItemKey key, UserId user, long number, Instant at) {
    ItemKey last = ItemKey.audit(user, number == 1 ? Instant.MIN : at, number);
    return number == 1 ? key.equals(last) : key.sk().compareTo(last.sk()) <= 0;
  }

  /** What an event is bound to, without the header's share of it. */
  static SealContext context(UserKeys keys, long number, int generation) {
    return SealContext.of(
        keys.tableId(), keys.user().value(), SealContext.Kind.AUDIT, number, generation);
  }

  /** What it says of the one ahead of it. */
  AuditLink link() {
    return new AuditLink(number, content.at(), content.ahead(), content.aheadEndAt());
  }

  /** Whether it is kept no longer; DynamoDB deletes it late. */
  boolean hasEnded(Instant now) {
    return hasEnded(content.endAt(), now);
  }

  static boolean hasEnded(@Nullable Long endAt, Instant now) {
    return endAt != null && endAt <= now.getEpochSecond();
  }

  /** As a reader of the trail gets it. */
  AuditEvent event() {
    return new AuditEvent(number, content.at(), content.actor(), content.changes());
  }

  /** Shows the number only. */
  @Override
  public String toString() {
    return "AuditEventRow[" + number + "]";
  }
}
