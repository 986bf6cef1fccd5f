package io.ezypass.internal.op;

import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;

/** Names items in messages, by kind and ids. */
final class Describe {
  private Describe() {}

  static String keys(UserId user) {
    return "The KEYS item of user " + user;
  }

  static String profile(UserId user) {
    return "The profile of user " + user;
  }

  static String credential(UserId user, CredentialId id) {
    return "Credential " + id + " of user " + user;
  }

  static String row(UserId user, ItemKey key) {
    return "An item in the vault of user " + user + " (sort key " + safe(key) + ")";
  }

  static String root() {
    return "The table's root item";
  }

  static String claim() {
    return "A claim on an e-mail address or a username";
  }

  static String due() {
    return "A row of the due list";
  }

  static String directory() {
    return "A row of the user directory";
  }

  static String foreign(ItemKey key) {
    return "An item that is not the library's (partition key "
        + safe(key.pk())
        + ", sort key "
        + safe(key.sk())
        + ")";
  }

  /** A grant's sort key has nothing but ids, however long and whatever characters they have. */
  private static String safe(ItemKey key) {
    return KeySpace.otherOfGrant(key) == null ? safe(key.sk()) : key.sk();
  }

  /** A sort key that the library did not write could hold anything. */
  private static String safe(String sortKey) {
    return sortKey.matches("[A-Za-z0-9#_-]{1,64}") ? sortKey : "unknown";
  }
}
