package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The opened keys of one user, as the vectors name them.
 *
 * @param generations the vault keys; the last one is the active one
 */
record VectorVault(
    byte[] table,
    UserId user,
    TreeMap<Integer, byte[]> generations,
    byte[] indexKey,
    byte[] pageTokenKey) {

  private static final Instant CREATED = Instant.ofEpochMilli(1_700_000_000_000L);

  static VectorVault of(String table, String user, String label, int generations) {
    TreeMap<Integer, byte[]> keys = new TreeMap<>();
    for (int generation = 1; generation <= generations; generation++) {
      keys.put(generation, VectorJson.bytes(label + " vault key " + generation, 32));
    }
    return new VectorVault(
        VectorJson.bytes(table + " table id", 16),
        UserId.of(user),
        keys,
        VectorJson.bytes(label + " index key", 32),
        VectorJson.bytes(label + " page-token key", 32));
  }

  static VectorVault of(JsonNode json) {
    TreeMap<Integer, byte[]> keys = new TreeMap<>();
    json.get("generations")
        .properties()
        .forEach(key -> keys.put(Integer.valueOf(key.getKey()), VectorJson.unhex(key.getValue())));
    return new VectorVault(
        VectorJson.unhex(json.get("table")),
        UserId.of(json.get("user").asText()),
        keys,
        VectorJson.unhex(json.get("indexKey")),
        VectorJson.unhex(json.get("pageTokenKey")));
  }

  int active() {
    return generations.lastKey();
  }

  byte[] activeKey() {
    return generations.lastEntry().getValue();
  }

  Key key(int generation) {
    byte[] key = generations.get(generation);
    if (key == null) {
      throw new IllegalArgumentException("no generation " + generation);
    }
    return Key.copyOf(key);
  }

  KeysCodec.Decoded decoded() {
    List<KeysCodec.Generation> all = new ArrayList<>();
    for (Map.Entry<Integer, byte[]> key : generations.entrySet()) {
      all.add(
          new KeysCodec.Generation(
              key.getKey(),
              CREATED.plusSeconds(key.getKey()),
              key.getKey() == active() ? null : key.getValue()));
    }
    return new KeysCodec.Decoded(indexKey, pageTokenKey, all);
  }

  UserKeys userKeys() {
    return new UserKeys(user, table, active(), activeKey(), decoded(), true, null, 0);
  }

  ObjectNode json() {
    ObjectNode json = VectorJson.object();
    json.put("table", VectorJson.hex(table));
    json.put("user", user.value());
    ObjectNode keys = json.putObject("generations");
    generations.forEach((number, key) -> keys.put(number.toString(), VectorJson.hex(key)));
    json.put("active", active());
    json.put("indexKey", VectorJson.hex(indexKey));
    json.put("pageTokenKey", VectorJson.hex(pageTokenKey));
    return json;
  }
}
