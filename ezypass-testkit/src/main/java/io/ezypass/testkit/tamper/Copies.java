package io.ezypass.testkit.tamper;

import io.ezypass.error.TamperedItemException;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that are copied as they are to where they do not belong. */
final class Copies {
  private static final UserId ALICE = TamperScene.ALICE;
  private static final String VAULT = "U#alice";

  private final TamperScene.Stored stored;
  private final TamperScene.Stored other;
  private final List<Copy> copies = new ArrayList<>();

  private Copies(TamperScene.Stored stored, TamperScene.Stored other) {
    this.stored = stored;
    this.other = other;
  }

  /**
   * A copy in the table.
   *
   * @param paths all calls that come across it
   */
  record Copy(Attack attack, List<ReadPath> paths) {}

  static List<Copy> of(TamperScene.Stored stored, TamperScene.Stored other) {
    Copies copies = new Copies(stored, other);
    copies.credentials();
    copies.betweenCredentials();
    copies.directoryRows();
    copies.dueRows();
    copies.past();
    copies.grants();
    copies.pointers();
    copies.events();
    return copies.copies;
  }

  private void credentials() {
    String own = stored.credential().id().value();
    String moved = stored.movedCredential().id().value();
    String tag = own.substring(0, 12);
    String rand = own.substring(12);
    Map<String, AttributeValue> item = stored.current();
    credential("another tag, same rand", item, moved.substring(0, 12) + rand, false);
    credential("nobody's tag, same rand", item, "A".repeat(12) + rand, false);
    credential("same tag, another rand", item, tag + moved.substring(12), true);
    credential("same tag, rand of the second", item, tag + reversed(rand), true);
    credential("moved to nowhere", stored.moved(), "A".repeat(12) + moved.substring(12), false);
    credential(
        "bob's in alice's vault", stored.bobsCredential(), id(stored.bobsCredential()), false);
    credential("bob's under alice's tag", stored.bobsCredential(), tag + reversed(rand), true);
    credential("bob's moved one", stored.bobsMoved(), id(stored.bobsMoved()), false);
    credential("bob's forwarding row", stored.bobsForwarding(), id(stored.bobsForwarding()), false);
    credential("another table's", other.secondCredential(), id(other.secondCredential()), false);
    credential("another table's moved one", other.moved(), id(other.moved()), false);
    credential("another table's forwarding", other.forwarding(), id(other.forwarding()), false);
    credential(
        "a forwarding row", stored.forwarding(), "A".repeat(12) + moved.substring(12), false);
    credential("KEYS", stored.keys(), tag + reversed(rand), true);
    credential("PROFILE", stored.profile(), tag + reversed(rand), true);
    credential("a claim", stored.emailClaim(), tag + reversed(rand), true);
  }

  /** Nothing but credentials, KEYS and PROFILE may stand from CRED# to PROFILE. */
  private void betweenCredentials() {
    Map<String, AttributeValue> item = stored.secondCredential();
    for (String sk :
        List.of("CRED#", "CRED#short", "CRED#" + "x".repeat(29), "CRED#" + "*".repeat(28))) {
      List<ReadPath> listing = new ArrayList<>(ReadPath.listing(ALICE));
      add("copy at " + sk, RawItem.at(item, VAULT, sk), listing);
    }
    List<ReadPath> opening =
        ReadPath.listing(ALICE).stream()
            .filter(path -> !List.of("list", "filter").contains(path.name()))
            .toList();
    for (String sk : List.of("D", "HEAD", "KEYS0", "KEYS#1", "PRO", "Look, no key")) {
      add("copy at " + sk, RawItem.at(item, VAULT, sk), opening);
    }
  }

  /** What is in the trash, or was a version once, where a live credential belongs; and back. */
  private void past() {
    Past past = stored.past();
    String rand = Past.rand(past.deleted());
    credential("a row of the trash", past.trash(), past.deleted().id().value(), false);
    credential("a revision", past.revision(), "A".repeat(12) + Past.rand(past.kept()), false);
    inTrash("its live row", past.live(), rand);
    inTrash("a credential", stored.secondCredential(), rand);
    inTrash("a revision", past.revision(), rand);
    inTrash("another row of the trash", past.secondTrash(), rand);
    inTrash("bob's", past.bobsTrash(), rand);
    inTrash("another table's", other.past().trash(), rand);
  }

  private void inTrash(String name, Map<String, AttributeValue> item, String rand) {
    List<ReadPath> paths = new ArrayList<>(ReadPath.trash(ALICE));
    paths.add(ReadPath.restore(ALICE, stored.past().deleted().id(), Past.TRASHED_VERSION));
    add("in the trash, copy of " + name, RawItem.at(item, VAULT, "TRASH#" + rand), paths);
  }

  private void directoryRows() {
    Map<String, AttributeValue> row = stored.inShardZero();
    String user = RawItem.text(row, "sk");
    List<ReadPath> paths = List.of(ReadPath.listUsers(), ReadPath.unfinishedDeletions());
    add("another user's directory row", RawItem.at(row, "USERS#0", "mallory"), paths);
    add("a directory row of no user id", RawItem.at(row, "USERS#0", "a b@c"), paths);
    add("a directory row in another shard", RawItem.at(row, "USERS#1", user), paths);
    add("a credential in the directory", RawItem.at(stored.moved(), "USERS#0", "alice"), paths);
    add("a claim in the directory", RawItem.at(stored.nameClaim(), "USERS#0", "bob"), paths);
  }

  private void dueRows() {
    DueRows due = stored.due();
    String day = RawItem.text(due.row(), "pk");
    String sk = RawItem.text(due.row(), "sk");
    String rand = sk.substring(sk.lastIndexOf('#'));
    List<ReadPath> paths = List.of(ReadPath.listDue(DueRows.DAY));
    List<ReadPath> otherDay = List.of(ReadPath.listDue(DueRows.OTHER_DAY));
    add(
        "a due row on another day",
        RawItem.at(due.row(), RawItem.text(due.otherDay(), "pk"), sk),
        otherDay);
    add("a due row of another user", RawItem.at(due.row(), day, "mallory" + rand), paths);
    add("a due row of no user id", RawItem.at(due.row(), day, "a b" + rand), paths);
    add("a due row without a rand", RawItem.at(due.row(), day, "alice"), paths);
    add("another table's due row", RawItem.at(other.due().row(), day, sk), paths);
    add("a credential in the due list", RawItem.at(stored.moved(), day, "alice" + rand), paths);
    add("a directory row in the due list", RawItem.at(stored.inShardZero(), day, sk), paths);
  }

  private void grants() {
    SharedRows shares = stored.shares();
    String id = shares.shared().id().value();
    List<ReadPath> lists =
        List.of(
            ReadPath.grant(ALICE, shares.shared().id(), TamperScene.BOB).get(0),
            ReadPath.grant(ALICE, shares.shared().id(), TamperScene.BOB).get(1));
    add("a grant to another user", RawItem.at(shares.grant(), VAULT, "SHARE#" + id + "#x"), lists);
    add(
        "another user's grant",
        RawItem.at(shares.bobsGrant(), VAULT, "SHARE#" + id + "#carol"),
        lists);
    add("a grant to nobody", RawItem.at(shares.grant(), VAULT, "SHARE#" + id + "#"), lists);
    CredentialId unshared = stored.credential().id();
    add(
        "a grant of another credential",
        RawItem.at(shares.grant(), VAULT, "SHARE#" + unshared + "#bob"),
        ReadPath.grant(ALICE, unshared, TamperScene.BOB).subList(0, 3));
    add(
        "another table's grant",
        RawItem.at(
            other.shares().grant(), VAULT, SharedRows.grantKey(shares.shared(), TamperScene.BOB)),
        ReadPath.grant(ALICE, shares.shared().id(), TamperScene.BOB));
  }

  private void pointers() {
    SharedRows shares = stored.shares();
    String id = shares.received().id().value();
    List<ReadPath> paths = List.of(ReadPath.received(ALICE));
    add(
        "a pointer to another user's",
        RawItem.at(shares.pointer(), VAULT, "SHAREIN#carol#" + id),
        paths);
    add(
        "a pointer to another credential",
        RawItem.at(shares.pointer(), VAULT, "SHAREIN#bob#" + stored.credential().id()),
        paths);
    add("a pointer to nothing", RawItem.at(shares.pointer(), VAULT, "SHAREIN#bob"), paths);
    add(
        "another table's pointer",
        RawItem.at(other.shares().pointer(), VAULT, SharedRows.pointerKey(shares.received())),
        paths);
  }

  private void events() {
    LogRows log = stored.log();
    String month = RawItem.text(log.lastEvent(), "sk").substring(0, "AUDIT#yyyy-mm#".length());
    List<ReadPath> paths = List.of(ReadPath.audit(ALICE));
    add(
        "an event as a newer one",
        RawItem.at(log.event(), VAULT, month + "0".repeat(15) + "f"),
        paths);
    add(
        "an event in another month",
        RawItem.at(log.event(), VAULT, "AUDIT#9999-01#" + "0".repeat(15) + "3"),
        paths);
    add("an event of no month", RawItem.at(log.event(), VAULT, "AUDIT#x"), paths);
    add(
        "another user's event",
        RawItem.at(log.bobsEvent(), VAULT, RawItem.text(log.event(), "sk")),
        paths);
    add(
        "another table's event",
        RawItem.at(other.log().event(), VAULT, RawItem.text(log.event(), "sk")),
        paths);
    add(
        "a receipt as an event",
        RawItem.at(log.receipt(), VAULT, RawItem.text(log.event(), "sk")),
        paths);
  }

  private void credential(
      String name, Map<String, AttributeValue> item, String id, boolean underSameTag) {
    List<ReadPath> paths = new ArrayList<>(ReadPath.byId(ALICE, CredentialId.of(id), 1));
    paths.addAll(ReadPath.listing(ALICE));
    if (underSameTag) {
      paths.add(ReadPath.findByWebsite(ALICE, "github.com"));
    }
    add("copy of " + name, RawItem.at(item, VAULT, "CRED#" + id), paths);
  }

  private void add(String name, Map<String, AttributeValue> item, List<ReadPath> paths) {
    copies.add(new Copy(new Attack(name, item, TamperedItemException.class), paths));
  }

  private static String id(Map<String, AttributeValue> credential) {
    return RawItem.text(credential, "sk").substring("CRED#".length());
  }

  private static String reversed(String rand) {
    return new StringBuilder(rand).reverse().toString();
  }
}
