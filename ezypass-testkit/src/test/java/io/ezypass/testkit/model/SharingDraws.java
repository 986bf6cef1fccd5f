package io.ezypass.testkit.model;

import io.ezypass.model.CredentialId;
import io.ezypass.model.NewGrant;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import java.util.List;

/** Calls on what is shared and received. */
final class SharingDraws {
  private final World world;
  private final Contents contents;

  SharingDraws(World world, Contents contents) {
    this.world = world;
    this.contents = contents;
  }

  /** At times with oneself, with nobody, or until a time that has passed. */
  Call share() {
    UserId owner = world.member();
    String name = world.credential(owner);
    UserId recipient = world.once(12) ? owner : world.other(owner);
    NewGrant grant = new NewGrant(recipient, contents.expiry());
    return Call.of(
        "share " + name + " of " + owner + " with " + recipient + " until " + grant.expiresAt(),
        party -> party.vault(owner).sharing().share(party.id(name), grant));
  }

  /** Not in the vault of nobody: whether that is refused is left open. */
  Call revoke() {
    UserId owner = world.sharer();
    if (!world.isRegistered(owner)) {
      return grants();
    }
    String name = world.shared(owner);
    List<UserId> recipients = world.recipients(owner, name);
    UserId recipient = recipients.isEmpty() || world.once(8) ? world.user() : world.any(recipients);
    return Call.doing(
        "revoke " + name + " of " + owner + " from " + recipient,
        party -> party.vault(owner).sharing().revoke(party.id(name), recipient));
  }

  Call grants() {
    UserId owner = world.sharer();
    String name = world.shared(owner);
    return Call.of(
        "grants of " + name + " of " + owner,
        party -> party.vault(owner).sharing().grants(party.id(name)));
  }

  Call given() {
    UserId owner = world.sharer();
    int limit = limit();
    return Call.bag(
        "given by " + owner + " by " + limit,
        party -> Pages.all(party.vault(owner).sharing()::given, limit));
  }

  Call received() {
    UserId recipient = world.member();
    int limit = limit();
    return Call.bag(
        "received by " + recipient + " by " + limit,
        party -> Pages.all(party.vault(recipient).sharing()::received, limit));
  }

  /** Mostly what is shared; at times what is not, one's own, or of nobody. */
  Call open() {
    UserId reader = world.receiver();
    List<SharedCredential> received = world.received(reader);
    if (received.isEmpty() || world.once(5)) {
      UserId owner = world.once(8) ? reader : world.other(reader);
      return open(reader, owner, world.shared(owner));
    }
    SharedCredential shared = world.any(received);
    return open(reader, shared.owner(), world.nameOf(shared.id()));
  }

  private static Call open(UserId reader, UserId owner, String name) {
    return Call.of(
        "open " + name + " of " + owner + " as " + reader,
        party -> {
          CredentialId id = party.id(name);
          return party.vault(reader).sharing().open(owner, id);
        });
  }

  private int limit() {
    return 1 + world.random.nextInt(5);
  }
}
