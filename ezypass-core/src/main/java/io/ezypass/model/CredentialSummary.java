package io.ezypass.model;

import org.jspecify.annotations.Nullable;

/**
 * A credential as lists show it: nothing secret was decrypted for it.
 *
 * @param id stable for as long as the credential lives
 * @param owner whose vault it is in
 * @param meta what the user wrote, without the secrets
 * @param audit when and by whom it was created and last updated
 * @param version to be named by the next change
 */
public record CredentialSummary(
    CredentialId id, UserId owner, CredentialMeta meta, Audit audit, long version) {

  /** Joins the parts. */
  public CredentialSummary {
    Checks.present("id", id);
    Checks.present("owner", owner);
    Checks.present("meta", meta);
    Checks.present("audit", audit);
  }

  /**
   * Where the credential is used.
   *
   * @return the website
   */
  public Website website() {
    return meta.website();
  }

  /**
   * The login name.
   *
   * @return the name, or null if there is none
   */
  public @Nullable String login() {
    return meta.login();
  }

  /**
   * The title.
   *
   * @return the title, or null if there is none
   */
  public @Nullable String title() {
    return meta.title();
  }

  /** Shows ids and version only. */
  @Override
  public String toString() {
    return "CredentialSummary[id=" + id + ", owner=" + owner + ", version=" + version + "]";
  }
}
