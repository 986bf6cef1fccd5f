package io.ezypass.internal.format.v1;

import io.ezypass.model.Actor;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields 17 to 20 of a credential's meta part, which the user did not write: the revisions that are
 * kept, newest first, and of a credential in the trash when and by whom it was deleted, and until
 * when it is kept.
 *
 * @param kept the revisions
 * @param deletion null for a live credential
 */
public record Lifecycle(List<Kept> kept, @Nullable Deletion deletion) {
  /** Of a live credential without revisions. */
  public static final Lifecycle NEW = new Lifecycle(List.of(), null);

  static final int KEPT = 17;

  /** As many as the longest policy keeps. */
  private static final int MOST = 20;

  private static final int DELETED_AT = 18;
  private static final int DELETED_BY = 19;
  private static final int PURGE_AT = 20;

  /** The end of the year 9999, as for the expiry of a credential. */
  private static final long LATEST = 253_402_300_799L;

  /**
   * A kept revision.
   *
   * @param version which version of the credential
   * @param until when its age limit ends it, in seconds since the epoch; null if it has none
   */
  public record Kept(long version, @Nullable Long until) {
    /** Whether its age limit has passed. */
    public boolean hasEnded(Instant now) {
      return until != null && until <= now.getEpochSecond();
    }
  }

  /**
   * What deleting adds.
   *
   * @param purgeAt in seconds since the epoch; null if only purging ends it
   */
  public record Deletion(Instant at, Actor by, @Nullable Long purgeAt) {}

  /** The feature bits of an item that holds this: who does not know them must not write it. */
  public int features() {
    return kept.isEmpty() ? 0 : Header.REVISIONS;
  }

  /** Whether an item of that version, with these feature bits, may hold this. */
  public boolean belongsTo(long version, int featureBits) {
    return ((features() ^ featureBits) & Header.REVISIONS) == 0
        && (kept.isEmpty() || kept.get(0).version() < version);
  }

  void write(FieldWriter out, Actor owner) {
    for (Kept revision : kept) {
      Long until = revision.until();
      ByteBuffer value = ByteBuffer.allocate(until == null ? 8 : 16).putLong(revision.version());
      out.field(KEPT, (until == null ? value : value.putLong(until)).array());
    }
    if (deletion != null) {
      out.number(DELETED_AT, deletion.at().toEpochMilli());
      if (!deletion.by().equals(owner)) {
        out.text(DELETED_BY, deletion.by().id());
      }
      if (deletion.purgeAt() != null) {
        out.number(PURGE_AT, deletion.purgeAt());
      }
    }
  }

  /** Reads these fields out of a payload. */
  static final class Reader {
    private final Actor owner;
    private final List<Kept> kept = new ArrayList<>();
    private @Nullable Instant deletedAt;
    private @Nullable Actor deletedBy;
    private @Nullable Long purgeAt;

    Reader(Actor owner) {
      this.owner = owner;
    }

    /** Takes the current field if it is one of these. */
    boolean read(FieldReader in) throws MalformedException {
      switch (in.number()) {
        case KEPT -> kept.add(revision(in.value()));
        case DELETED_AT -> deletedAt = Instant.ofEpochMilli(in.longValue());
        case DELETED_BY -> deletedBy = Actor.of(in.text());
        case PURGE_AT -> purgeAt = end(in.longValue());
        default -> {
          return false;
        }
      }
      return true;
    }

    Lifecycle lifecycle() throws MalformedException {
      if (kept.size() > MOST || (deletedAt == null && (deletedBy != null || purgeAt != null))) {
        throw new MalformedException("lifecycle");
      }
      return new Lifecycle(
          List.copyOf(kept),
          deletedAt == null
              ? null
              : new Deletion(deletedAt, deletedBy == null ? owner : deletedBy, purgeAt));
    }

    private Kept revision(byte[] value) throws MalformedException {
      if (value.length != 8 && value.length != 16) {
        throw new MalformedException("revision");
      }
      ByteBuffer in = ByteBuffer.wrap(value);
      long version = in.getLong();
      Long until = value.length == 16 ? end(in.getLong()) : null;
      long before = kept.isEmpty() ? Long.MAX_VALUE : kept.get(kept.size() - 1).version();
      if (version < 1 || version >= before) {
        throw new MalformedException("revision");
      }
      return new Kept(version, until);
    }

    private static long end(long seconds) throws MalformedException {
      if (seconds < 0 || seconds > LATEST) {
        throw new MalformedException("end");
      }
      return seconds;
    }
  }
}
