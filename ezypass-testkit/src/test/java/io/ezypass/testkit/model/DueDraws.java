package io.ezypass.testkit.model;

import io.ezypass.model.DueCredential;
import io.ezypass.model.UserId;
import java.time.LocalDate;

/** Calls on the due list. */
final class DueDraws {
  private final World world;

  DueDraws(World world) {
    this.world = world;
  }

  Call list() {
    LocalDate day = day();
    int limit = 1 + world.random.nextInt(20);
    return Call.bag(
        "list due on " + day + " by " + limit,
        party -> Pages.all(page -> party.repository().due().list(day, page), limit));
  }

  Call check() {
    UserId owner = world.member();
    String name = world.credential(owner);
    LocalDate day = day();
    return Call.of(
        "check due " + name + " of " + owner + " on " + day,
        party -> party.repository().due().check(new DueCredential(owner, party.id(name), day)));
  }

  private LocalDate day() {
    return world.today().plusDays(world.random.nextInt(6) - 2);
  }
}
