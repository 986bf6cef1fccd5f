package io.ezypass.testkit.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * As much of IAM's policy evaluation as the policies in the documents use: Allow statements,
 * variables, StringEquals and StringLike with and without ForAllValues, Null. It follows the IAM
 * user guide; it is our reading of it, not IAM.
 */
final class IamPolicy {
  private final JsonNode document;

  private IamPolicy(JsonNode document) {
    this.document = document;
  }

  /**
   * What is asked of IAM.
   *
   * @param action such as {@code dynamodb:GetItem}
   * @param resource an ARN
   * @param context the condition keys of the request; a key that is not there has no values
   */
  record Request(String action, String resource, Map<String, Set<String>> context) {}

  /** Reads a policy and fills in its placeholders and variables. */
  static IamPolicy read(Path file, Map<String, String> values) throws IOException {
    String text = Files.readString(file);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace(value.getKey(), value.getValue());
    }
    return new IamPolicy(new ObjectMapper().readTree(text));
  }

  /** The same policy without one condition operator, to show what it is for. */
  IamPolicy without(String operator) {
    JsonNode copy = document.deepCopy();
    copy.findParents(operator).forEach(condition -> ((ObjectNode) condition).remove(operator));
    return new IamPolicy(copy);
  }

  /** What it is made of: one action of one statement each, by statement and action. */
  Map<String, IamPolicy> parts() {
    Map<String, IamPolicy> parts = new TreeMap<>();
    for (JsonNode statement : document.get("Statement")) {
      for (String action : strings(statement.get("Action"))) {
        ObjectNode single = statement.deepCopy();
        single.put("Action", action);
        ObjectNode policy = document.deepCopy();
        policy.putArray("Statement").add(single);
        parts.put(statement.get("Sid").asText() + " " + action, new IamPolicy(policy));
      }
    }
    return parts;
  }

  /** Whether a statement allows it. */
  boolean allows(Request request) {
    for (JsonNode statement : document.get("Statement")) {
      if (!statement.get("Effect").asText().equals("Allow")) {
        throw new IllegalStateException("only Allow is understood");
      }
      if (strings(statement.get("Action")).contains(request.action())
          && strings(statement.get("Resource")).contains(request.resource())
          && holds(statement.path("Condition"), request)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(JsonNode conditions, Request request) {
    return conditions.properties().stream()
        .allMatch(
            operator ->
                operator.getValue().properties().stream()
                    .allMatch(
                        key ->
                            holds(
                                operator.getKey(),
                                strings(key.getValue()),
                                request.context().getOrDefault(key.getKey(), Set.of()))));
  }

  private static boolean holds(String operator, List<String> wanted, Collection<String> there) {
    return switch (operator) {
      case "Null" -> wanted.equals(List.of(there.isEmpty() ? "true" : "false"));
      case "StringEquals" -> there.size() == 1 && wanted.containsAll(there);
      // True for no value at all: this is the trap that the Null guard is for.
      case "ForAllValues:StringEquals" -> wanted.containsAll(there);
      case "ForAllValues:StringLike" -> all(there, wanted, IamPolicy::like);
      default -> throw new IllegalStateException("operator " + operator + " is not understood");
    };
  }

  private static boolean all(
      Collection<String> there, List<String> wanted, BiPredicate<String, String> matches) {
    return there.stream().allMatch(value -> wanted.stream().anyMatch(w -> matches.test(value, w)));
  }

  private static boolean like(String value, String pattern) {
    return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), value);
  }

  private static List<String> strings(JsonNode node) {
    List<String> strings = new ArrayList<>();
    if (node.isTextual()) {
      strings.add(node.asText());
    } else {
      node.forEach(entry -> strings.add(entry.asText()));
    }
    return strings;
  }
}
