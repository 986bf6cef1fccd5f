package io.ezypass.model;

import java.time.Duration;

/**
 * What a process keeps when it changes or deletes credentials. Processes of one table may differ:
 * each change goes by the policies of the process that makes it.
 *
 * @param revisions which earlier versions a change keeps
 * @param trash what deleting does
 * @param audit whether a write leaves an event in the audit trail
 */
public record VaultPolicies(RevisionPolicy revisions, TrashPolicy trash, AuditPolicy audit) {
  private static final VaultPolicies DEFAULTS =
      new VaultPolicies(
          RevisionPolicy.secretChanges(5),
          TrashPolicy.keep(Duration.ofDays(30)),
          AuditPolicy.off());

  /** Checks that all are there. */
  public VaultPolicies {
    Checks.present("revisions", revisions);
    Checks.present("trash", trash);
    Checks.present("audit", audit);
  }

  /**
   * The last five secrets of each credential, thirty days in the trash, and no audit trail.
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
    return new VaultPolicies(policy, trash, audit);
  }

  /**
   * The same with another trash.
   *
   * @param policy what deleting does
   * @return the policies
   */
  public VaultPolicies withTrash(TrashPolicy policy) {
    return new VaultPolicies(revisions, policy, audit);
  }

  /**
   * The same with another audit trail.
   *
   * @param policy whether a write leaves an event
   * @return the policies
   */
  public VaultPolicies withAudit(AuditPolicy policy) {
    return new VaultPolicies(revisions, trash, policy);
  }
}
