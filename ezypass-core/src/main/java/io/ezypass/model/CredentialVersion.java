package io.ezypass.model;

/**
 * A credential as its caller saw it last, for a change that has to find it so.
 *
 * @param id which one
 * @param version the version that the caller read, at least 1
 */
public record CredentialVersion(CredentialId id, long version) {
  /**
   * Checks the version.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public CredentialVersion {
    Checks.present("id", id);
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1, but is " + version);
    }
  }

  /**
   * As a list showed it.
   *
   * @param summary what was listed
   * @return its id and version
   */
  public static CredentialVersion of(CredentialSummary summary) {
    Checks.present("summary", summary);
    return new CredentialVersion(summary.id(), summary.version());
  }
}
