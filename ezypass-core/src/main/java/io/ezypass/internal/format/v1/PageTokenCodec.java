package io.ezypass.internal.format.v1;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The payload of a page token: when it expires and behind which key the list goes on. */
public final class PageTokenCodec {
  private static final int EXPIRES_AT = 1;
  private static final int SHARD = 2;
  private static final int AFTER = 3;
  private static final int MAX_SHARDS = 1_024;

  private PageTokenCodec() {}

  /**
   * Where a list goes on.
   *
   * @param expiresAt until when the token is good
   * @param shard the shard of the directory; 0 in a vault
   * @param after the last sort key seen; null to begin the shard
   */
  public record Position(Instant expiresAt, int shard, @Nullable String after) {}

  /** The padded payload. */
  public static byte[] encode(Position position) {
    try (FieldWriter out = new FieldWriter()) {
      out.number(EXPIRES_AT, position.expiresAt().toEpochMilli());
      out.number(SHARD, position.shard());
      String after = position.after();
      if (after != null) {
        out.text(AFTER, after);
      }
      return out.padded();
    }
  }

  /** Reads a padded payload. */
  public static Position decode(byte[] padded) throws MalformedException {
    @Nullable Instant expiresAt = null;
    int shard = 0;
    @Nullable String after = null;
    try (FieldReader in = new FieldReader(padded)) {
      while (in.next()) {
        switch (in.number()) {
          case EXPIRES_AT -> expiresAt = Instant.ofEpochMilli(in.longValue());
          case SHARD -> shard = shard(in.longValue());
          case AFTER -> after = in.text();
          default -> throw new MalformedException("unknown field");
        }
      }
    }
    if (expiresAt == null) {
      throw new MalformedException("missing field");
    }
    return new Position(expiresAt, shard, after);
  }

  private static int shard(long number) throws MalformedException {
    if (number < 0 || number >= MAX_SHARDS) {
      throw new MalformedException("shard");
    }
    return (int) number;
  }
}
