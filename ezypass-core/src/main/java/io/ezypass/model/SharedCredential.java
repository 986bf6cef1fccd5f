package io.ezypass.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a credential of somebody else is shared, as the recipient sees it. Nothing was decrypted for
 * it.
 *
 * @param owner whose credential it is
 * @param id which credential
 * @param sharedAt since when, in milliseconds
 * @param expiresAt when it ends, in whole seconds: with the grant or with the credential, whichever
 *     comes first; null for until the owner revokes it
 */
public record SharedCredential(
    UserId owner, CredentialId id, Instant sharedAt, @Nullable Instant expiresAt) {
  /** Joins the parts. */
  public SharedCredential {
    Checks.present("owner", owner);
    Checks.present("id", id);
    Checks.present("sharedAt", sharedAt);
  }

  /** Shows ids only. */
  @Override
  public String toString() {
    return "SharedCredential[owner=" + owner + ", id=" + id + "]";
  }
}
