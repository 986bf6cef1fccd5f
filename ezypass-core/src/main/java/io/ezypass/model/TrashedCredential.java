package io.ezypass.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential in the trash, as lists show it: nothing secret was decrypted for it.
 *
 * @param summary what it was; its version is the one that deleting gave it, which restoring and
 *     purging name
 * @param deletedAt when it was deleted, in milliseconds
 * @param deletedBy who deleted it
 * @param purgeAt when it is gone for good, in whole seconds; null if only purging ends it. An
 *     {@linkplain CredentialMeta#expiresAt() expiry} may come first
 */
public record TrashedCredential(
    CredentialSummary summary, Instant deletedAt, Actor deletedBy, @Nullable Instant purgeAt) {
  /** Joins the parts. */
  public TrashedCredential {
    Checks.present("summary", summary);
    Checks.present("deletedAt", deletedAt);
    Checks.present("deletedBy", deletedBy);
  }

  /**
   * Which credential it is.
   *
   * @return the id, under which it is restored
   */
  public CredentialId id() {
    return summary.id();
  }

  /**
   * The version that deleting gave it.
   *
   * @return the version, to be named when it is restored or purged
   */
  public long version() {
    return summary.version();
  }

  /** Shows ids and version only. */
  @Override
  public String toString() {
    return "TrashedCredential[id=" + id() + ", version=" + version() + "]";
  }
}
