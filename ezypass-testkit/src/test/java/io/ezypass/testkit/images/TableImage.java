package io.ezypass.testkit.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.model.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A stored table image: all raw items of a table as one version wrote it, and what must be read out
 * of them. The README beside the images describes the fields.
 *
 * @param name its file's name
 * @param root the whole file
 */
record TableImage(String name, JsonNode root) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** All images of this folder. */
  static List<TableImage> all(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(TableImage::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TableImage read(Path file) {
    try {
      return new TableImage(file.getFileName().toString(), MAPPER.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode empty() {
    return MAPPER.createObjectNode();
  }

  static void write(Path file, ObjectNode root) {
    try {
      String json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
      Files.writeString(file, json + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long kmsSeed() {
    return root.required("kms").required("seed").longValue();
  }

  /**
   * The ARNs of the fake's keys in the order in which they were created; the last is the table's.
   */
  List<String> kmsKeys() {
    return texts(root.required("kms").required("keys"));
  }

  TableId tableId() {
    return TableId.of(text("tableId"));
  }

  /** When it was written; what has expired then has expired in the expectations. */
  Instant clock() {
    return Instant.parse(text("clock"));
  }

  List<Map<String, AttributeValue>> items() {
    return RawItems.fromJson(root.required("items"));
  }

  /** Users by id. */
  Map<String, JsonNode> users() {
    return byId(root.required("users"));
  }

  /** A user's credentials by id. */
  static Map<String, JsonNode> credentials(JsonNode user) {
    return byId(user.required("credentials"));
  }

  /** The ids of a user's credentials that have expired but still stand in the table. */
  static List<String> expired(JsonNode user) {
    return texts(user.required("expired"));
  }

  /** The kept versions of a user's credentials, live or in the trash, newest first, by id. */
  static Map<String, List<JsonNode>> revisions(JsonNode user) {
    Map<String, List<JsonNode>> all = new TreeMap<>();
    user.required("revisions")
        .properties()
        .forEach(entry -> all.put(entry.getKey(), list(entry.getValue())));
    return all;
  }

  /** What a user has in the trash, by id. */
  static Map<String, JsonNode> trash(JsonNode user) {
    return byId(user.required("trash"));
  }

  /** When the deletion of a user becomes final, by user id. */
  Map<String, Instant> deletions() {
    Map<String, Instant> all = new TreeMap<>();
    byId(root.required("deletions"))
        .forEach((id, node) -> all.put(id, Instant.parse(node.required("finalFrom").textValue())));
    return all;
  }

  List<JsonNode> pendingWrites() {
    return list(root.required("pendingWrites"));
  }

  /** Shows the name. */
  @Override
  public String toString() {
    return name;
  }

  private String text(String field) {
    return root.required(field).textValue();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(((ArrayNode) array).spliterator(), false)
        .map(JsonNode::textValue)
        .toList();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static Map<String, JsonNode> byId(JsonNode array) {
    Map<String, JsonNode> all = new TreeMap<>();
    array.forEach(node -> all.put(node.required("id").textValue(), node));
    return all;
  }
}
