package io.ezypass.testkit.tamper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where the attributes come from that are mixed into an item: which other items for which one. */
final class Sources {
  private static final List<String> SEALED = List.of("v", "h", "m", "s");
  private static final List<String> PROFILE = List.of("v", "h", "m");
  private static final List<String> KEYS = List.of("v", "h", "m", "w", "k");
  private static final List<String> ROOT = List.of("t", "c", "w", "k", "a");
  private static final List<String> CLAIM = List.of("u", "a");
  private static final List<String> GRANT = List.of("g", "b", "o", "ttl", "a");
  private static final List<String> HMAC = List.of("a");

  private final TamperScene.Stored stored;
  private final TamperScene.Stored other;

  Sources(TamperScene.Stored stored, TamperScene.Stored other) {
    this.stored = stored;
    this.other = other;
  }

  /** All mixtures for one of {@link Targets#all}. */
  List<Attack.Group> of(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    groups.add(Mixture.within(target.item(), target.authentic()));
    groups.addAll(
        switch (target.kind()) {
          case ROOT -> root(target);
          case KEYS -> keys(target);
          case PROFILE -> profile(target);
          case CREDENTIAL -> credential(target);
          case MOVED_CREDENTIAL -> movedCredential(target);
          case FORWARDING_ROW -> forwarding(target);
          case REVISION -> revision(target);
          case TRASH -> trash(target);
          case EMAIL_CLAIM -> emailClaim(target);
          case USERNAME_CLAIM -> nameClaim(target);
          case DIRECTORY_ROW -> directoryRow(target);
          case DUE_ROW -> dueRow(target);
          case GRANT -> grant(target);
          case POINTER -> pointer(target);
          case RECEIPT -> receipt(target);
          case EVENT -> event(target);
        });
    return groups.stream().filter(group -> !group.attacks().isEmpty()).toList();
  }

  private List<Attack.Group> credential(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    List<Map<String, AttributeValue>> versions = stored.versions();
    for (int i = 0; i < versions.size(); i++) {
      String version = "its version %d of the generation before".formatted(i + 1);
      groups.add(Mixture.from(version, target.item(), versions.get(i), SEALED, true));
    }
    mix(groups, target, "the user's other credential", stored.secondCredential(), SEALED);
    mix(groups, target, "a moved credential", stored.moved(), SEALED);
    mix(groups, target, "another user's credential", stored.bobsCredential(), SEALED);
    mix(groups, target, "another table's credential", other.secondCredential(), SEALED);
    mix(groups, target, "the same user's KEYS", stored.keys(), PROFILE);
    mix(groups, target, "the same user's PROFILE", stored.profile(), PROFILE);
    groups.add(Mixture.forwarding(target.item(), stored.forwarding()));
    return groups;
  }

  private List<Attack.Group> movedCredential(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    groups.add(
        Mixture.from(
            "itself under the generation before",
            target.item(),
            stored.movedBefore(),
            SEALED,
            true));
    mix(groups, target, "a credential", stored.secondCredential(), SEALED);
    mix(groups, target, "another user's moved credential", stored.bobsMoved(), SEALED);
    mix(groups, target, "another table's moved credential", other.moved(), SEALED);
    groups.add(Mixture.forwarding(target.item(), stored.forwarding()));
    return groups;
  }

  private List<Attack.Group> forwarding(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    List<String> attributes = List.of("f", "a", "ttl");
    mix(groups, target, "another user's forwarding row", stored.bobsForwarding(), attributes);
    mix(groups, target, "another table's forwarding row", other.forwarding(), attributes);
    mix(groups, target, "a claim", stored.emailClaim(), HMAC);
    groups.add(
        Mixture.whole(
            target.item(),
            Map.of(
                "the credential it points to", stored.moved(),
                "another credential", stored.secondCredential(),
                "another user's credential", stored.bobsMoved(),
                "KEYS", stored.keys())));
    return groups;
  }

  private List<Attack.Group> revision(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    Past past = stored.past();
    groups.add(
        Mixture.from(
            "itself under the generation before",
            target.item(),
            past.revisionBefore(),
            SEALED,
            true));
    mix(groups, target, "an older revision", past.first(), SEALED);
    mix(groups, target, "its credential", past.current(), SEALED);
    mix(groups, target, "another credential", stored.versions().get(1), SEALED);
    mix(groups, target, "a credential in the trash", past.trash(), SEALED);
    mix(groups, target, "another user's revision", past.bobsRevision(), SEALED);
    mix(groups, target, "another table's revision", other.past().revision(), SEALED);
    return groups;
  }

  private List<Attack.Group> trash(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    Past past = stored.past();
    groups.add(
        Mixture.from(
            "itself under the generation before", target.item(), past.trashBefore(), SEALED, true));
    mix(groups, target, "itself before it was deleted", past.live(), SEALED);
    mix(groups, target, "another row of the trash", past.secondTrash(), SEALED);
    mix(groups, target, "a revision", past.revision(), SEALED);
    mix(groups, target, "a credential", stored.versions().get(1), SEALED);
    mix(groups, target, "another user's row of the trash", past.bobsTrash(), SEALED);
    mix(groups, target, "another table's row of the trash", other.past().trash(), SEALED);
    return groups;
  }

  private List<Attack.Group> profile(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    groups.add(Mixture.from("its version 1", target.item(), stored.firstProfile(), PROFILE, true));
    groups.add(
        Mixture.from(
            "itself under the generation before",
            target.item(),
            stored.profileBefore(),
            PROFILE,
            true));
    mix(groups, target, "another user's profile", stored.bobsProfile(), PROFILE);
    mix(groups, target, "another table's profile", other.profile(), PROFILE);
    mix(groups, target, "the same user's KEYS", stored.keys(), PROFILE);
    mix(groups, target, "the same user's credential", stored.secondCredential(), PROFILE);
    return groups;
  }

  private List<Attack.Group> keys(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    groups.add(
        Mixture.from(
            "KEYS of the generation before", target.item(), stored.firstKeys(), KEYS, true));
    mix(groups, target, "another user's KEYS", stored.bobsKeys(), KEYS);
    mix(groups, target, "another table's KEYS", other.keys(), KEYS);
    mix(groups, target, "the root", stored.root(), List.of("w", "k"));
    mix(groups, target, "the same user's PROFILE", stored.profile(), PROFILE);
    mix(groups, target, "the same user's credential", stored.secondCredential(), PROFILE);
    return groups;
  }

  private List<Attack.Group> root(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    groups.add(Mixture.from("another table's root", target.item(), other.root(), ROOT, true));
    mix(groups, target, "a user's KEYS", stored.keys(), List.of("w", "k"));
    mix(groups, target, "a claim", stored.emailClaim(), HMAC);
    return groups;
  }

  private List<Attack.Group> emailClaim(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    mix(groups, target, "the same user's other claim", stored.nameClaim(), CLAIM);
    mix(groups, target, "another user's claim", stored.bobsEmailClaim(), CLAIM);
    mix(groups, target, "another table's claim", other.emailClaim(), CLAIM);
    mix(groups, target, "a row of the directory", stored.otherDirectoryRow(), HMAC);
    return groups;
  }

  private List<Attack.Group> nameClaim(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    mix(groups, target, "the same user's other claim", stored.emailClaim(), CLAIM);
    mix(groups, target, "another user's claim", stored.bobsNameClaim(), CLAIM);
    mix(groups, target, "another table's claim", other.nameClaim(), CLAIM);
    return groups;
  }

  private List<Attack.Group> directoryRow(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    mix(groups, target, "another user's row", stored.otherDirectoryRow(), HMAC);
    mix(groups, target, "another table's row", other.inShardZero(), HMAC);
    mix(groups, target, "a claim", stored.emailClaim(), HMAC);
    mix(groups, target, "the root", stored.root(), HMAC);
    return groups;
  }

  private List<Attack.Group> dueRow(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    List<String> attributes = List.of("i", "a", "ttl");
    mix(groups, target, "another row of the day", stored.due().sameDay(), attributes);
    mix(groups, target, "a row of another day", stored.due().otherDay(), attributes);
    mix(groups, target, "another table's row", other.due().row(), attributes);
    mix(groups, target, "a row of the directory", stored.inShardZero(), HMAC);
    mix(groups, target, "a claim", stored.emailClaim(), HMAC);
    return groups;
  }

  private List<Attack.Group> grant(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    SharedRows shares = stored.shares();
    mix(groups, target, "a grant of another credential", shares.second(), GRANT);
    mix(groups, target, "another user's grant", shares.bobsGrant(), GRANT);
    mix(groups, target, "another table's grant", other.shares().grant(), GRANT);
    mix(groups, target, "a pointer", shares.pointer(), List.of("g", "ttl", "a"));
    mix(groups, target, "a forwarding row", stored.forwarding(), List.of("ttl", "a"));
    return groups;
  }

  private List<Attack.Group> pointer(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    List<String> attributes = List.of("g", "ttl", "a");
    SharedRows shares = stored.shares();
    mix(groups, target, "another pointer", shares.secondPointer(), attributes);
    mix(groups, target, "its grant", shares.bobsGrant(), attributes);
    mix(groups, target, "another table's pointer", other.shares().pointer(), attributes);
    mix(groups, target, "a row of the due list", stored.due().row(), List.of("ttl", "a"));
    mix(groups, target, "a claim", stored.emailClaim(), HMAC);
    return groups;
  }

  private List<Attack.Group> receipt(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    LogRows log = stored.log();
    groups.add(
        Mixture.from(
            "itself under the generation before",
            target.item(),
            log.receiptBefore(),
            PROFILE,
            true));
    mix(groups, target, "another receipt", log.secondReceipt(), PROFILE);
    mix(groups, target, "another user's receipt", log.bobsReceipt(), PROFILE);
    mix(groups, target, "another table's receipt", other.log().receipt(), PROFILE);
    mix(groups, target, "an event", log.event(), PROFILE);
    mix(groups, target, "a credential", stored.secondCredential(), PROFILE);
    return groups;
  }

  private List<Attack.Group> event(Target target) {
    List<Attack.Group> groups = new ArrayList<>();
    LogRows log = stored.log();
    groups.add(
        Mixture.from(
            "itself under the generation before", target.item(), log.eventBefore(), PROFILE, true));
    mix(groups, target, "the next event", log.nextEvent(), PROFILE);
    mix(groups, target, "another user's event", log.bobsEvent(), PROFILE);
    mix(groups, target, "another table's event", other.log().event(), PROFILE);
    mix(groups, target, "a receipt", log.receipt(), PROFILE);
    mix(groups, target, "a credential", stored.secondCredential(), PROFILE);
    return groups;
  }

  private static void mix(
      List<Attack.Group> groups,
      Target target,
      String name,
      Map<String, AttributeValue> source,
      List<String> attributes) {
    groups.add(Mixture.from(name, target.item(), source, attributes, false));
  }
}
