package io.ezypass.internal.format.v1;

import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Fields 4 to 7 of every payload that has audit attributes: created at, created by, updated at,
 * updated by. The owner as actor is left out, and so is an update that is the creation.
 */
final class AuditCodec {
  private static final int CREATED_AT = 4;
  private static final int CREATED_BY = 5;
  private static final int UPDATED_AT = 6;
  private static final int UPDATED_BY = 7;

  private final Actor owner;
  private @Nullable Instant createdAt;
  private @Nullable Instant updatedAt;
  private @Nullable Actor createdBy;
  private @Nullable Actor updatedBy;

  AuditCodec(UserId owner) {
    this.owner = Actor.user(owner);
  }

  void write(FieldWriter out, Audit audit) {
    out.number(CREATED_AT, audit.createdAt().toEpochMilli());
    if (!audit.createdBy().equals(owner)) {
      out.text(CREATED_BY, audit.createdBy().id());
    }
    if (!audit.updatedAt().equals(audit.createdAt())) {
      out.number(UPDATED_AT, audit.updatedAt().toEpochMilli());
    }
    if (!audit.updatedBy().equals(owner)) {
      out.text(UPDATED_BY, audit.updatedBy().id());
    }
  }

  /** Takes the current field if it is one of these. */
  boolean read(FieldReader in) throws MalformedException {
    switch (in.number()) {
      case CREATED_AT -> createdAt = Instant.ofEpochMilli(in.longValue());
      case CREATED_BY -> createdBy = Actor.of(in.text());
      case UPDATED_AT -> updatedAt = Instant.ofEpochMilli(in.longValue());
      case UPDATED_BY -> updatedBy = Actor.of(in.text());
      default -> {
        return false;
      }
    }
    return true;
  }

  Audit audit() throws MalformedException {
    if (createdAt == null) {
      throw new MalformedException("no time of creation");
    }
    return new Audit(
        createdAt,
        createdBy == null ? owner : createdBy,
        updatedAt == null ? createdAt : updatedAt,
        updatedBy == null ? owner : updatedBy);
  }
}
