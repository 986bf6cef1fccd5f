package io.ezypass.internal.format.v1;

import io.ezypass.model.CredentialFilter;
import io.ezypass.model.Website;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The payload of a page token: when it expires, where the list goes on, and of which query. */
public final class PageTokenCodec {
  private static final int EXPIRES_AT = 1;
  private static final int SHARD = 2;
  private static final int AFTER = 3;
  private static final int QUERY = 4;
  private static final int QUERY_LENGTH = 32;
  private static final int MAX_SHARDS = 1_024;

  private PageTokenCodec() {}

  /**
   * Where a list goes on.
   *
   * @param expiresAt until when the token is good
   * @param shard the shard of the directory; 0 in a vault
   * @param after the last sort key seen; null to begin the shard
   * @param query the hash of the query; null where the kind of the token says which list it is of
   */
  public record Position(
      Instant expiresAt, int shard, @Nullable String after, byte @Nullable [] query) {
    /** A position in a list that is no query. */
    public Position(Instant expiresAt, int shard, @Nullable String after) {
      this(expiresAt, shard, after, null);
    }
  }

  /** The padded payload. */
  public static byte[] encode(Position position) {
    try (FieldWriter out = new FieldWriter()) {
      out.number(EXPIRES_AT, position.expiresAt().toEpochMilli());
      out.number(SHARD, position.shard());
      String after = position.after();
      if (after != null) {
        out.text(AFTER, after);
      }
      byte[] query = position.query();
      if (query != null) {
        out.field(QUERY, query);
      }
      return out.padded();
    }
  }

  /** Reads a padded payload. */
  public static Position decode(byte[] padded) throws MalformedException {
    @Nullable Instant expiresAt = null;
    int shard = 0;
    @Nullable String after = null;
    byte @Nullable [] query = null;
    try (FieldReader in = new FieldReader(padded)) {
      while (in.next()) {
        switch (in.number()) {
          case EXPIRES_AT -> expiresAt = Instant.ofEpochMilli(in.longValue());
          case SHARD -> shard = shard(in.longValue());
          case AFTER -> after = in.text();
          case QUERY -> query = in.value(QUERY_LENGTH);
          default -> throw new MalformedException("unknown field");
        }
      }
    }
    if (expiresAt == null) {
      throw new MalformedException("missing field");
    }
    return new Position(expiresAt, shard, after, query);
  }

  /** The hash of a filter: SHA-256 over its parts, laid out like row bytes. */
  public static byte[] hash(CredentialFilter filter) {
    Website.Kind kind = filter.websiteKind();
    RowBytes parts =
        new RowBytes("filter")
            .number(filter.favouritesOnly() ? 1 : 0)
            .text(kind == null ? "" : MetaCodec.letter(kind));
    filter.tags().forEach(parts::text);
    try {
      return MessageDigest.getInstance("SHA-256").digest(parts.encode());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static int shard(long number) throws MalformedException {
    if (number < 0 || number >= MAX_SHARDS) {
      throw new MalformedException("shard");
    }
    return (int) number;
  }
}
