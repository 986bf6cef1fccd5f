package io.ezypass.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Bad input of policies, and of what history, trash and due list show. */
final class BadPolicies {
  private static final Duration FAR = Duration.ofDays(36_501);

  private BadPolicies() {}

  static void addTo(List<ChecksTest.Bad> all) {
    for (int limit : new int[] {-1, 0, 21}) {
      all.add(new ChecksTest.Bad("RevisionPolicy.all", "limit", () -> RevisionPolicy.all(limit)));
      all.add(
          new ChecksTest.Bad(
              "RevisionPolicy.secretChanges", "limit", () -> RevisionPolicy.secretChanges(limit)));
    }
    all.add(
        new ChecksTest.Bad(
            "RevisionPolicy.new",
            "limit",
            () -> new RevisionPolicy(RevisionPolicy.What.NOTHING, 1, null)));
    all.add(
        new ChecksTest.Bad(
            "RevisionPolicy.new", "what", () -> new RevisionPolicy(ChecksTest.none(), 1, null)));
    for (Duration time :
        List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(999), FAR)) {
      all.add(
          new ChecksTest.Bad(
              "RevisionPolicy.keptFor", "keptFor", () -> RevisionPolicy.all(1).keptFor(time)));
      all.add(new ChecksTest.Bad("TrashPolicy.keep", "keptFor", () -> TrashPolicy.keep(time)));
    }
    all.add(
        new ChecksTest.Bad(
            "RevisionPolicy.keptFor",
            "age",
            () -> RevisionPolicy.all(1).keptFor(ChecksTest.none())));
    all.add(
        new ChecksTest.Bad("TrashPolicy.keep", "time", () -> TrashPolicy.keep(ChecksTest.none())));
    all.add(
        new ChecksTest.Bad(
            "TrashPolicy.new", "what", () -> new TrashPolicy(ChecksTest.none(), null)));
    VaultPolicies defaults = VaultPolicies.defaults();
    all.add(
        new ChecksTest.Bad(
            "VaultPolicies.new",
            "revisions",
            () -> new VaultPolicies(ChecksTest.none(), defaults.trash(), defaults.audit())));
    all.add(
        new ChecksTest.Bad(
            "VaultPolicies.withRevisions",
            "revisions",
            () -> defaults.withRevisions(ChecksTest.none())));
    all.add(
        new ChecksTest.Bad(
            "VaultPolicies.withTrash", "trash", () -> defaults.withTrash(ChecksTest.none())));
    all.add(
        new ChecksTest.Bad("Revision.new", "summary", () -> new Revision(ChecksTest.none(), null)));
    LocalDate day = LocalDate.EPOCH;
    all.add(
        new ChecksTest.Bad(
            "DueCredential.new",
            "owner",
            () -> new DueCredential(ChecksTest.none(), ChecksTest.ID, day)));
    all.add(
        new ChecksTest.Bad(
            "DueCredential.new",
            "credential",
            () -> new DueCredential(ChecksTest.USER, ChecksTest.none(), day)));
    all.add(
        new ChecksTest.Bad(
            "DueCredential.new",
            "rotateBy",
            () -> new DueCredential(ChecksTest.USER, ChecksTest.ID, ChecksTest.none())));
    CredentialSummary summary =
        new CredentialSummary(ChecksTest.ID, ChecksTest.USER, ChecksTest.META, ChecksTest.AUDIT, 1);
    Actor by = Actor.of("support");
    all.add(
        new ChecksTest.Bad(
            "TrashedCredential.new",
            "summary",
            () -> new TrashedCredential(ChecksTest.none(), Instant.EPOCH, by, null)));
    all.add(
        new ChecksTest.Bad(
            "TrashedCredential.new",
            "deletedAt",
            () -> new TrashedCredential(summary, ChecksTest.none(), by, null)));
    all.add(
        new ChecksTest.Bad(
            "TrashedCredential.new",
            "deletedBy",
            () -> new TrashedCredential(summary, Instant.EPOCH, ChecksTest.none(), null)));
  }
}
