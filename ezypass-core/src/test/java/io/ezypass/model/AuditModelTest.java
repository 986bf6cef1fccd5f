package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.model.AuditedChange.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the audit trail is asked and shows; what it refuses is with the other checks. */
class AuditModelTest {
  private static final CredentialId ID = CredentialId.of("A".repeat(28));
  private static final AuditedChange ADDED = new AuditedChange(Action.ADD, ID, 1, null);

  @Test
  void nothingIsNotedUnlessItIsAskedFor() {
    assertThat(VaultPolicies.defaults().audit()).isEqualTo(AuditPolicy.off());
    assertThat(AuditPolicy.off().what()).isEqualTo(AuditPolicy.What.OFF);
    assertThat(AuditPolicy.keepForever()).isEqualTo(new AuditPolicy(AuditPolicy.What.ON, null));
    for (Duration time : List.of(Duration.ofSeconds(1), Duration.ofDays(36_500))) {
      assertThat(AuditPolicy.keep(time)).isEqualTo(new AuditPolicy(AuditPolicy.What.ON, time));
    }
  }

  @Test
  void aPolicyChangesAlone() {
    VaultPolicies defaults = VaultPolicies.defaults();
    VaultPolicies audited = defaults.withAudit(AuditPolicy.keepForever());

    assertThat(audited)
        .isEqualTo(
            new VaultPolicies(defaults.revisions(), defaults.trash(), AuditPolicy.keepForever()));
    VaultPolicies other = audited.withRevisions(RevisionPolicy.off()).withTrash(TrashPolicy.off());
    assertThat(other)
        .isEqualTo(
            new VaultPolicies(RevisionPolicy.off(), TrashPolicy.off(), AuditPolicy.keepForever()));
  }

  @Test
  void aRangeMayBeOpenAtEitherEndOrEmpty() {
    Instant time = Instant.EPOCH;

    assertThat(AuditRange.all()).isEqualTo(new AuditRange(null, null));
    assertThat(AuditRange.since(time)).isEqualTo(new AuditRange(time, null));
    assertThat(AuditRange.between(time, time)).isEqualTo(new AuditRange(time, time));
    assertThat(new AuditRange(null, time).from()).isNull();
  }

  @Test
  void whatIsGoneMayHaveBeenSharedWithoutAVersion() {
    assertThat(new AuditedChange(Action.REVOKE, ID, 0, UserId.of("bob")).version()).isZero();
  }

  @Test
  void anEventKeepsItsChanges() {
    List<AuditedChange> changes = new ArrayList<>(List.of(ADDED));
    AuditEvent event = new AuditEvent(1, Instant.EPOCH, Actor.of("support"), changes);
    changes.clear();

    assertThat(event.changes()).containsExactly(ADDED);
  }
}
