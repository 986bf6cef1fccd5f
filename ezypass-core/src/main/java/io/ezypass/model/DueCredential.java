package io.ezypass.model;

import java.time.LocalDate;

/**
 * Says that a credential's password should be changed by a day. It comes from the due list and
 * holds ids only; {@link io.ezypass.VaultRepository#due} tells how to make sure of it.
 *
 * @param owner whose credential it is
 * @param credential which one
 * @param rotateBy the day
 */
public record DueCredential(UserId owner, CredentialId credential, LocalDate rotateBy) {
  /** Joins the parts. */
  public DueCredential {
    Checks.present("owner", owner);
    Checks.present("credential", credential);
    Checks.present("rotateBy", rotateBy);
  }

  /** Shows ids only. */
  @Override
  public String toString() {
    return "DueCredential[owner=" + owner + ", credential=" + credential + "]";
  }
}
