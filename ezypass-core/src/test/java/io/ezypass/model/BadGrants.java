package io.ezypass.model;

import static io.ezypass.model.ChecksTest.ID;
import static io.ezypass.model.ChecksTest.USER;
import static io.ezypass.model.ChecksTest.none;

import io.ezypass.model.ChecksTest.Bad;
import java.time.Instant;
import java.util.List;

/** Bad input of what is shared. */
final class BadGrants {
  private static final Instant NOW = Instant.EPOCH;

  private BadGrants() {}

  static void addTo(List<Bad> all) {
    all.add(new Bad("NewGrant.new", "recipient", () -> new NewGrant(none(), null)));
    all.add(new Bad("NewGrant.to", "recipient", () -> NewGrant.to(none())));
    all.add(new Bad("NewGrant.until", "end", () -> NewGrant.to(USER).until(none())));
    for (Instant end : List.of(NOW.minusMillis(1), Instant.parse("+10000-01-01T00:00:00Z"))) {
      all.add(new Bad("NewGrant.new", "expiresAt", () -> new NewGrant(USER, end)));
      all.add(new Bad("NewGrant.until", "expiresAt", () -> NewGrant.to(USER).until(end)));
    }
    all.add(new Bad("Grant.new", "credential", () -> new Grant(none(), USER, NOW, null)));
    all.add(new Bad("Grant.new", "recipient", () -> new Grant(ID, none(), NOW, null)));
    all.add(new Bad("Grant.new", "grantedAt", () -> new Grant(ID, USER, none(), null)));
    all.add(
        new Bad(
            "SharedCredential.new", "owner", () -> new SharedCredential(none(), ID, NOW, null)));
    all.add(
        new Bad("SharedCredential.new", "id", () -> new SharedCredential(USER, none(), NOW, null)));
    all.add(
        new Bad(
            "SharedCredential.new",
            "sharedAt",
            () -> new SharedCredential(USER, ID, none(), null)));
  }
}
