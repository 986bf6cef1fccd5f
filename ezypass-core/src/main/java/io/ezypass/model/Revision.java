package io.ezypass.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An earlier version of a credential that was kept, as lists show it: nothing secret was decrypted
 * for it.
 *
 * @param summary what the credential was in that version
 * @param keptUntil when the age limit of {@link RevisionPolicy} removes it, in whole seconds; null
 *     if it has none
 */
public record Revision(CredentialSummary summary, @Nullable Instant keptUntil) {
  /** Checks that there is a summary. */
  public Revision {
    Checks.present("summary", summary);
  }

  /**
   * Which version it is.
   *
   * @return the version, at least 1
   */
  public long version() {
    return summary.version();
  }

  /** Shows ids and version only. */
  @Override
  public String toString() {
    return "Revision[id=" + summary.id() + ", version=" + version() + "]";
  }
}
