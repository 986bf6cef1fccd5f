package io.ezypass.model;

/**
 * A credential as it was read or written, with its secrets. Closing it wipes them; not closing it
 * is safe.
 *
 * @param id stable for as long as the credential lives
 * @param owner whose vault it is in
 * @param content all that the user wrote
 * @param audit when and by whom it was created and last updated
 * @param version 1 when new, one more with each update; every change has to name it
 */
public record Credential(
    CredentialId id, UserId owner, CredentialContent content, Audit audit, long version)
    implements AutoCloseable {

  /** Joins the parts. */
  public Credential {
    Checks.present("id", id);
    Checks.present("owner", owner);
    Checks.present("content", content);
    Checks.present("audit", audit);
  }

  /** Wipes the secrets of the content. */
  @Override
  public void close() {
    content.secrets().close();
  }

  /**
   * What a list would show of it.
   *
   * @return the summary, which holds no secret
   */
  public CredentialSummary summary() {
    return new CredentialSummary(id, owner, content.meta(), audit, version);
  }

  /** Shows ids and version only. */
  @Override
  public String toString() {
    return "Credential[id=" + id + ", owner=" + owner + ", version=" + version + "]";
  }
}
