package io.ezypass.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a credential is shared, as its owner sees it.
 *
 * @param credential which credential
 * @param recipient who may open it
 * @param grantedAt since when, in milliseconds
 * @param expiresAt when it ends, in whole seconds; null for until it is revoked. The credential's
 *     own expiry may come first
 */
public record Grant(
    CredentialId credential, UserId recipient, Instant grantedAt, @Nullable Instant expiresAt) {
  /** The most grants that a credential can have at a time. */
  public static final int MOST = 30;

  /** Joins the parts. */
  public Grant {
    Checks.present("credential", credential);
    Checks.present("recipient", recipient);
    Checks.present("grantedAt", grantedAt);
  }

  /** Shows ids only. */
  @Override
  public String toString() {
    return "Grant[credential=" + credential + ", recipient=" + recipient + "]";
  }
}
