package io.ezypass.internal.op;

import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/**
 * Runs a plan that reads against a few items and keys: no client, no cache. Keys that are not warm
 * are loaded; keys that proved too old are served again, as if KEYS had nothing newer. What follows
 * a reading in a transaction succeeds and changes nothing here.
 */
final class StoredItems {
  private final Map<List<String>, Map<String, AttributeValue>> items = new LinkedHashMap<>();
  private final Script script =
      new Script().otherwise((operation, request) -> answer(request)).nothingNewer();
  private final byte[] unwrapped;
  private @Nullable DecryptRequest decrypt;

  /**
   * Holds those items.
   *
   * @param unwrapped what KMS makes of every wrapped key
   */
  StoredItems(List<Map<String, AttributeValue>> stored, byte[] unwrapped) {
    stored.forEach(this::add);
    this.unwrapped = unwrapped;
  }

  /** Stores one more item. */
  void add(Map<String, AttributeValue> item) {
    items.put(key(item), item);
  }

  /** The key cache holds these. */
  StoredItems warm(KeyMaterial material) {
    script.cached(material);
    return this;
  }

  /** The encryption context that KMS was last asked with. */
  Map<String, String> encryptionContext() {
    return decrypt == null ? Map.of() : new TreeMap<>(decrypt.encryptionContext());
  }

  <R> R run(Plan<R> plan) {
    return script.run(plan);
  }

  private Object answer(Object request) {
    if (request instanceof GetItemRequest get) {
      GetItemResponse.Builder response = GetItemResponse.builder();
      Map<String, AttributeValue> item = items.get(key(get.key()));
      return (item == null ? response : response.item(item)).build();
    }
    if (request instanceof QueryRequest query) {
      List<Map<String, AttributeValue>> found =
          new ArrayList<>(items.values().stream().filter(item -> matches(item, query)).toList());
      if (!query.scanIndexForward()) {
        found.sort(Comparator.comparing(item -> key(item).get(1), Comparator.reverseOrder()));
      }
      return QueryResponse.builder().items(found).build();
    }
    if (request instanceof DecryptRequest asked) {
      decrypt = asked;
      return DecryptResponse.builder().plaintext(SdkBytes.fromByteArray(unwrapped)).build();
    }
    if (request instanceof TransactWriteItemsRequest) {
      return TransactWriteItemsResponse.builder().build();
    }
    throw new IllegalStateException("no answer to " + request.getClass());
  }

  private static boolean matches(Map<String, AttributeValue> item, QueryRequest query) {
    Map<String, AttributeValue> values = query.expressionAttributeValues();
    AttributeValue prefix = values.getOrDefault(":a", AttributeValue.fromS(""));
    return Objects.equals(item.get("pk"), values.get(":p"))
        && key(item).get(1).startsWith(prefix.s());
  }

  private static List<String> key(Map<String, AttributeValue> item) {
    AttributeValue pk = item.getOrDefault("pk", AttributeValue.fromS(""));
    AttributeValue sk = item.getOrDefault("sk", AttributeValue.fromS(""));
    return List.of(pk.s(), sk.s());
  }
}
