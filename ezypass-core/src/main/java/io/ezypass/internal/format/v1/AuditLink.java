package io.ezypass.internal.format.v1;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an event of an audit trail says of the one ahead of it. A page token carries it, so that the
 * link between two pages is checked like any other.
 *
 * @param number the event's own number
 * @param at the event's own time; the one ahead of it is no later
 * @param ahead the hash of the one ahead of it; null if there is none
 * @param aheadEndAt when the one ahead of it ends, in seconds since the epoch; null if never
 */
public record AuditLink(
    long number, Instant at, byte @Nullable [] ahead, @Nullable Long aheadEndAt) {
  private static final int FIRST = 8 + 8;
  private static final int FOREVER = FIRST + AuditEventCodec.HASH;
  private static final int ENDING = FOREVER + 8;

  /** The bytes: number, time in milliseconds, hash, end; the last two only if there are any. */
  byte[] encode() {
    int length = ahead == null ? FIRST : aheadEndAt == null ? FOREVER : ENDING;
    ByteBuffer out = ByteBuffer.allocate(length).putLong(number).putLong(at.toEpochMilli());
    if (ahead != null) {
      out.put(ahead);
      if (aheadEndAt != null) {
        out.putLong(aheadEndAt);
      }
    }
    return out.array();
  }

  static AuditLink decode(byte[] bytes) throws MalformedException {
    if (bytes.length != FIRST && bytes.length != FOREVER && bytes.length != ENDING) {
      throw new MalformedException("link");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new AuditLink(
        in.getLong(),
        Instant.ofEpochMilli(in.getLong()),
        bytes.length == FIRST ? null : Arrays.copyOfRange(bytes, FIRST, FOREVER),
        bytes.length == ENDING ? in.getLong(FOREVER) : null);
  }

  /** Shows the number only. */
  @Override
  public String toString() {
    return "AuditLink[" + number + "]";
  }
}
