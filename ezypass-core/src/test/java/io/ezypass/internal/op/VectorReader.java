package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.format.v1.PageTokenCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.AuditRange;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.Website;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the stored items and tokens of a vector with the library's own code, as a caller would. */
final class VectorReader {
  private static final Map<String, SealContext.Kind> OF_A_VAULT =
      Map.of(
          "vault", SealContext.Kind.VAULT_PAGE,
          "trash", SealContext.Kind.TRASH_PAGE,
          "given", SealContext.Kind.GIVEN_PAGE,
          "received", SealContext.Kind.RECEIVED_PAGE);

  private final JsonNode vaults;

  VectorReader(JsonNode vaults) {
    this.vaults = vaults;
  }

  /** What is read, or {@code {"error": name}}. */
  JsonNode read(String kind, JsonNode vector) {
    try {
      return switch (kind) {
        case "credential" -> credential(vector);
        case "profile" -> profile(vector);
        case "keys" -> keys(vector);
        case "root" -> root(vector);
        case "claim" -> claim(vector);
        case "directory" -> directory(vector);
        case "due" -> due(vector);
        case "due-tag" -> dueTag(vector);
        case "grant" -> grants(vector);
        case "received" -> received(vector);
        case "page-token" -> pageToken(vector);
        case "batch-receipt" -> batchReceipt(vector);
        case "audit-trail" -> auditTrail(vector);
        default -> VectorValues.read(kind, vector);
      };
    } catch (Exception e) {
      return VectorJson.object().put("error", name(e));
    }
  }

  private static String name(Exception failure) {
    if (failure instanceof TamperedItemException) {
      return "tampered";
    }
    if (failure instanceof UnsupportedFormatException) {
      return "unsupported";
    }
    if (failure instanceof CredentialNotFoundException
        || failure instanceof RevisionNotFoundException
        || failure instanceof UserNotFoundException) {
      return "not-found";
    }
    if (failure instanceof InvalidPageTokenException) {
      return "invalid-token";
    }
    if (failure instanceof NotInitialisedException) {
      return "not-initialised";
    }
    if (failure instanceof KeyUnavailableException) {
      return "key-unavailable";
    }
    if (failure instanceof IllegalArgumentException) {
      return "invalid-argument";
    }
    throw new AssertionError("not a failure that the format names", failure);
  }

  private JsonNode credential(JsonNode vector) {
    UserKeys keys = vault(vector).userKeys();
    StoredItems stored = stored(vector, new byte[0]).warm(keys);
    return new CredentialReads(environment(vector), stored, keys.user()).read(vector);
  }

  private JsonNode profile(JsonNode vector) {
    UserKeys keys = vault(vector).userKeys();
    Environment env = environment(vector);
    Table table = new Table(env, null);
    return stored(vector, new byte[0])
        .warm(keys)
        .run(new FindUser(env, table, new KeyAccess(env, table)).byId(keys.user()))
        .map(VectorContent::of)
        .orElseThrow(() -> new UserNotFoundException(keys.user()));
  }

  private JsonNode keys(JsonNode vector) throws Exception {
    UserId user = UserId.of(vector.get("user").asText());
    byte[] tableId = VectorJson.unhex(vector.get("table"));
    byte[] unwrapped = VectorJson.unhex(vector.get("unwrapped"));
    Environment env = environment(vector);
    StoredItems stored = stored(vector, unwrapped);
    stored.add(
        Map.of(
            "pk", AttributeValue.fromS("TABLE"),
            "sk", AttributeValue.fromS("ROOT"),
            "t", AttributeValue.fromB(SdkBytes.fromByteArray(tableId)),
            "c", AttributeValue.fromN("16")));
    UserKeys opened =
        stored.run(new KeyAccess(env, new Table(env, null)).keys(user, keys -> Plan.done(keys)));
    Item item = Item.of(VectorJson.attributes(vector.get("items").get(0)));
    return keys(opened, item, tableId, unwrapped)
        .set("encryptionContext", strings(stored.encryptionContext()));
  }

  /** Opened once more, for what the library keeps to itself. */
  private static ObjectNode keys(
      UserKeys opened, @Nullable Item item, byte[] tableId, byte[] unwrapped) throws Exception {
    if (item == null) {
      throw new IllegalStateException("opened without an item");
    }
    Header header = Header.decode(bytes(item, Item.HEADER));
    long version = item.number(Item.VERSION).orElseThrow();
    SealContext context =
        SealContext.of(
            tableId, opened.user().value(), SealContext.Kind.KEYS, version, header.generation());
    try (Sealing sealing = Sealer.opening(Key.copyOf(unwrapped), context, header)) {
      KeysCodec.Decoded rest = KeysCodec.decode(sealing.openMeta(bytes(item, Item.META)), true);
      return VectorContent.of(rest, opened.active(), version, opened.writable());
    }
  }

  private JsonNode root(JsonNode vector) {
    Environment env = environment(vector);
    byte[] pinned = vector.has("pinned") ? VectorJson.unhex(vector.get("pinned")) : null;
    StoredItems stored = stored(vector, VectorJson.unhex(vector.get("unwrapped")));
    TableKeys keys = stored.run(new Table(env, pinned).keys(opened -> Plan.done(opened)));
    ObjectNode json = VectorJson.object();
    json.put("table", VectorJson.hex(keys.table().id()));
    json.put("shards", keys.table().shards());
    json.set("encryptionContext", strings(stored.encryptionContext()));
    return json;
  }

  private JsonNode claim(JsonNode vector) {
    UserKey key = VectorValues.userKey(vector);
    TableKeys keys = tableKeys(vector);
    Item row = only(vector);
    if (!row.key().equals(ItemKey.claim(key.kind(), keys.claimTag(key)))) {
      throw new IllegalStateException("the vector's row is not where the reader looks for it");
    }
    return VectorJson.object().put("user", Claims.user(keys, key, row).value());
  }

  private JsonNode directory(JsonNode vector) {
    Environment env = environment(vector);
    ArrayNode users = VectorJson.array();
    stored(vector, new byte[0])
        .warm(tableKeys(vector))
        .run(new ListUsers(env, new Table(env, null)).plan(PageRequest.first(1)))
        .items()
        .forEach(user -> users.add(user.value()));
    return VectorJson.object().set("users", users);
  }

  private JsonNode due(JsonNode vector) {
    Environment env = environment(vector);
    Table table = new Table(env, null);
    ObjectNode json = VectorJson.object();
    ArrayNode credentials = json.putArray("credentials");
    stored(vector, new byte[0])
        .warm(tableKeys(vector))
        .run(
            new ReadDue(env, table, new KeyAccess(env, table))
                .list(LocalDate.ofEpochDay(vector.get("day").asLong()), PageRequest.first(100)))
        .items()
        .forEach(
            due ->
                credentials
                    .addObject()
                    .put("user", due.owner().value())
                    .put("credential", due.credential().value()));
    return json;
  }

  private JsonNode grants(JsonNode vector) {
    UserKeys keys = vault(vector).userKeys();
    ObjectNode json = VectorJson.object();
    ArrayNode grants = json.putArray("grants");
    GrantRow row = GrantRow.open(keys, only(vector));
    if (!row.hasEnded(environment(vector).now())) {
      grants.add(VectorContent.of(row.grant()));
    }
    return json;
  }

  private JsonNode received(JsonNode vector) {
    UserId user = UserId.of(vector.get("user").asText());
    ObjectNode json = VectorJson.object();
    ArrayNode shared = json.putArray("shared");
    SharedCredential row =
        GrantRow.received(tableKeys(vector), user, only(vector), environment(vector).now());
    if (row != null) {
      shared.add(VectorContent.of(row));
    }
    return json;
  }

  private JsonNode dueTag(JsonNode vector) {
    byte[] tag = tableKeys(vector).dueTag(vector.get("day").asLong(), vector.get("shard").asInt());
    return VectorJson.object().put("tag", VectorJson.hex(tag)).put("pk", ItemKey.duePartition(tag));
  }

  private JsonNode pageToken(JsonNode vector) {
    PageTokens tokens = new PageTokens(environment(vector));
    PageToken token = PageToken.of(vector.get("token").asText());
    ObjectNode json = VectorJson.object();
    String list = vector.get("list").asText();
    SealContext.Kind kind = OF_A_VAULT.get(list);
    if (kind != null) {
      String after = tokens.position(vault(vector).userKeys(), kind, token);
      return after == null ? json : json.put("after", after);
    }
    if (list.equals("filter")) {
      CredentialFilter filter = filter(vector.get("filter"));
      String after = tokens.filterPosition(vault(vector).userKeys(), filter, token);
      return json.put("query", VectorJson.hex(PageTokenCodec.hash(filter))).put("after", after);
    }
    TableKeys keys = tableKeys(vector);
    PageTokenCodec.Position position =
        switch (list) {
          case "due" -> tokens.duePosition(keys, vector.get("day").asLong(), token);
          case "users" -> tokens.directoryPosition(keys, SealContext.Kind.DIRECTORY_PAGE, token);
          default -> tokens.directoryPosition(keys, SealContext.Kind.DELETIONS_PAGE, token);
        };
    json.put("shard", position.shard());
    Optional.ofNullable(position.after()).ifPresent(after -> json.put("after", after));
    return json;
  }

  private JsonNode batchReceipt(JsonNode vector) {
    UserKeys keys = vault(vector).userKeys();
    Environment env = environment(vector);
    StoredItems stored = stored(vector, new byte[0]).warm(keys);
    ItemKey key =
        ItemKey.batchReceipt(keys.user(), vector.get("tag").asText(), vector.get("chunk").asInt());
    Item item = stored.run(new Reads(env).get(key));
    if (item == null) {
      throw new UserNotFoundException(keys.user());
    }
    BatchReceipt receipt =
        stored.run(
            new KeyAccess(env, new Table(env, null))
                .covering(
                    keys,
                    Map.of(CredentialRow.generation(keys.user(), item), "the receipt"),
                    covering -> Plan.done(BatchReceipt.open(covering, item))));
    if (receipt.isExpired(env.now())) {
      throw new UserNotFoundException(keys.user());
    }
    return VectorContent.of(receipt.content());
  }

  private JsonNode auditTrail(JsonNode vector) {
    UserKeys keys = vault(vector).userKeys();
    Environment env = environment(vector);
    ReadAudit audit = new ReadAudit(env, new KeyAccess(env, new Table(env, null)));
    ArrayNode events = VectorJson.array();
    stored(vector, new byte[0])
        .warm(keys)
        .run(audit.plan(keys.user(), AuditRange.all(), PageRequest.first(1_000)))
        .items()
        .forEach(event -> events.add(VectorContent.of(event)));
    return events;
  }

  private static CredentialFilter filter(JsonNode json) {
    List<String> tags = new ArrayList<>();
    json.get("tags").forEach(tag -> tags.add(tag.asText()));
    return new CredentialFilter(
        tags,
        json.get("favouritesOnly").asBoolean(),
        json.has("websiteKind") ? Website.Kind.valueOf(json.get("websiteKind").asText()) : null);
  }

  private VectorVault vault(JsonNode vector) {
    return VectorVault.of(vaults.get("vaults").get(vector.get("vault").asText()));
  }

  private TableKeys tableKeys(JsonNode vector) {
    JsonNode table = vaults.get("tables").get(vector.get("table").asText());
    return new TableKeys(
        new TableIdentity(VectorJson.unhex(table.get("id")), table.get("shards").asInt()),
        Key.copyOf(VectorJson.unhex(table.get("lookupKey"))));
  }

  private static Environment environment(JsonNode vector) {
    Instant now = Instant.ofEpochMilli(vector.path("now").asLong(Fixtures.NOW.toEpochMilli()));
    String accepted = vector.path("acceptedArn").asText(Fixtures.KEY_ARN);
    return environment(now, new SecureRandom(), Fixtures.environment(KmsConfig.of(accepted)));
  }

  static Environment environment(Instant now, SecureRandom random) {
    return environment(now, random, Fixtures.environment());
  }

  private static Environment environment(Instant now, SecureRandom random, Environment base) {
    return new Environment(
        base.requests(),
        base.kms(),
        () -> now,
        base.nanoTime(),
        random,
        base.writeDeadline(),
        base.policies());
  }

  private static StoredItems stored(JsonNode vector, byte[] unwrapped) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    vector.get("items").forEach(item -> items.add(VectorJson.attributes(item)));
    return new StoredItems(items, unwrapped);
  }

  private static Item only(JsonNode vector) {
    Item item = Item.of(VectorJson.attributes(vector.get("items").get(0)));
    if (item == null) {
      throw new IllegalStateException("no item");
    }
    return item;
  }

  private static byte[] bytes(Item item, String name) {
    byte[] bytes = item.bytes(name);
    if (bytes == null) {
      throw new IllegalStateException("opened without " + name);
    }
    return bytes;
  }

  private static ObjectNode strings(Map<String, String> map) {
    ObjectNode json = VectorJson.object();
    map.forEach(json::put);
    return json;
  }
}
