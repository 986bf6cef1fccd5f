package io.ezypass.testkit.tamper;

import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items under attack, one of every kind. */
final class Targets {
  private static final UserId ALICE = TamperScene.ALICE;
  private static final UserProfile PROFILE = TamperScene.profile(ALICE);
  private static final UserKey EMAIL = UserKey.email(String.valueOf(PROFILE.email()));
  private static final UserKey USERNAME = UserKey.username(String.valueOf(PROFILE.username()));
  private static final List<String> NONE = List.of();

  private final TamperScene.Stored stored;

  Targets(TamperScene.Stored stored) {
    this.stored = stored;
  }

  Target root() {
    return new Target(
        Target.Kind.ROOT,
        stored.root(),
        List.of("t", "c", "w", "k", "a"),
        NONE,
        Caller.NEW_PROCESS,
        ReadPath.listUsers(),
        Caller.STARTING,
        List.of(
            ReadPath.listUsers(),
            ReadPath.unfinishedDeletions(),
            ReadPath.findBy(EMAIL),
            ReadPath.findBy(USERNAME)));
  }

  Target keys() {
    List<ReadPath> paths = new ArrayList<>(credentialPaths());
    paths.addAll(ReadPath.profile(ALICE, PROFILE, 2));
    paths.add(ReadPath.add(ALICE));
    paths.addAll(ReadPath.trash(ALICE));
    return new Target(
        Target.Kind.KEYS,
        stored.keys(),
        List.of("v", "h", "m", "w", "k"),
        List.of("d"),
        Caller.COLD,
        ReadPath.findUser(ALICE),
        Caller.WITHOUT_KEYS,
        paths);
  }

  Target profile() {
    return new Target(
        Target.Kind.PROFILE,
        stored.profile(),
        List.of("v", "h", "m"),
        List.of("e", "n"),
        Caller.WARM,
        ReadPath.findUser(ALICE),
        Caller.ALL,
        ReadPath.profile(ALICE, PROFILE, 2));
  }

  Target credential() {
    return new Target(
        Target.Kind.CREDENTIAL,
        stored.current(),
        List.of("v", "h", "m", "s"),
        NONE,
        Caller.WARM,
        ReadPath.get(ALICE, stored.credential().id()),
        Caller.ALL,
        credentialPaths());
  }

  Target movedCredential() {
    return new Target(
        Target.Kind.MOVED_CREDENTIAL,
        stored.moved(),
        List.of("v", "h", "m", "s"),
        List.of("ttl"),
        Caller.WARM,
        ReadPath.get(ALICE, stored.movedCredential().id()),
        Caller.ALL,
        paths(stored.movedCredential().id(), 2, "new.example"));
  }

  Target forwarding() {
    return new Target(
        Target.Kind.FORWARDING_ROW,
        stored.forwarding(),
        List.of("f", "a", "ttl"),
        NONE,
        Caller.WARM,
        ReadPath.get(ALICE, stored.movedCredential().id()),
        Caller.ALL,
        paths(stored.movedCredential().id(), 2, "old.example"));
  }

  Target revision() {
    Past past = stored.past();
    List<ReadPath> paths = ReadPath.revision(ALICE, past.kept().id(), 2, past.kept().version());
    return new Target(
        Target.Kind.REVISION,
        past.revision(),
        List.of("v", "h", "m", "s"),
        List.of("ttl"),
        Caller.WARM,
        paths.get(0),
        Caller.ALL,
        paths);
  }

  Target trash() {
    ReadPath restore = ReadPath.restore(ALICE, stored.past().deleted().id(), Past.TRASHED_VERSION);
    List<ReadPath> paths = new ArrayList<>(ReadPath.trash(ALICE));
    paths.add(restore);
    return new Target(
        Target.Kind.TRASH,
        stored.past().trash(),
        List.of("v", "h", "m", "s"),
        List.of("ttl"),
        Caller.WARM,
        restore,
        Caller.ALL,
        paths);
  }

  List<Target> claims() {
    return List.of(
        claim(Target.Kind.EMAIL_CLAIM, stored.emailClaim(), EMAIL),
        claim(Target.Kind.USERNAME_CLAIM, stored.nameClaim(), USERNAME));
  }

  Target directoryRow() {
    return new Target(
        Target.Kind.DIRECTORY_ROW,
        stored.inShardZero(),
        List.of("a"),
        NONE,
        Caller.WARM,
        ReadPath.listUsers(),
        Caller.ALL,
        List.of(ReadPath.listUsers(), ReadPath.unfinishedDeletions()));
  }

  Target dueRow() {
    ReadPath list = ReadPath.listDue(DueRows.DAY);
    return new Target(
        Target.Kind.DUE_ROW,
        stored.due().row(),
        List.of("i", "a", "ttl"),
        NONE,
        Caller.WARM,
        list,
        Caller.ALL,
        List.of(list));
  }

  Target grant() {
    List<ReadPath> paths = ReadPath.grant(ALICE, stored.shares().shared().id(), TamperScene.BOB);
    return new Target(
        Target.Kind.GRANT,
        stored.shares().grant(),
        List.of("g", "b", "o", "ttl", "a"),
        NONE,
        Caller.WARM,
        paths.get(0),
        Caller.ALL,
        paths);
  }

  Target pointer() {
    ReadPath received = ReadPath.received(ALICE);
    return new Target(
        Target.Kind.POINTER,
        stored.shares().pointer(),
        List.of("g", "ttl", "a"),
        NONE,
        Caller.WARM,
        received,
        Caller.ALL,
        List.of(received));
  }

  Target receipt() {
    ReadPath again = ReadPath.batchAgain(ALICE);
    return new Target(
        Target.Kind.RECEIPT,
        stored.log().receipt(),
        List.of("v", "h", "m"),
        List.of("ttl"),
        Caller.WARM,
        again,
        Caller.ALL,
        List.of(again));
  }

  Target event() {
    ReadPath list = ReadPath.audit(ALICE);
    return new Target(
        Target.Kind.EVENT,
        stored.log().event(),
        List.of("v", "h", "m"),
        List.of("ttl"),
        Caller.WARM,
        list,
        Caller.ALL,
        List.of(list));
  }

  List<Target> all() {
    List<Target> all = new ArrayList<>();
    all.add(root());
    all.add(keys());
    all.add(profile());
    all.add(credential());
    all.add(movedCredential());
    all.add(forwarding());
    all.add(revision());
    all.add(trash());
    all.addAll(claims());
    all.add(directoryRow());
    all.add(dueRow());
    all.add(grant());
    all.add(pointer());
    all.add(receipt());
    all.add(event());
    return all;
  }

  private List<ReadPath> credentialPaths() {
    return paths(stored.credential().id(), stored.credential().version(), "github.com");
  }

  private static List<ReadPath> paths(CredentialId id, long version, String website) {
    List<ReadPath> paths = new ArrayList<>(ReadPath.byId(ALICE, id, version));
    paths.addAll(ReadPath.listing(ALICE));
    paths.add(ReadPath.findByWebsite(ALICE, website));
    return paths;
  }

  private static Target claim(Target.Kind kind, Map<String, AttributeValue> item, UserKey key) {
    ReadPath find = ReadPath.findBy(key);
    return new Target(
        kind, item, List.of("u", "a"), NONE, Caller.WARM, find, Caller.ALL, List.of(find));
  }
}
