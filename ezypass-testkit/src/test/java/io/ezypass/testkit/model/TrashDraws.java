package io.ezypass.testkit.model;

import io.ezypass.model.UserId;

/** Calls on deleted credentials. */
final class TrashDraws {
  private final World world;

  TrashDraws(World world) {
    this.world = world;
  }

  Call list() {
    UserId owner = world.trashOwner();
    int limit = 1 + world.random.nextInt(4);
    return Call.bag(
        "list trash of " + owner + " by " + limit,
        party -> Pages.all(party.vault(owner).trash()::list, limit));
  }

  Call restore() {
    UserId owner = world.trashOwner();
    String name = world.trashed(owner);
    long seen = world.version(owner, name);
    return Call.of(
        "restore " + name + " of " + owner + " v" + seen,
        party -> party.vault(owner).trash().restore(party.id(name), seen));
  }

  Call purge() {
    UserId owner = world.trashOwner();
    String name = world.trashed(owner);
    long seen = world.version(owner, name);
    return Call.doing(
        "purge " + name + " of " + owner + " v" + seen,
        party -> party.vault(owner).trash().purge(party.id(name), seen));
  }

  Call empty() {
    UserId owner = world.trashOwner();
    return Call.of("empty trash of " + owner, party -> party.vault(owner).trash().empty());
  }
}
