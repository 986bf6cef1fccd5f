package io.ezypass.testkit.tamper;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item under attack.
 *
 * @param kind its kind
 * @param item as it is stored
 * @param authentic the attributes of which every change is refused
 * @param loose the attributes that nothing authenticates
 * @param caller who makes the cheapest call that reads all of it
 * @param cheapest that call
 * @param callers everybody who reads it
 * @param paths all calls that read it; the first one never writes
 */
record Target(
    Kind kind,
    Map<String, AttributeValue> item,
    List<String> authentic,
    List<String> loose,
    Caller caller,
    ReadPath cheapest,
    List<Caller> callers,
    List<ReadPath> paths) {

  /** The kinds of items that the format has. */
  enum Kind {
    ROOT("the root"),
    KEYS("KEYS"),
    PROFILE("PROFILE"),
    CREDENTIAL("a credential"),
    MOVED_CREDENTIAL("a credential that has moved"),
    FORWARDING_ROW("a forwarding row"),
    REVISION("a revision"),
    TRASH("a credential in the trash"),
    EMAIL_CLAIM("a claim on an e-mail address"),
    USERNAME_CLAIM("a claim on a username"),
    DIRECTORY_ROW("a row of the directory"),
    DUE_ROW("a row of the due list"),
    GRANT("a grant"),
    POINTER("a pointer to a grant"),
    RECEIPT("the receipt of a batch"),
    EVENT("an event of the audit trail");

    private final String description;

    Kind(String description) {
      this.description = description;
    }
  }

  /** The kind in words. */
  String name() {
    return kind.description;
  }

  /** The calls that open the part of the item that was damaged. */
  List<ReadPath> pathsThatSee(Attack attack) {
    AttributeValue secret = attack.item().get("s");
    boolean onlySecret =
        RawItem.without(attack.item(), "s").equals(RawItem.without(item, "s"))
            && item.containsKey("s")
            && secret != null
            && secret.b() != null;
    return onlySecret ? paths.stream().filter(ReadPath::opensSecrets).toList() : paths;
  }
}
