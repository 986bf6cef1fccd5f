package io.ezypass.model;

import org.jspecify.annotations.Nullable;

/**
 * A registered user, the owner of one vault.
 *
 * @param id permanent
 * @param profile username, e-mail address and display name
 * @param audit when and by whom the user was created and last updated
 * @param version 1 when new, one more with each update; every update has to name it
 */
public record VaultUser(UserId id, UserProfile profile, Audit audit, long version) {
  /** Joins the parts. */
  public VaultUser {
    Checks.present("id", id);
    Checks.present("profile", profile);
    Checks.present("audit", audit);
  }

  /**
   * The e-mail address as it was written.
   *
   * @return the address, or null if there is none
   */
  public @Nullable String email() {
    return profile.email();
  }

  /**
   * The username as it was written.
   *
   * @return the name, or null if there is none
   */
  public @Nullable String username() {
    return profile.username();
  }

  /**
   * The display name.
   *
   * @return the name, or null if there is none
   */
  public @Nullable String displayName() {
    return profile.displayName();
  }

  /** Shows id and version only. */
  @Override
  public String toString() {
    return "VaultUser[id=" + id + ", version=" + version + "]";
  }
}
