package io.ezypass.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Looks at a table as somebody does who can read it, and writes to it as an attacker would. For
 * tests only: it scans.
 *
 * <p>Thread safe.
 */
public final class TableInspector {
  private final DynamoDbClient client;
  private final String table;

  /**
   * An inspector of one table.
   *
   * @param client its requests are what the client sends; it stays open
   * @param table the table's name
   */
  public TableInspector(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * All raw items.
   *
   * @return items ordered by partition and sort key
   */
  public List<Map<String, AttributeValue>> items() {
    return client.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
        .sorted(Comparator.comparing(TableInspector::pk).thenComparing(TableInspector::sk))
        .toList();
  }

  /**
   * The raw items of one partition.
   *
   * @param pk the partition key
   * @return items ordered by sort key
   */
  public List<Map<String, AttributeValue>> partition(String pk) {
    return items().stream().filter(item -> pk(item).equals(pk)).toList();
  }

  /**
   * One raw item.
   *
   * @param pk the partition key
   * @param sk the sort key
   * @return the item, empty if there is none
   */
  public Map<String, AttributeValue> item(String pk, String sk) {
    return client.getItem(get -> get.tableName(table).key(key(pk, sk)).consistentRead(true)).item();
  }

  /**
   * Writes a raw item over whatever is there.
   *
   * @param item all attributes, keys included
   */
  public void put(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(table).item(item));
  }

  /**
   * Deletes a raw item.
   *
   * @param pk the partition key
   * @param sk the sort key
   */
  public void delete(String pk, String sk) {
    client.deleteItem(delete -> delete.tableName(table).key(key(pk, sk)));
  }

  /**
   * Changes a raw item that is there.
   *
   * @param pk the partition key
   * @param sk the sort key
   * @param change gets a modifiable copy
   * @throws IllegalStateException if there is no such item
   */
  public void change(String pk, String sk, Consumer<Map<String, AttributeValue>> change) {
    Map<String, AttributeValue> item = new HashMap<>(item(pk, sk));
    if (item.isEmpty()) {
      throw new IllegalStateException("there is no item " + pk + " / " + sk);
    }
    change.accept(item);
    put(item);
  }

  /**
   * Flips one bit of a binary attribute.
   *
   * @param pk the partition key
   * @param sk the sort key
   * @param attribute its name
   * @param bit which one, from 0
   */
  public void flip(String pk, String sk, String attribute, int bit) {
    bytes(
        pk,
        sk,
        attribute,
        bytes -> {
          bytes[bit / 8] ^= (byte) (1 << (bit % 8));
          return bytes;
        });
  }

  /**
   * Cuts a binary attribute short.
   *
   * @param pk the partition key
   * @param sk the sort key
   * @param attribute its name
   * @param length how many bytes stay
   */
  public void truncate(String pk, String sk, String attribute, int length) {
    bytes(pk, sk, attribute, bytes -> Arrays.copyOf(bytes, length));
  }

  /**
   * Swaps two attributes inside an item.
   *
   * @param pk the partition key
   * @param sk the sort key
   * @param one an attribute
   * @param other another one
   */
  public void swap(String pk, String sk, String one, String other) {
    change(
        pk,
        sk,
        item -> {
          AttributeValue value = item.get(one);
          item.put(one, item.get(other));
          item.put(other, value);
        });
  }

  /**
   * Searches keys and values of all items, text and binary, for texts that must not be there.
   *
   * @param canaries what the user typed
   * @return where which one stands; empty if none does
   */
  public List<String> findPlaintext(Collection<String> canaries) {
    List<String> found = new ArrayList<>();
    for (Map<String, AttributeValue> item : items()) {
      item.forEach(
          (name, value) -> {
            String raw = value.b() == null ? value.toString() : latin(value.b().asByteArray());
            for (String canary : canaries) {
              String bytes =
                  value.b() == null ? canary : latin(canary.getBytes(StandardCharsets.UTF_8));
              if (raw.contains(bytes)) {
                found.add(pk(item) + " / " + sk(item) + " / " + name + ": " + canary);
              }
            }
          });
    }
    return found;
  }

  /**
   * The table as it is drawn on a whiteboard: item collection by item collection.
   *
   * @return several lines
   */
  public String render() {
    StringBuilder out = new StringBuilder();
    String before = "";
    for (Map<String, AttributeValue> item : items()) {
      if (!pk(item).equals(before)) {
        before = pk(item);
        out.append(before).append('\n');
      }
      // As long as the sort key of a revision, the longest one.
      out.append("  ").append(String.format("%-37s", sk(item)));
      new TreeMap<>(item)
          .forEach(
              (name, value) -> {
                if (!name.equals("pk") && !name.equals("sk")) {
                  out.append(' ').append(name).append('=').append(show(value));
                }
              });
      out.append('\n');
    }
    return out.toString();
  }

  private void bytes(String pk, String sk, String attribute, UnaryOperator<byte[]> change) {
    change(
        pk,
        sk,
        item -> {
          AttributeValue value = item.get(attribute);
          if (value == null || value.b() == null) {
            throw new IllegalStateException("there is no binary attribute " + attribute);
          }
          byte[] changed = change.apply(value.b().asByteArray());
          item.put(attribute, AttributeValue.fromB(SdkBytes.fromByteArray(changed)));
        });
  }

  private static String show(AttributeValue value) {
    if (value.b() != null) {
      return "<" + value.b().asByteArray().length + " bytes>";
    }
    return value.n() != null ? value.n() : value.s();
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
  }

  private static String pk(Map<String, AttributeValue> item) {
    return text(item, "pk");
  }

  private static String sk(Map<String, AttributeValue> item) {
    return text(item, "sk");
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException("an item without " + name);
    }
    return value.s();
  }
}
