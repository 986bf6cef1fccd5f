package io.ezypass.testkit.images;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which kinds and varieties of items a raw item is of, by {@code docs/wire-format.md} alone. */
final class ItemKinds {
  /** What every image has to hold. */
  static final List<String> ALL =
      List.of(
          "root",
          "KEYS",
          "KEYS, generation 1",
          "KEYS, generation 2",
          "KEYS, generation 3",
          "KEYS, 0 earlier ids",
          "KEYS, 2 earlier ids",
          "tombstone",
          "profile",
          "profile with e",
          "profile with n",
          "profile, generation 1",
          "profile, generation 2",
          "profile, 0 earlier ids",
          "profile, 4 earlier ids",
          "claim EMAIL",
          "claim NAME",
          "directory row",
          "directory row with x",
          "credential",
          "credential with ttl",
          "credential, 0 earlier ids",
          "credential, 1 earlier ids",
          "credential, 2 earlier ids",
          "credential, 3 earlier ids",
          "credential, 4 earlier ids",
          "credential, generation 1",
          "credential, generation 2",
          "credential, generation 3",
          "forwarding row",
          "forwarding row with ttl",
          "revision",
          "revision with ttl",
          "revision, generation 1",
          "revision, generation 2",
          "revision, 0 earlier ids",
          "revision, 4 earlier ids",
          "trash",
          "trash with ttl",
          "trash, generation 1",
          "trash, generation 2",
          "trash with revisions",
          "credential with revisions");

  private static final int FEATURES_OFFSET = 1;
  private static final int REVISIONS = 0x01;
  private static final int GENERATION_OFFSET = 2;
  private static final int EARLIER_OFFSET = 52;
  private static final int EARLIER_BYTES = 8;

  private ItemKinds() {}

  static List<String> of(Map<String, AttributeValue> item) {
    String kind = kind(item);
    List<String> kinds = new ArrayList<>(List.of(kind));
    for (String optional : List.of("e", "n", "x", "ttl")) {
      if (item.containsKey(optional)) {
        kinds.add(kind + " with " + optional);
      }
    }
    if (item.containsKey("h")) {
      ByteBuffer header = item.get("h").b().asByteBuffer();
      int earlier = (header.limit() - EARLIER_OFFSET) / EARLIER_BYTES;
      kinds.add(kind + ", " + earlier + " earlier ids");
      kinds.add(kind + ", generation " + header.getShort(GENERATION_OFFSET));
      if ((header.get(FEATURES_OFFSET) & REVISIONS) != 0) {
        kinds.add(kind + " with revisions");
      }
    }
    return kinds;
  }

  private static String kind(Map<String, AttributeValue> item) {
    String pk = item.get("pk").s();
    String sk = item.get("sk").s();
    if (pk.equals("TABLE")) {
      return "root";
    }
    if (pk.startsWith("USERS#")) {
      return "directory row";
    }
    if (sk.equals("CLAIM")) {
      return "claim " + pk.substring(0, pk.indexOf('#'));
    }
    if (sk.equals("KEYS")) {
      return item.containsKey("z") ? "tombstone" : "KEYS";
    }
    if (sk.equals("PROFILE")) {
      return "profile";
    }
    if (sk.startsWith("CRED#")) {
      return item.containsKey("f") ? "forwarding row" : "credential";
    }
    if (sk.startsWith("REV#")) {
      return "revision";
    }
    if (sk.startsWith("TRASH#")) {
      return "trash";
    }
    throw new IllegalStateException("an unknown item: " + pk + " / " + sk);
  }
}
