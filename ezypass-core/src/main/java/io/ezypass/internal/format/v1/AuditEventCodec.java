package io.ezypass.internal.format.v1;

import io.ezypass.model.Actor;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an event of an audit trail: when, who, what, until when it is kept, and what the
 * event ahead of it was, which links both.
 */
public final class AuditEventCodec {
  /** The length of a hash that links an event to the one ahead of it. */
  public static final int HASH = 32;

  /** The most changes that an event may have. */
  public static final int MAX_CHANGES = 100;

  private static final int AT = 1;
  private static final int ACTOR = 2;
  private static final int CHANGE = 3;
  private static final int END_AT = 4;
  private static final int AHEAD = 5;
  private static final int AHEAD_END_AT = 6;

  /** Action and version. */
  private static final int FIXED = 1 + 8;

  private static final int ID = 21;

  private AuditEventCodec() {}

  /**
   * What an event holds.
   *
   * @param changes what was done; empty only if a newer version of the library wrote it
   * @param endAt when it ends, in seconds since the epoch; null if it does not
   * @param ahead the hash of the event ahead of it; null for the first
   * @param aheadEndAt when the event ahead of it ends; null if it does not, or there is none
   */
  public record Decoded(
      Instant at,
      Actor actor,
      List<AuditedChange> changes,
      @Nullable Long endAt,
      byte @Nullable [] ahead,
      @Nullable Long aheadEndAt) {
    /** Shows neither who nor what. */
    @Override
    public String toString() {
      return "Decoded[redacted]";
    }
  }

  /** The padded payload. The owner as actor is left out. */
  public static byte[] encode(UserId owner, Decoded event) {
    try (FieldWriter out = new FieldWriter()) {
      out.number(AT, event.at().toEpochMilli());
      if (!event.actor().equals(Actor.user(owner))) {
        out.text(ACTOR, event.actor().id());
      }
      event.changes().forEach(change -> out.field(CHANGE, bytes(change)));
      number(out, END_AT, event.endAt());
      byte[] ahead = event.ahead();
      if (ahead != null) {
        out.field(AHEAD, ahead);
        number(out, AHEAD_END_AT, event.aheadEndAt());
      }
      return out.padded();
    }
  }

  /**
   * Reads a padded payload, which is wiped.
   *
   * @param lenient whether unknown fields are passed over
   */
  public static Decoded decode(UserId owner, byte[] padded, boolean lenient)
      throws MalformedException {
    @Nullable Instant at = null;
    Actor actor = Actor.user(owner);
    @Nullable Long endAt = null;
    @Nullable Long aheadEndAt = null;
    byte @Nullable [] ahead = null;
    List<AuditedChange> changes = new ArrayList<>();
    try (FieldReader in = new FieldReader(padded, CHANGE)) {
      while (in.next()) {
        switch (in.number()) {
          case AT -> at = Instant.ofEpochMilli(in.longValue());
          case ACTOR -> actor = Actor.of(in.text());
          case CHANGE -> changes.add(change(in.value()));
          case END_AT -> endAt = in.longValue();
          case AHEAD -> ahead = in.value(HASH);
          case AHEAD_END_AT -> aheadEndAt = in.longValue();
          default -> {
            if (!lenient) {
              throw new MalformedException("unknown field");
            }
          }
        }
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedException("value");
    }
    if (at == null || (changes.isEmpty() && !lenient)) {
      throw new MalformedException("missing field");
    }
    if (changes.size() > MAX_CHANGES || (ahead == null && aheadEndAt != null)) {
      throw new MalformedException("bounds");
    }
    return new Decoded(at, actor, List.copyOf(changes), endAt, ahead, aheadEndAt);
  }

  /**
   * What the next event says of this one: SHA-256 over its number and its payload without padding,
   * laid out like row bytes. It covers what was sealed, not how, so a rotation leaves it as it is.
   */
  public static byte[] hash(long number, byte[] padded) throws MalformedException {
    byte[] plain = Arrays.copyOf(padded, Padding.unpaddedLength(padded));
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(new RowBytes("audit-event").number(number).bytes(plain).encode());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void number(FieldWriter out, int field, @Nullable Long value) {
    if (value != null) {
      out.number(field, value);
    }
  }

  /** Action (1 byte), version (8), the credential's id if there is one (21), the recipient's. */
  private static byte[] bytes(AuditedChange change) {
    CredentialId credential = change.credential();
    UserId recipient = change.recipient();
    byte[] id =
        credential == null ? new byte[0] : Base64.getUrlDecoder().decode(credential.value());
    byte[] user =
        recipient == null ? new byte[0] : recipient.value().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(FIXED + id.length + user.length)
        .put((byte) number(change.action()))
        .putLong(change.version())
        .put(id)
        .put(user)
        .array();
  }

  /** What does not fit to its action is refused by the change itself. */
  private static AuditedChange change(byte[] value) throws MalformedException {
    if (value.length < FIXED) {
      throw new MalformedException("change");
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    Action action = action(in.get());
    long version = in.getLong();
    CredentialId credential = null;
    if (in.remaining() >= ID) {
      byte[] id = new byte[ID];
      in.get(id);
      credential = CredentialId.of(Base64.getUrlEncoder().withoutPadding().encodeToString(id));
    }
    byte[] user = new byte[in.remaining()];
    in.get(user);
    return new AuditedChange(
        action,
        credential,
        version,
        user.length == 0 ? null : UserId.of(new String(user, StandardCharsets.ISO_8859_1)));
  }

  /** The number is stored: never change it. */
  private static int number(Action action) {
    return switch (action) {
      case REGISTER -> 1;
      case UPDATE_USER -> 2;
      case ADD -> 3;
      case UPDATE -> 4;
      case REVERT -> 5;
      case TRASH -> 6;
      case RESTORE -> 7;
      case PURGE -> 8;
      case DELETE -> 9;
      case SHARE -> 10;
      case REVOKE -> 11;
    };
  }

  private static Action action(byte number) throws MalformedException {
    for (Action action : Action.values()) {
      if (number(action) == number) {
        return action;
      }
    }
    throw new MalformedException("action");
  }
}
