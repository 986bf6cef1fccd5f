package io.ezypass.internal.op;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.Requests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How the golden vectors are spelt: bytes in hexadecimal, items as in DynamoDB's JSON. */
final class VectorJson {
  private static final HexFormat HEX = HexFormat.of();
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private VectorJson() {}

  static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  static byte[] unhex(String hex) {
    return HEX.parseHex(hex);
  }

  static byte[] unhex(JsonNode hex) {
    return unhex(hex.asText());
  }

  /** Bytes that look random and never change: the beginning of SHA-256 over a label. */
  static byte[] bytes(String label, int count) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(label.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(hash, count);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** An item as it is stored, its attributes in alphabetical order behind the primary key. */
  static ObjectNode item(Item item) {
    Map<String, AttributeValue> attributes =
        new TreeMap<>(
            new Requests("vault", Duration.ofMinutes(1)).put(item, Condition.absent()).item());
    ObjectNode json = object();
    attributes.remove("pk");
    attributes.remove("sk");
    json.putObject("pk").put("S", item.key().pk());
    json.putObject("sk").put("S", item.key().sk());
    attributes.forEach(
        (name, value) -> {
          ObjectNode typed = json.putObject(name);
          if (value.b() != null) {
            typed.put("B", hex(value.b().asByteArray()));
          } else if (value.n() != null) {
            typed.put("N", value.n());
          } else {
            typed.put("S", value.s());
          }
        });
    return json;
  }

  /** The attributes as the SDK would hand them out. */
  static Map<String, AttributeValue> attributes(JsonNode item) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> fields = item.properties().iterator();
        fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      JsonNode value = field.getValue();
      attributes.put(
          field.getKey(),
          value.has("B")
              ? AttributeValue.fromB(SdkBytes.fromByteArray(unhex(value.get("B"))))
              : value.has("N")
                  ? AttributeValue.fromN(value.get("N").asText())
                  : AttributeValue.fromS(value.get("S").asText()));
    }
    return attributes;
  }

  static JsonNode parse(byte[] json) {
    try {
      return MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static String print(JsonNode json) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    try {
      return MAPPER.writer(printer).writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
