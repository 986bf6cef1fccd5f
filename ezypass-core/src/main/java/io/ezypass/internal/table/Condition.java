package io.ezypass.internal.table;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What must hold of the stored item for a write to take effect.
 *
 * @param expression DynamoDB's condition expression
 * @param names its attribute names; all are short and could be reserved words
 * @param values its values
 */
public record Condition(
    String expression, Map<String, String> names, Map<String, AttributeValue> values) {
  /** There is no such item. */
  public static Condition absent() {
    return new Condition("attribute_not_exists(#p)", Map.of("#p", ItemKey.PK), Map.of());
  }

  /** There is such an item. */
  public static Condition present() {
    return new Condition("attribute_exists(#p)", Map.of("#p", ItemKey.PK), Map.of());
  }

  /** It has exactly this header, so it is exactly the item that was read. */
  public static Condition headerIs(byte[] header) {
    return equal(Item.HEADER, AttributeValue.fromB(SdkBytes.fromByteArray(header)));
  }

  /** It is exactly the KEYS item that was read. */
  public static Condition keysAre(byte[] header, byte[] wrapped) {
    return new Condition(
        "#a = :a AND #b = :b",
        Map.of("#a", Item.HEADER, "#b", Item.WRAPPED),
        Map.of(
            ":a", AttributeValue.fromB(SdkBytes.fromByteArray(header)),
            ":b", AttributeValue.fromB(SdkBytes.fromByteArray(wrapped))));
  }

  /** It has exactly this wrapped key. */
  public static Condition wrappedIs(byte[] wrapped) {
    return equal(Item.WRAPPED, AttributeValue.fromB(SdkBytes.fromByteArray(wrapped)));
  }

  /** It has this version. */
  public static Condition versionIs(long version) {
    return equal(Item.VERSION, AttributeValue.fromN(Long.toString(version)));
  }

  /** It has this version, no row in the due list, and was never shared. */
  public static Condition versionIsAndAlone(long version) {
    return new Condition(
        "#a = :a AND attribute_not_exists(#q) AND attribute_not_exists(#x)",
        Map.of("#a", Item.VERSION, "#q", Item.DUE_TAG, "#x", Item.SHARES),
        Map.of(":a", AttributeValue.fromN(Long.toString(version))));
  }

  /** It is a forwarding row that points there. */
  public static Condition forwardsTo(String sortKey) {
    return equal(Item.FORWARD, AttributeValue.fromS(sortKey));
  }

  /** It is a claim of this user. */
  public static Condition claimedBy(String userId) {
    return equal(Item.USER, AttributeValue.fromS(userId));
  }

  /** It is a claim of this user, or there is none. */
  public static Condition absentOrClaimedBy(String userId) {
    return new Condition(
        "attribute_not_exists(#p) OR #a = :a",
        Map.of("#p", ItemKey.PK, "#a", Item.USER),
        Map.of(":a", AttributeValue.fromS(userId)));
  }

  /** It is the tombstone of the deletion that began then. */
  public static Condition tombstoneIs(long deletedAt) {
    return equal(Item.TOMBSTONE, AttributeValue.fromN(Long.toString(deletedAt)));
  }

  /** It is there, and these attributes are as they were read, the missing ones included. */
  public static Condition sameAs(Item item, String... attributes) {
    StringBuilder expression = new StringBuilder("attribute_exists(#p)");
    Map<String, String> names = new HashMap<>(Map.of("#p", ItemKey.PK));
    Map<String, AttributeValue> values = new HashMap<>();
    for (String attribute : attributes) {
      AttributeValue value = item.attributes().get(attribute);
      names.put("#" + attribute, attribute);
      if (value == null) {
        expression.append(" AND attribute_not_exists(#").append(attribute).append(")");
      } else {
        expression.append(" AND #").append(attribute).append(" = :").append(attribute);
        values.put(":" + attribute, value);
      }
    }
    return new Condition(expression.toString(), names, values);
  }

  private static Condition equal(String name, AttributeValue value) {
    return new Condition("#a = :a", Map.of("#a", name), Map.of(":a", value));
  }

  /** DynamoDB refuses an empty map of values. */
  @Nullable Map<String, AttributeValue> valuesOrNull() {
    return values.isEmpty() ? null : values;
  }

  /** Shows the expression only. */
  @Override
  public String toString() {
    return "Condition[" + expression + "]";
  }
}
