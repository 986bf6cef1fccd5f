package io.ezypass.model;

import io.ezypass.model.AuditedChange.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Bad input of the audit trail: its policy, its ranges and what its events hold. */
final class BadAudits {
  private static final UserId BOB = UserId.of("bob");
  private static final AuditedChange ADDED = new AuditedChange(Action.ADD, ChecksTest.ID, 1, null);

  private BadAudits() {}

  static void addTo(List<ChecksTest.Bad> all) {
    policies(all);
    ranges(all);
    changes(all);
    events(all);
  }

  private static void policies(List<ChecksTest.Bad> all) {
    for (Duration time :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofMillis(999),
            Duration.ofDays(36_500).plusNanos(1))) {
      bad(all, "AuditPolicy.keep", "keptFor", () -> AuditPolicy.keep(time));
      bad(all, "AuditPolicy.new", "keptFor", () -> new AuditPolicy(AuditPolicy.What.ON, time));
    }
    bad(all, "AuditPolicy.keep", "time", () -> AuditPolicy.keep(ChecksTest.none()));
    bad(all, "AuditPolicy.new", "what", () -> new AuditPolicy(ChecksTest.none(), null));
    VaultPolicies defaults = VaultPolicies.defaults();
    bad(
        all,
        "VaultPolicies.new",
        "trash",
        () -> new VaultPolicies(defaults.revisions(), ChecksTest.none(), defaults.audit()));
    bad(
        all,
        "VaultPolicies.new",
        "audit",
        () -> new VaultPolicies(defaults.revisions(), defaults.trash(), ChecksTest.none()));
    bad(all, "VaultPolicies.withAudit", "audit", () -> defaults.withAudit(ChecksTest.none()));
  }

  private static void ranges(List<ChecksTest.Bad> all) {
    Instant from = Instant.EPOCH;
    Instant before = from.minusNanos(1);
    bad(all, "AuditRange.new", "until", () -> new AuditRange(from, before));
    bad(all, "AuditRange.between", "until", () -> AuditRange.between(from, before));
    bad(all, "AuditRange.between", "from", () -> AuditRange.between(ChecksTest.none(), from));
    bad(all, "AuditRange.between", "until", () -> AuditRange.between(from, ChecksTest.none()));
    bad(all, "AuditRange.since", "from", () -> AuditRange.since(ChecksTest.none()));
  }

  private static void changes(List<ChecksTest.Bad> all) {
    bad(
        all,
        "AuditedChange.new",
        "action",
        () -> new AuditedChange(ChecksTest.none(), ChecksTest.ID, 1, null));
    for (Action action : Action.values()) {
      boolean ofUser = action == Action.REGISTER || action == Action.UPDATE_USER;
      boolean ofGrant = action == Action.SHARE || action == Action.REVOKE;
      @Nullable CredentialId fits = ofUser ? null : ChecksTest.ID;
      @Nullable CredentialId other = ofUser ? ChecksTest.ID : null;
      @Nullable UserId recipient = ofGrant ? BOB : null;
      @Nullable UserId nobody = ofGrant ? null : BOB;
      bad(
          all,
          "AuditedChange.new",
          "credential",
          () -> new AuditedChange(action, other, 1, recipient));
      bad(all, "AuditedChange.new", "recipient", () -> new AuditedChange(action, fits, 1, nobody));
      bad(
          all,
          "AuditedChange.new",
          "version",
          () -> new AuditedChange(action, fits, -1, recipient));
    }
  }

  private static void events(List<ChecksTest.Bad> all) {
    Instant at = Instant.EPOCH;
    Actor by = Actor.of("support");
    List<AuditedChange> changes = List.of(ADDED);
    for (long number : new long[] {Long.MIN_VALUE, -1, 0}) {
      bad(all, "AuditEvent.new", "number", () -> new AuditEvent(number, at, by, changes));
    }
    bad(all, "AuditEvent.new", "at", () -> new AuditEvent(1, ChecksTest.none(), by, changes));
    bad(all, "AuditEvent.new", "actor", () -> new AuditEvent(1, at, ChecksTest.none(), changes));
    bad(all, "AuditEvent.new", "changes", () -> new AuditEvent(1, at, by, ChecksTest.none()));
    bad(
        all,
        "AuditEvent.new",
        "changes",
        () -> new AuditEvent(1, at, by, Collections.nCopies(101, ADDED)));
    bad(
        all,
        "AuditEvent.new",
        "an entry of changes",
        () -> new AuditEvent(1, at, by, Collections.singletonList(ChecksTest.none())));
  }

  private static void bad(
      List<ChecksTest.Bad> all, String target, String field, ThrowingCallable call) {
    all.add(new ChecksTest.Bad(target, field, call));
  }
}
