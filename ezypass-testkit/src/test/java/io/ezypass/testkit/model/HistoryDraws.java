package io.ezypass.testkit.model;

import io.ezypass.model.UserId;

/** Calls on earlier versions. */
final class HistoryDraws {
  private final World world;

  HistoryDraws(World world) {
    this.world = world;
  }

  Call list() {
    UserId owner = world.member();
    String name = world.revised(owner);
    return Call.of(
        "list revisions of " + name + " of " + owner,
        party -> party.vault(owner).history().list(party.id(name)));
  }

  Call get() {
    UserId owner = world.member();
    String name = world.revised(owner);
    long version = world.earlier(owner, name);
    return Call.of(
        "get revision " + version + " of " + name + " of " + owner,
        party -> party.vault(owner).history().get(party.id(name), version));
  }

  Call compare() {
    UserId owner = world.member();
    String name = world.revised(owner);
    long one = world.earlier(owner, name);
    long other = world.earlier(owner, name);
    return Call.of(
        "compare revisions " + one + " and " + other + " of " + name + " of " + owner,
        party -> party.vault(owner).history().compare(party.id(name), one, other));
  }

  Call revert() {
    UserId owner = world.member();
    String name = world.revised(owner);
    long seen = world.version(owner, name);
    long to = world.earlier(owner, name);
    return Call.of(
        "revert " + name + " of " + owner + " v" + seen + " to " + to,
        party -> party.vault(owner).history().revert(party.id(name), seen, to));
  }
}
