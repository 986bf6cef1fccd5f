package io.ezypass.internal.op;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchOptions;
import io.ezypass.BatchResult;
import io.ezypass.internal.table.Requests;
import io.ezypass.model.Actor;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.Secret;
import io.ezypass.model.VaultPolicies;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** One user's partition in a map that carries transactions out, for plans of batches. */
final class BatchScene {
  static final BatchId ID = BatchId.of("import");
  static final Actor ACTOR = Actor.user(Fixtures.USER);

  private final Deque<Function<TransactWriteItemsRequest, Object>> replaced = new ArrayDeque<>();

  Instant now = Fixtures.NOW;
  long nanos;
  final Map<String, Map<String, AttributeValue>> rows = new TreeMap<>();
  final List<TransactWriteItemsRequest> transactions = new ArrayList<>();
  final UserKeys keys = Fixtures.userKeys();
  final Script script = new Script().otherwise(this::answer).cached(keys);
  final Environment env =
      new Environment(
          new Requests("vault", Duration.ofMinutes(1)),
          new KmsKeys(KmsConfig.of(Fixtures.KEY_ARN), () -> 0),
          () -> now,
          () -> nanos,
          new SecureRandom(),
          Duration.ofMinutes(1),
          VaultPolicies.defaults());
  private final KeyAccess access = new KeyAccess(env, new Table(env, null));

  BatchResult add(List<CredentialContent> contents, BatchOptions options) {
    return script.run(
        new AddCredentials(env, access).plan(Fixtures.USER, ID, contents, options, ACTOR));
  }

  BatchResult add(List<CredentialContent> contents) {
    return add(contents, BatchOptions.standard());
  }

  BatchResult delete(BatchId id, List<CredentialVersion> items) {
    return script.run(
        new DeleteCredentials(env, access)
            .plan(Fixtures.USER, id, items, BatchOptions.standard(), ACTOR));
  }

  /** Another process, which meets no fault and counts for nothing here. */
  BatchResult another(List<CredentialContent> contents, BatchOptions options) {
    return new Script()
        .otherwise(
            (operation, request) ->
                request instanceof TransactWriteItemsRequest tx
                    ? carryOut(tx)
                    : answer(operation, request))
        .cached(keys)
        .run(new AddCredentials(env, access).plan(Fixtures.USER, ID, contents, options, ACTOR));
  }

  /** The next transaction is answered by this; it throws nothing. */
  BatchScene next(Function<TransactWriteItemsRequest, Object> answer) {
    replaced.add(answer);
    return this;
  }

  /** Carried out, and no answer. */
  Object lost(TransactWriteItemsRequest tx) {
    carryOut(tx);
    return noAnswer(tx);
  }

  /** No answer, and nothing done. */
  Object noAnswer(TransactWriteItemsRequest tx) {
    return SdkClientException.builder().message("timeout").build();
  }

  /** Cancelled with that reason for one action. */
  static Object cancelled(TransactWriteItemsRequest tx, int action, String code) {
    return TransactionCanceledException.builder()
        .numAttempts(1)
        .cancellationReasons(
            IntStream.range(0, tx.transactItems().size())
                .mapToObj(i -> CancellationReason.builder().code(i == action ? code : "None"))
                .map(CancellationReason.Builder::build)
                .toList())
        .build();
  }

  static List<CredentialContent> contents(int count) {
    return IntStream.range(0, count).mapToObj(i -> content("user-" + i)).toList();
  }

  static CredentialContent content(String login) {
    return CredentialContent.builder()
        .website("example.com")
        .login(login)
        .password(Secret.of("password of " + login))
        .build();
  }

  /** With notes of that many characters. */
  static CredentialContent large(int chars) {
    CredentialContent.Builder builder = CredentialContent.builder().website("example.com");
    for (int left = chars; left > 0; left -= 100_000) {
      builder.hiddenField("field " + left, Secret.of("x".repeat(Math.min(left, 100_000))));
    }
    return builder.build();
  }

  static List<Outcome> outcomes(BatchResult result) {
    return result.items().stream().map(BatchItem::outcome).toList();
  }

  List<String> sortKeys(String prefix) {
    return rows.keySet().stream().filter(sk -> sk.startsWith(prefix)).toList();
  }

  void flip(String sk, String name, int at) {
    byte[] bytes = Objects.requireNonNull(row(sk).get(name)).b().asByteArray();
    bytes[at] ^= 1;
    set(sk, name, AttributeValue.fromB(SdkBytes.fromByteArray(bytes)));
  }

  void set(String sk, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new TreeMap<>(row(sk));
    changed.put(name, value);
    rows.put(sk, changed);
  }

  Map<String, AttributeValue> row(String sk) {
    return Objects.requireNonNull(rows.get(sk), sk);
  }

  private Object answer(String operation, Object request) {
    if (request instanceof TransactWriteItemsRequest tx) {
      transactions.add(tx);
      Function<TransactWriteItemsRequest, Object> answer = replaced.poll();
      return answer == null ? carryOut(tx) : answer.apply(tx);
    }
    if (request instanceof QueryRequest query) {
      String prefix = Objects.requireNonNull(query.expressionAttributeValues().get(":a")).s();
      return QueryResponse.builder()
          .items(sortKeys(prefix).stream().map(this::row).toList())
          .build();
    }
    if (request instanceof GetItemRequest get) {
      return GetItemResponse.builder().item(rows.get(sortKey(get.key()))).build();
    }
    if (request instanceof BatchGetItemRequest batch) {
      return BatchGetItemResponse.builder()
          .responses(
              Map.of(
                  "vault",
                  Objects.requireNonNull(batch.requestItems().get("vault")).keys().stream()
                      .map(key -> rows.get(sortKey(key)))
                      .filter(Objects::nonNull)
                      .toList()))
          .build();
    }
    throw new IllegalArgumentException(operation);
  }

  /** All or nothing. */
  Object carryOut(TransactWriteItemsRequest tx) {
    List<CancellationReason> reasons = tx.transactItems().stream().map(this::reason).toList();
    if (reasons.stream().anyMatch(reason -> !reason.code().equals("None"))) {
      return TransactionCanceledException.builder()
          .numAttempts(1)
          .cancellationReasons(reasons)
          .build();
    }
    for (TransactWriteItem action : tx.transactItems()) {
      if (action.put() != null) {
        rows.put(sortKey(action.put().item()), action.put().item());
      } else {
        rows.remove(sortKey(action.delete().key()));
      }
    }
    return TransactWriteItemsResponse.builder().build();
  }

  private CancellationReason reason(TransactWriteItem action) {
    Put put = action.put();
    Delete delete = action.delete();
    Map<String, AttributeValue> old =
        rows.get(put == null ? sortKey(delete.key()) : sortKey(put.item()));
    String expression = put == null ? delete.conditionExpression() : put.conditionExpression();
    Map<String, String> names =
        put == null ? delete.expressionAttributeNames() : put.expressionAttributeNames();
    Map<String, AttributeValue> values =
        put == null ? delete.expressionAttributeValues() : put.expressionAttributeValues();
    boolean holds = expression == null || holds(old, expression, names, values);
    return CancellationReason.builder()
        .code(holds ? "None" : "ConditionalCheckFailed")
        .item(holds ? null : old)
        .build();
  }

  /** Absent, or as each value says. */
  private static boolean holds(
      @Nullable Map<String, AttributeValue> item,
      String expression,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    if (expression.equals("attribute_not_exists(#p)")) {
      return item == null;
    }
    return item != null
        && values.entrySet().stream()
            .allMatch(
                value ->
                    value.getValue().equals(item.get(names.get(value.getKey().replace(':', '#')))));
  }

  private static String sortKey(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get("sk")).s();
  }
}
