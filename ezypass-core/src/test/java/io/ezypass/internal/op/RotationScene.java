package io.ezypass.internal.op;

import io.ezypass.admin.JobOptions;
import io.ezypass.admin.RotationReport;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Requests;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultPolicies;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * One user's partition in a map and a KMS that "wraps" a key by giving it a number: just enough of
 * both for plans of a rotation, with answers to be replaced one by one.
 */
final class RotationScene {
  private final Map<String, Deque<UnaryOperator<Object>>> replaced = new HashMap<>();
  private int wrapped = 1;

  Instant now = Fixtures.NOW;
  long nanos;
  final Map<String, Map<String, AttributeValue>> rows = new TreeMap<>();
  final Script script = new Script().otherwise(this::answer);
  final Environment env =
      new Environment(
          new Requests("vault", Duration.ofMinutes(1)),
          new KmsKeys(KmsConfig.of(Fixtures.KEY_ARN), () -> 0),
          () -> now,
          () -> nanos,
          new SecureRandom(),
          Duration.ofMinutes(1),
          VaultPolicies.defaults());
  final KeyAccess access = access();
  final RotateKeys rotate = new RotateKeys(env, access);

  /** With KEYS of the first generation, written at the scene's time. */
  RotationScene() {
    keys(1, 0);
  }

  /** Puts a KEYS item of some generation, with all older ones, under these feature bits. */
  void keys(int generation, int features) {
    List<KeysCodec.Generation> generations = new ArrayList<>();
    for (int older = 1; older < generation; older++) {
      generations.add(
          new KeysCodec.Generation(
              older, Fixtures.NOW.minusSeconds(generation - older), Fixtures.filled(older)));
    }
    generations.add(new KeysCodec.Generation(generation, now, null));
    SealContext context =
        SealContext.of(
            Fixtures.TABLE_ID,
            Fixtures.USER.value(),
            SealContext.Kind.KEYS,
            generation,
            generation);
    Item item =
        Sealer.seal(
                Key.copyOf(Fixtures.filled(generation)),
                withFeatures(context, features),
                env.randomBytes(32),
                KeysCodec.encode(
                    new KeysCodec.Decoded(Fixtures.filled(102), Fixtures.filled(103), generations)),
                null)
            .into(Item.at(ItemKey.keys(Fixtures.USER)).number(Item.VERSION, generation))
            .bytes(Item.WRAPPED, new byte[] {(byte) generation})
            .text(Item.KEY_ARN, Fixtures.KEY_ARN)
            .number(Item.SHARD, 7);
    wrapped = generation;
    put(item);
  }

  /** Opens what stands in KEYS. */
  UserKeys open() {
    return new Script().otherwise(this::answer).run(access.fresh(Fixtures.USER, Plan::done));
  }

  /** Adds a credential under the active generation; its sort key. */
  String credential(String website) {
    return credential(open(), website, 0);
  }

  String credential(UserKeys keys, String website, int features) {
    CredentialContent content =
        CredentialContent.builder().website(website).password(Secret.of("s3cret")).build();
    CredentialSealer sealer = new CredentialSealer(env);
    Audit audit = Audit.created(now, Actor.user(Fixtures.USER));
    CredentialId id = sealer.newId(keys, content, audit);
    Item item =
        sealer
            .seal(
                keys,
                id,
                new CredentialSealer.Next(content, audit, 1, List.of(new byte[8]), Lifecycle.NEW),
                DueRow.NONE)
            .item();
    put(item);
    if (features != 0) {
      byte[] header = Objects.requireNonNull(item.bytes(Item.HEADER));
      header[1] = (byte) features;
      set(item.key().sk(), "h", AttributeValue.fromB(SdkBytes.fromByteArray(header)));
    }
    return item.key().sk();
  }

  /** Puts a profile under the active generation. */
  void profile() {
    profile(open());
  }

  void profile(UserKeys keys) {
    put(
        ProfileRow.seal(
                env,
                keys,
                new TableKeys(
                    new TableIdentity(Fixtures.TABLE_ID, 16), Key.copyOf(Fixtures.filled(104))),
                new UserProfile(null, "ana@example.com", null),
                Audit.created(now, Actor.user(Fixtures.USER)),
                1,
                List.of())
            .item());
  }

  RotationReport run() {
    return run(JobOptions.unpaced());
  }

  RotationReport run(JobOptions options) {
    return run(Instant.MAX, options);
  }

  RotationReport run(Instant activatedBefore, JobOptions options) {
    return script.run(rotate.plan(Fixtures.USER, activatedBefore, new Job(options, () -> nanos)));
  }

  RotationReport status() {
    return script.run(rotate.status(Fixtures.USER));
  }

  /** The next call of an operation is answered by this, given the request; it may throw nothing. */
  void next(String operation, UnaryOperator<Object> answer) {
    replaced.computeIfAbsent(operation, name -> new ArrayDeque<>()).add(answer);
  }

  /** What the table answers. */
  Object answer(String operation, Object request) {
    Deque<UnaryOperator<Object>> mine = replaced.getOrDefault(operation, new ArrayDeque<>());
    UnaryOperator<Object> answer = mine.poll();
    return answer == null ? answered(operation, request) : answer.apply(request);
  }

  Object answered(String operation, Object request) {
    return switch (operation) {
      case "GetItem" -> {
        String sk = sortKey(((GetItemRequest) request).key());
        yield GetItemResponse.builder().item(sk.equals("ROOT") ? root() : rows.get(sk)).build();
      }
      case "Query" -> query((QueryRequest) request);
      case "PutItem" -> {
        PutItemRequest put = (PutItemRequest) request;
        Map<String, AttributeValue> old = rows.get(sortKey(put.item()));
        if (!holds(old, put.expressionAttributeNames(), put.expressionAttributeValues())) {
          yield refused(old, 1);
        }
        rows.put(sortKey(put.item()), put.item());
        yield PutItemResponse.builder().build();
      }
      case "TransactWriteItems" -> {
        // Nobody else writes: what is put on a condition finds what was read.
        for (TransactWriteItem write : ((TransactWriteItemsRequest) request).transactItems()) {
          Put put = Objects.requireNonNull(write.put(), "only rows that are put");
          Map<String, AttributeValue> old = rows.get(sortKey(put.item()));
          if (put.hasExpressionAttributeValues()
              ? !holds(old, put.expressionAttributeNames(), put.expressionAttributeValues())
              : old != null) {
            throw new IllegalStateException("would be cancelled");
          }
          rows.put(sortKey(put.item()), put.item());
        }
        yield TransactWriteItemsResponse.builder().build();
      }
      case "UpdateItem" -> {
        UpdateItemRequest update = (UpdateItemRequest) request;
        String sk = sortKey(update.key());
        if (!holds(
            rows.get(sk),
            Map.of("#a", update.expressionAttributeNames().get("#a")),
            update.expressionAttributeValues())) {
          yield refused(rows.get(sk), 1);
        }
        for (String name : List.of("h", "m", "s")) {
          AttributeValue value = update.expressionAttributeValues().get(":set_" + name);
          if (value != null) {
            set(sk, name, value);
          }
        }
        yield UpdateItemResponse.builder().build();
      }
      case "Decrypt" ->
          DecryptResponse.builder()
              .plaintext(
                  SdkBytes.fromByteArray(
                      Fixtures.filled(
                          ((DecryptRequest) request).ciphertextBlob().asByteArray()[0])))
              .build();
      case "GenerateDataKey" -> {
        wrapped++;
        yield GenerateDataKeyResponse.builder()
            .keyId(Fixtures.KEY_ARN)
            .plaintext(SdkBytes.fromByteArray(Fixtures.filled(wrapped)))
            .ciphertextBlob(SdkBytes.fromByteArray(new byte[] {(byte) wrapped}))
            .build();
      }
      default -> throw new IllegalArgumentException(operation);
    };
  }

  /** A refusal, with what stands there. */
  static RuntimeException refused(@Nullable Map<String, AttributeValue> old, int attempts) {
    return ConditionalCheckFailedException.builder().item(old).numAttempts(attempts).build();
  }

  void set(String sk, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new HashMap<>(row(sk));
    changed.put(name, value);
    rows.put(sk, changed);
  }

  Map<String, AttributeValue> row(String sk) {
    return Objects.requireNonNull(rows.get(sk), sk);
  }

  AttributeValue value(String sk, String name) {
    return Objects.requireNonNull(row(sk).get(name), name);
  }

  byte[] bytes(String sk, String name) {
    return value(sk, name).b().asByteArray();
  }

  int generation(String sk) {
    return header(sk).generation();
  }

  Header header(String sk) {
    try {
      return Header.decode(bytes(sk, "h"));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private void put(Item item) {
    rows.put(item.key().sk(), env.requests().put(item, Condition.absent()).item());
  }

  private Object query(QueryRequest query) {
    return QueryResponse.builder()
        .items(
            rows.entrySet().stream()
                .filter(
                    row ->
                        query.exclusiveStartKey().isEmpty()
                            || row.getKey().compareTo(sortKey(query.exclusiveStartKey())) > 0)
                .map(Map.Entry::getValue)
                .toList())
        .build();
  }

  private static boolean holds(
      @Nullable Map<String, AttributeValue> item,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    return item != null
        && names.entrySet().stream()
            // The key is there; another attribute without a value must not be.
            .filter(name -> !name.getValue().equals("pk"))
            .allMatch(
                name ->
                    Objects.equals(
                        values.get(name.getKey().replace('#', ':')), item.get(name.getValue())));
  }

  private static String sortKey(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get("sk")).s();
  }

  private static Map<String, AttributeValue> root() {
    return Map.of(
        "pk", AttributeValue.fromS("TABLE"),
        "sk", AttributeValue.fromS("ROOT"),
        "t", AttributeValue.fromB(SdkBytes.fromByteArray(Fixtures.TABLE_ID)),
        "c", AttributeValue.fromN("16"));
  }

  private KeyAccess access() {
    Table table = new Table(env, null);
    new Script().otherwise(this::answer).run(table.identity());
    return new KeyAccess(env, table);
  }

  private static SealContext withFeatures(SealContext context, int features) {
    return new SealContext(
        features,
        context.tableId(),
        context.owner(),
        context.kind(),
        context.rand(),
        context.state(),
        context.version(),
        context.generation(),
        context.operationId(),
        context.earlier());
  }
}
