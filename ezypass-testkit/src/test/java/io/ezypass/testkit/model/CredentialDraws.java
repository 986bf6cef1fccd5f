package io.ezypass.testkit.model;

import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.UserId;
import java.util.function.UnaryOperator;

/** Calls on credentials. */
final class CredentialDraws {
  private final World world;
  private final Contents contents;

  CredentialDraws(World world, Contents contents) {
    this.world = world;
    this.contents = contents;
  }

  Call add() {
    UserId owner = world.member();
    if (world.isFull(owner)) {
      return delete();
    }
    CredentialContent content = contents.any();
    String name = world.newName(owner);
    return Call.of(
        "add " + name + " to " + owner + " " + text(content),
        party -> {
          Credential added = party.vault(owner).add(content);
          party.side().name(name, added.id());
          return added;
        });
  }

  Call get() {
    UserId owner = world.member();
    String name = world.credential(owner);
    return Call.of("get " + name + " of " + owner, party -> party.vault(owner).get(party.id(name)));
  }

  Call update() {
    UserId owner = world.member();
    String name = world.credential(owner);
    long seen = world.version(owner, name);
    CredentialContent content = contents.any();
    return Call.of(
        "update " + name + " of " + owner + " v" + seen + " " + text(content),
        party -> party.vault(owner).update(party.id(name), seen, content));
  }

  Call edit() {
    UserId owner = world.member();
    String name = world.credential(owner);
    UnaryOperator<CredentialContent> change = contents.change();
    return Call.of(
        "edit " + name + " of " + owner, party -> party.vault(owner).edit(party.id(name), change));
  }

  Call delete() {
    UserId owner = world.member();
    String name = world.credential(owner);
    long seen = world.version(owner, name);
    return Call.doing(
        "delete " + name + " of " + owner + " v" + seen,
        party -> party.vault(owner).delete(party.id(name), seen));
  }

  static String text(CredentialContent content) {
    return Shown.meta(content.meta()) + " " + Shown.content(content);
  }
}
