package io.ezypass.model;

import java.time.Duration;

/**
 * What a process keeps when it changes or deletes credentials. Processes of one table may differ:
 * each change goes by the policies of the process that makes it.
 *
 * @param revisions which earlier versions a change keeps
 * @param trash what deleting does
 */
public record VaultPolicies(RevisionPolicy revisions, TrashPolicy trash) {
  private static final VaultPolicies DEFAULTS =
      new VaultPolicies(RevisionPolicy.secretChanges(5), TrashPolicy.keep(Duration.ofDays(30)));

  /** Checks that both are there. */
  public VaultPolicies {
    Checks.present("revisions", revisions);
    Checks.present("trash", trash);
  }

  /**
   * The last five secrets of each credential, and thirty days in the trash.
   *
   * @return the policies of an EzyPass that was given no others
   */
  public static VaultPolicies defaults() {
    return DEFAULTS;
  }

  /**
   * The same with other revisions.
   *
   * @param policy which earlier versions a change keeps
   * @return the policies
   */
  public VaultPolicies withRevisions(RevisionPolicy policy) {
    return new VaultPolicies(policy, trash);
  }

  /**
   * The same with another trash.
   *
   * @param policy what deleting does
   * @return the policies
   */
  public VaultPolicies withTrash(TrashPolicy policy) {
    return new VaultPolicies(revisions, policy);
  }
}
