package io.ezypass.testkit.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Raw items in the JSON that the AWS CLI and DynamoDB's exports use: {@code {"v":{"N":"1"}}}. */
final class RawItems {
  private RawItems() {}

  static ArrayNode toJson(List<Map<String, AttributeValue>> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Map<String, AttributeValue> item : items) {
      ObjectNode node = array.addObject();
      new TreeMap<>(item).forEach((name, value) -> put(node.putObject(name), value));
    }
    return array;
  }

  static List<Map<String, AttributeValue>> fromJson(JsonNode items) {
    List<Map<String, AttributeValue>> all = new ArrayList<>();
    for (JsonNode node : items) {
      Map<String, AttributeValue> item = new HashMap<>();
      node.properties().forEach(field -> item.put(field.getKey(), value(field.getValue())));
      all.add(item);
    }
    return all;
  }

  private static void put(ObjectNode node, AttributeValue value) {
    switch (value.type()) {
      case S -> node.put("S", value.s());
      case N -> node.put("N", value.n());
      case B -> node.put("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
      default -> throw new IllegalStateException("the library writes no " + value.type());
    }
  }

  private static AttributeValue value(JsonNode node) {
    if (node.size() != 1) {
      throw new IllegalStateException("not one type: " + node);
    }
    String type = node.fieldNames().next();
    String text = node.get(type).textValue();
    return switch (type) {
      case "S" -> AttributeValue.fromS(text);
      case "N" -> AttributeValue.fromN(text);
      case "B" -> AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(text)));
      default -> throw new IllegalStateException("the library writes no " + type);
    };
  }
}
