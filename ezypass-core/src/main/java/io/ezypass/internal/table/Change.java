package io.ezypass.internal.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An update expression with the names and values of itself and of its condition. */
record Change(String expression, Map<String, String> names, Map<String, AttributeValue> values) {

  /**
   * Sets and removes attributes.
   *
   * @param set an item with the attributes to set; its key is left out
   */
  static Change of(Item set, List<String> remove, Condition condition) {
    Map<String, String> names = new HashMap<>(condition.names());
    Map<String, AttributeValue> values = new HashMap<>(condition.values());
    List<String> sets = new ArrayList<>();
    List<String> removes = new ArrayList<>();
    set.attributes()
        .forEach(
            (name, value) -> {
              if (!name.equals(ItemKey.PK) && !name.equals(ItemKey.SK)) {
                sets.add("#set_" + name + " = :set_" + name);
                names.put("#set_" + name, name);
                values.put(":set_" + name, value);
              }
            });
    for (String name : remove) {
      removes.add("#set_" + name);
      names.put("#set_" + name, name);
    }
    List<String> clauses = new ArrayList<>();
    if (!sets.isEmpty()) {
      clauses.add("SET " + String.join(", ", sets));
    }
    if (!removes.isEmpty()) {
      clauses.add("REMOVE " + String.join(", ", removes));
    }
    return new Change(String.join(" ", clauses), names, values);
  }

  /** DynamoDB refuses an empty map of values. */
  @Nullable Map<String, AttributeValue> valuesOrNull() {
    return values.isEmpty() ? null : values;
  }

  /** Shows the expression only. */
  @Override
  public String toString() {
    return "Change[" + expression + "]";
  }
}
