package io.ezypass.internal.format.v1;

import io.ezypass.model.AuditRange;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.Website;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a page token: when it expires, where the list goes on, of which query, and what
 * has to come next.
 */
public final class PageTokenCodec {
  private static final int EXPIRES_AT = 1;
  private static final int SHARD = 2;
  private static final int AFTER = 3;
  private static final int QUERY = 4;
  private static final int LINK = 5;
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
   * @param link what the last event seen says of the next one; null for other lists
   */
  public record Position(
      Instant expiresAt,
      int shard,
      @Nullable String after,
      byte @Nullable [] query,
      @Nullable AuditLink link) {
    /** A position in a list that has no links. */
    public Position(Instant expiresAt, int shard, @Nullable String after, byte @Nullable [] query) {
      this(expiresAt, shard, after, query, null);
    }

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
      AuditLink link = position.link();
      if (link != null) {
        out.field(LINK, link.encode());
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
    @Nullable AuditLink link = null;
    try (FieldReader in = new FieldReader(padded)) {
      while (in.next()) {
        switch (in.number()) {
          case EXPIRES_AT -> expiresAt = Instant.ofEpochMilli(in.longValue());
          case SHARD -> shard = shard(in.longValue());
          case AFTER -> after = in.text();
          case QUERY -> query = in.value(QUERY_LENGTH);
          case LINK -> link = AuditLink.decode(in.value());
          default -> throw new MalformedException("unknown field");
        }
      }
    }
    if (expiresAt == null) {
      throw new MalformedException("missing field");
    }
    return new Position(expiresAt, shard, after, query, link);
  }

  /** The hash of a filter: SHA-256 over its parts, laid out like row bytes. */
  public static byte[] hash(CredentialFilter filter) {
    Website.Kind kind = filter.websiteKind();
    RowBytes parts =
        new RowBytes("filter")
            .number(filter.favouritesOnly() ? 1 : 0)
            .text(kind == null ? "" : MetaCodec.letter(kind));
    filter.tags().forEach(parts::text);
    return sha256(parts);
  }

  /** The hash of a range of an audit trail: SHA-256 over its ends, laid out like row bytes. */
  public static byte[] hash(AuditRange range) {
    RowBytes parts = new RowBytes("audit-range");
    add(parts, range.from());
    add(parts, range.until());
    return sha256(parts);
  }

  private static void add(RowBytes parts, @Nullable Instant end) {
    parts
        .optionalNumber(end == null ? null : end.getEpochSecond())
        .optionalNumber(end == null ? null : (long) end.getNano());
  }

  private static byte[] sha256(RowBytes parts) {
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
