package io.ezypass.internal.table;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One stored item with typed access. A missing attribute and one of the wrong type read the same:
 * absent. Names are one letter since DynamoDB counts their bytes.
 */
public final class Item {
  /** The version of an item, a number. */
  public static final String VERSION = "v";

  /** The header of a sealed item, binary. */
  public static final String HEADER = "h";

  /** The sealed meta part, binary. */
  public static final String META = "m";

  /** The sealed secret part, binary. */
  public static final String SECRET = "s";

  /** When DynamoDB may delete the item, seconds since the epoch. */
  public static final String TTL = "ttl";

  /** A key wrapped by KMS, binary. */
  public static final String WRAPPED = "w";

  /** The ARN of the KMS key that wrapped it, a string. */
  public static final String KEY_ARN = "k";

  /** The table's id, binary. */
  public static final String TABLE_ID = "t";

  /** The HMAC of a row that is not sealed, binary. */
  public static final String ROW_HMAC = "a";

  /** Where a forwarding row points, a sort key. */
  public static final String FORWARD = "f";

  /** Whose claim it is, a user id. */
  public static final String USER = "u";

  /** The directory shard that a user is in, a number. */
  public static final String SHARD = "d";

  /** How many shards the directory has, a number. */
  public static final String SHARDS = "c";

  /** The tag of a user's e-mail claim, binary. */
  public static final String EMAIL_TAG = "e";

  /** The tag of a user's username claim, binary. */
  public static final String NAME_TAG = "n";

  /** The tag of the partition of the due list that a credential has a row in, binary. */
  public static final String DUE_TAG = "q";

  /** Which credential a row of the due list names, a credential id. */
  public static final String CREDENTIAL = "i";

  /** Since when a credential is shared: milliseconds since the epoch. */
  public static final String GRANTED = "g";

  /** When a grant itself ends, seconds since the epoch; absent for never. */
  public static final String UNTIL = "b";

  /** The id of the operation that wrote a grant, binary. */
  public static final String OPERATION = "o";

  /** The deletion mark of a directory row: milliseconds since the epoch. */
  public static final String DELETED = "x";

  /** On a credential's row, how often its grants were changed; a directory row has the mark. */
  public static final String SHARES = "x";

  /** The tombstone's time of deletion: milliseconds since the epoch. */
  public static final String TOMBSTONE = "z";

  /** The kinds of claims that a deletion left, a string of letters. */
  public static final String CLAIMS_LEFT = "l";

  private final ItemKey key;
  private final Map<String, AttributeValue> attributes;

  private Item(ItemKey key, Map<String, AttributeValue> attributes) {
    this.key = key;
    this.attributes = attributes;
  }

  /** A new item with a key only. */
  public static Item at(ItemKey key) {
    return new Item(key, new HashMap<>(key.attributes()));
  }

  /** A copy that can be changed, with every attribute of the item, known or not. */
  public static Item copyOf(Item item) {
    return new Item(item.key, new HashMap<>(item.attributes));
  }

  /** An item as DynamoDB returned it; null if there is none. */
  public static @Nullable Item of(@Nullable Map<String, AttributeValue> attributes) {
    return attributes == null || attributes.isEmpty()
        ? null
        : new Item(ItemKey.of(attributes), attributes);
  }

  /** A copy under another key, with these attributes only. */
  public static Item copyAt(ItemKey key, Item from, String... names) {
    Item copy = at(key);
    from.copy(copy, names);
    return copy;
  }

  /** Sets a binary attribute. */
  public Item bytes(String name, byte[] value) {
    attributes.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(value)));
    return this;
  }

  /** Sets a number. */
  public Item number(String name, long value) {
    attributes.put(name, AttributeValue.fromN(Long.toString(value)));
    return this;
  }

  /** Sets a string. */
  public Item text(String name, String value) {
    attributes.put(name, AttributeValue.fromS(value));
    return this;
  }

  /** Sets attributes as another item has them; those that it lacks stay as they are. */
  public Item like(Item other, String... names) {
    other.copy(this, names);
    return this;
  }

  /** The primary key. */
  public ItemKey key() {
    return key;
  }

  /** A binary attribute. */
  public byte @Nullable [] bytes(String name) {
    AttributeValue value = attributes.get(name);
    return value == null || value.b() == null ? null : value.b().asByteArray();
  }

  /** A string. */
  public @Nullable String text(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : value.s();
  }

  /** A whole number that is not negative. */
  public OptionalLong number(String name) {
    AttributeValue value = attributes.get(name);
    if (value == null || value.n() == null) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(value.n());
      return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether there is such an attribute, of any type. */
  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  /** Whether it is a forwarding row. */
  public boolean isForwarding() {
    return key.isCredential() && has(FORWARD);
  }

  /** Whether it is the tombstone of a deleted user. */
  public boolean isTombstone() {
    return key.sk().equals(ItemKey.KEYS_SK) && has(TOMBSTONE);
  }

  /** Key and these attributes only, for keeping little of an item. */
  public Item only(String... names) {
    return copyAt(key, this, names);
  }

  /** Whether both hold the same, the key included. */
  public boolean hasSameAttributes(Item other) {
    return attributes.equals(other.attributes);
  }

  /** The size as DynamoDB counts it, in bytes. */
  public long size() {
    return ItemSize.of(attributes);
  }

  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  private void copy(Item to, String... names) {
    for (String name : names) {
      AttributeValue value = attributes.get(name);
      if (value != null) {
        to.attributes.put(name, value);
      }
    }
  }

  /** Shows the key only. */
  @Override
  public String toString() {
    return "Item[" + key + "]";
  }
}
