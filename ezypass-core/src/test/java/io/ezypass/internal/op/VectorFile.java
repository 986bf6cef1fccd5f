package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** One file of golden vectors while it is being made. */
final class VectorFile {
  private final ObjectNode json = VectorJson.object();
  private final ArrayNode vectors;
  private final Set<String> ids = new HashSet<>();
  private final String prefix;

  /**
   * A file.
   *
   * @param kind how its vectors are read
   * @param name its name, with which their ids begin
   */
  VectorFile(String kind, String name, String description) {
    prefix = name;
    json.put("format", 1);
    json.put("kind", kind);
    json.put("description", description);
    vectors = json.putArray("vectors");
  }

  /** A vector that has to be read, with what is read out of it. */
  ObjectNode opens(String id, String description, ObjectNode given, JsonNode expect) {
    ObjectNode vector = add(id, description, given);
    vector.set("expect", expect);
    return vector;
  }

  /** A vector that has to be refused. */
  void refused(String id, String description, ObjectNode given, String error) {
    add(id, description, given).put("error", error);
  }

  JsonNode json() {
    return json;
  }

  private ObjectNode add(String id, String description, ObjectNode given) {
    if (!ids.add(id)) {
      throw new IllegalStateException("two vectors " + id);
    }
    ObjectNode vector = vectors.addObject();
    vector.put("id", prefix + "/" + id);
    vector.put("description", description);
    vector.setAll(given.deepCopy());
    return vector;
  }
}
