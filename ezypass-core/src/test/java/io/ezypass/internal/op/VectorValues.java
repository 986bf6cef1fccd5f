package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Operation;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.Website;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Vectors of single values: derived keys, tags, shards, normalised text, pending writes. */
final class VectorValues {
  private VectorValues() {}

  static JsonNode read(String kind, JsonNode vector) throws MalformedException {
    return switch (kind) {
      case "derived-key" -> derivedKey(vector);
      case "site-tag" -> siteTag(vector);
      case "claim-tag" -> claimTag(vector);
      case "batch-tag" -> batchTag(vector);
      case "batch-content" -> batchContent(vector);
      case "shard" -> shard(vector);
      case "user-key" -> VectorJson.object().put("value", userKey(vector).value());
      case "pending-write" -> pendingWrite(vector);
      default -> throw new IllegalStateException("no vectors of kind " + kind);
    };
  }

  static UserKey userKey(JsonNode vector) {
    String written = vector.get("written").asText();
    return vector.get("key").asText().equals("email")
        ? UserKey.email(written)
        : UserKey.username(written);
  }

  private static JsonNode derivedKey(JsonNode vector) {
    Key from = Key.copyOf(VectorJson.unhex(vector.get("from")));
    byte[] derived = Hmac.deriveKey(from, vector.get("label").asText()).copyBytes();
    return VectorJson.object().put("derived", VectorJson.hex(derived));
  }

  /** With the keys of the library, from the index key on. */
  private static JsonNode siteTag(JsonNode vector) {
    Website website =
        new Website(
            Website.Kind.valueOf(vector.get("website").get("kind").asText()),
            vector.get("website").get("value").asText(),
            vector.get("website").get("value").asText());
    byte[] tag = userKeys(vector).siteTag(website);
    ObjectNode json = VectorJson.object();
    json.put("hashed", VectorJson.hex(MetaCodec.websiteBytes(website)));
    json.put("tag", VectorJson.hex(tag));
    json.put("text", Base64.getUrlEncoder().withoutPadding().encodeToString(tag));
    return json;
  }

  private static UserKeys userKeys(JsonNode vector) {
    return new VectorVault(
            new byte[16],
            UserId.of("user-1"),
            new TreeMap<>(Map.of(1, new byte[32])),
            VectorJson.unhex(vector.get("indexKey")),
            new byte[32])
        .userKeys();
  }

  private static JsonNode batchTag(JsonNode vector) {
    byte[] tag = userKeys(vector).batchTag(BatchId.of(vector.get("batch").asText()));
    return VectorJson.object().put("tag", VectorJson.hex(tag)).put("text", BatchReceipt.text(tag));
  }

  private static JsonNode batchContent(JsonNode vector) {
    UserKeys keys = userKeys(vector);
    Operation operation = Operation.valueOf(vector.get("operation").asText());
    List<byte[]> items = new ArrayList<>();
    for (JsonNode item : vector.get("asked")) {
      items.add(
          operation == Operation.ADD
              ? BatchContent.addition(
                  keys, VectorJson.unhex(item.get("meta")), VectorJson.unhex(item.get("secret")))
              : BatchContent.deletion(
                  keys,
                  new CredentialVersion(
                      CredentialId.of(item.get("credential").asText()),
                      item.get("version").asLong())));
    }
    return VectorJson.object()
        .put("content", VectorJson.hex(BatchContent.of(keys, operation, items)));
  }

  private static JsonNode claimTag(JsonNode vector) {
    TableKeys keys =
        new TableKeys(
            new TableIdentity(new byte[16], 16),
            Key.copyOf(VectorJson.unhex(vector.get("lookupKey"))));
    UserKey key = userKey(vector);
    byte[] tag = keys.claimTag(key);
    return VectorJson.object()
        .put("tag", VectorJson.hex(tag))
        .put("pk", ItemKey.claim(key.kind(), tag).pk());
  }

  private static JsonNode shard(JsonNode vector) {
    UserId user = UserId.of(vector.get("user").asText());
    int shard = ItemKey.shard(user, vector.get("shards").asInt());
    return VectorJson.object().put("shard", shard).put("pk", ItemKey.directory(shard, user).pk());
  }

  private static JsonNode pendingWrite(JsonNode vector) throws MalformedException {
    PendingWriteCodec.Pending pending;
    try {
      pending = PendingWriteCodec.decode(PendingWrite.of(vector.get("text").asText()));
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
    ObjectNode json = VectorJson.object();
    json.put("write", pending.kind().name());
    json.put("table", VectorJson.hex(pending.tableId()));
    json.put("operationId", VectorJson.hex(pending.operationId()));
    json.put("version", pending.version());
    json.put("user", pending.user().value());
    CredentialId credential = pending.credential();
    if (credential != null) {
      json.put("credential", credential.value());
    }
    UserId recipient = pending.recipient();
    if (recipient != null) {
      json.put("recipient", recipient.value());
    }
    return json;
  }
}
