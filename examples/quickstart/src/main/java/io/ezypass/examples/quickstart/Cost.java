package io.ezypass.examples.quickstart;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was sent, by operation.
 *
 * @param dynamoDb requests to DynamoDB
 * @param kms calls of KMS
 */
record Cost(Map<String, Integer> dynamoDb, Map<String, Integer> kms) {
  @Override
  public String toString() {
    return "DynamoDB: " + list(dynamoDb) + "; KMS: " + list(kms);
  }

  private static String list(Map<String, Integer> counts) {
    return counts.isEmpty()
        ? "none"
        : new TreeMap<>(counts)
            .entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
  }
}
