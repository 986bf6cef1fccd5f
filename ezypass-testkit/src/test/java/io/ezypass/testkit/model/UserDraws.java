package io.ezypass.testkit.model;

import io.ezypass.model.NewUser;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;

/** Calls on users. */
final class UserDraws {
  private final World world;
  private final Contents contents;

  UserDraws(World world, Contents contents) {
    this.world = world;
    this.contents = contents;
  }

  /** Mostly one who is not there: sharing takes two. */
  Call register() {
    NewUser user = contents.user(world.once(4) ? world.user() : world.gone());
    return Call.of(
        "register " + user.id() + " " + Shown.profile(user.profile()),
        party -> party.repository().register(user));
  }

  Call update() {
    UserId id = world.member();
    long seen = world.userVersion(id);
    UserProfile profile = contents.profile();
    return Call.of(
        "update " + id + " v" + seen + " " + Shown.profile(profile),
        party -> party.repository().updateUser(id, seen, profile));
  }

  /** Mostly of one whose deletion has begun, so that vaults live for a while. */
  Call delete() {
    UserId id = world.once(6) ? world.member() : world.gone();
    return Call.of(
        "delete " + id,
        party -> {
          UserDeletion deletion = party.repository().deleteUser(id);
          world.endsAtExactly(deletion.finalFrom());
          return deletion;
        });
  }

  Call find() {
    UserId id = world.user();
    return Call.of("find " + id, party -> party.repository().findUser(id));
  }

  Call findBy() {
    UserKey key = contents.key();
    return Call.of(
        "find by " + key.kind() + " " + key.written(), party -> party.repository().findUserBy(key));
  }

  Call list() {
    int limit = 1 + world.random.nextInt(5);
    return Call.bag(
        "list users by " + limit, party -> Pages.all(party.repository()::listUsers, limit));
  }
}
