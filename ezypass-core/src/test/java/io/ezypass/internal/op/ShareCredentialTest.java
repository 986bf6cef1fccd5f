package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.error.StorageUnavailableException;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** What sharing and revoking send, and how they go on when others were faster. */
class ShareCredentialTest {
  private static final UserId BOB = UserId.of("bob");

  private final Environment env = Fixtures.environment();
  private final Table table = new Table(env, null);
  private final KeyAccess access = new KeyAccess(env, table);
  private final UserKeys keys = Fixtures.userKeys();
  private final TableKeys tableKeys =
      new TableKeys(new TableIdentity(Fixtures.TABLE_ID, 16), Key.copyOf(Fixtures.filled(9)));
  private final Script script = new Script().cached(keys).cached(tableKeys);
  private final Map<String, AttributeValue> row = new HashMap<>();
  private final List<Map<String, AttributeValue>> grants = new ArrayList<>();
  private final CredentialId id;

  ShareCredentialTest() {
    CredentialSealer sealer = new CredentialSealer(env);
    Audit audit = Audit.created(Fixtures.NOW, Actor.user(Fixtures.USER));
    CredentialContent content = CredentialContent.builder().website("example.com").build();
    id = sealer.newId(keys, content, audit);
    CredentialSealer.Next next = CredentialSealer.Next.first(content, audit);
    row.putAll(raw(sealer.seal(keys, id, next, DueRow.NONE).item()));
    script.otherwise((operation, request) -> stored(operation));
  }

  @Test
  void theFirstGrantSealsTheRowOnceMoreAndOthersOnlyCount() {
    Header before = opened().header();

    script.run(share(BOB));

    Update first = transaction(1).transactItems().get(0).update();
    assertThat(first.conditionExpression()).contains("#h = :h", "attribute_not_exists(#x)");
    assertThat(first.expressionAttributeValues()).containsKeys(":set_h", ":set_m", ":set_s");
    apply(first);
    assertThat(row).containsEntry("x", AttributeValue.fromN("1"));
    CredentialRow after = opened();
    assertThat(after.version()).isEqualTo(1);
    assertThat(after.header().operationId()).isEqualTo(before.operationId());
    assertThat(after.header().features()).isEqualTo(Header.SHARES);
    assertThat(after.header().commitment()).isNotEqualTo(before.commitment());
    assertThat(after.mayBeShared()).isTrue();

    script.run(share(UserId.of("carl")));

    assertThat(script.sent()).containsSubsequence("GetItem", "Query", "TransactWriteItems");
    Update second = transaction(4).transactItems().get(0).update();
    assertThat(second.updateExpression()).isEqualTo("SET #set_x = :set_x");
    assertThat(second.conditionExpression()).contains("#h = :h", "#x = :x");
    apply(second);
    assertThat(row).containsEntry("x", AttributeValue.fromN("2"));
  }

  /** Sealed twice, it has the same bytes: whoever shares first, and after a rotation as well. */
  @Test
  void theSameRowIsSealedToTheSameBytes() {
    Item item = item(row);
    Sealer.Sealed one = Objects.requireNonNull(SealedRows.resealed(keys, item, Header.SHARES));
    // The JDK refuses to use one key and nonce twice in a row.
    SealedRows.resealed(keys, item, 0);
    Sealer.Sealed two = Objects.requireNonNull(SealedRows.resealed(keys, item, Header.SHARES));
    assertThat(raw(two.into(Item.copyOf(item)))).isEqualTo(raw(one.into(Item.copyOf(item))));
  }

  @Test
  void anAttemptThatLandedAfterAllIsRecognised() {
    script.otherwise(
        (operation, request) -> {
          if (!(request instanceof TransactWriteItemsRequest sent)) {
            return stored(operation);
          }
          grants.add(sent.transactItems().get(1).put().item());
          return cancelled("ConditionalCheckFailed", "None");
        });
    Grant grant = script.run(share(BOB));

    assertThat(grant).isEqualTo(new Grant(id, BOB, Fixtures.NOW, null));
    assertThat(script.notes()).containsExactly(Plan.Note.RETRY, Plan.Note.RECONCILED);
  }

  @Test
  void whoIsAlwaysOvertakenGivesUp() {
    otherwise(cancelled("ConditionalCheckFailed", "None"));
    assertThatThrownBy(() -> script.run(share(BOB)))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(script.pauses()).hasSize(8);
    otherwise(cancelled("None", "None", "ConditionalCheckFailed"));
    assertThatThrownBy(() -> script.run(revoke())).isInstanceOf(StorageUnavailableException.class);
    assertThat(script.pauses()).hasSize(16);
  }

  @Test
  void grantsThatHaveEndedMakeRoomAndGo() {
    long now = Fixtures.NOW.getEpochSecond();
    for (int i = 0; i < Grant.MOST; i++) {
      add(UserId.of("user-" + i), now);
    }
    row.put("x", AttributeValue.fromN("30"));

    script.run(share(UserId.of("user-7")));

    TransactWriteItemsRequest sent = transaction(2);
    // Row, grant, pointer, profile; both rows of each that has ended, but for the one replaced.
    assertThat(sent.transactItems()).hasSize(4 + 2 * 29);
    assertThat(sent.transactItems().get(1).put().conditionExpression()).contains("#a = :a");
    assertThat(sent.transactItems())
        .filteredOn(action -> action.delete() != null)
        .extracting(action -> action.delete().key())
        .doesNotHaveDuplicates();
  }

  @Test
  void revokingWhatIsNotThereIsASuccess() {
    otherwise(cancelled("ConditionalCheckFailed", "None", "ConditionalCheckFailed"));
    assertThat(script.run(revoke())).isTrue();
    assertThat(script.pauses()).isEmpty();
  }

  /** What is left of one whose row is gone goes all the same, after as many looks as a move. */
  @Test
  void aGrantOfNothingIsRevoked() {
    row.keySet().retainAll(List.of("pk", "sk"));
    row.put("f", AttributeValue.fromS("CRED#" + "A".repeat(12) + id.value().substring(12)));
    script.otherwise(
        (operation, request) ->
            script.sent().size() % 2 == 0 && operation.equals("GetItem")
                ? GetItemResponse.builder().build()
                : stored(operation));

    assertThat(script.run(revoke())).isTrue();

    assertThat(script.sent()).hasSize(9 * 2 + 1);
    assertThat(transaction(18).transactItems()).hasSize(2);
  }

  private Plan<Grant> share(UserId recipient) {
    return new ShareCredential(env, access)
        .plan(Fixtures.USER, id, NewGrant.to(recipient), Actor.user(Fixtures.USER));
  }

  private Plan<Boolean> revoke() {
    Item root =
        Item.at(ItemKey.root()).bytes(Item.TABLE_ID, Fixtures.TABLE_ID).number(Item.SHARDS, 16);
    new Script().answer(GetItemResponse.builder().item(raw(root)).build()).run(table.identity());
    return new RevokeGrant(env, access).plan(Fixtures.USER, id, BOB, Actor.user(Fixtures.USER));
  }

  /** Every transaction is answered so. */
  private void otherwise(TransactionCanceledException failure) {
    script.otherwise(
        (operation, request) ->
            request instanceof TransactWriteItemsRequest ? failure : stored(operation));
  }

  private Object stored(String operation) {
    return switch (operation) {
      case "GetItem" -> GetItemResponse.builder().item(row).build();
      case "Query" -> QueryResponse.builder().items(grants).build();
      default -> TransactWriteItemsResponse.builder().build();
    };
  }

  private void add(UserId recipient, long end) {
    KeySpace.Share share = new KeySpace.Share(Fixtures.USER, id, recipient);
    grants.add(raw(new GrantRow(share, 1, end, end, new byte[16]).item(keys)));
  }

  private void apply(Update update) {
    update
        .expressionAttributeValues()
        .forEach(
            (name, value) -> {
              if (name.startsWith(":set_")) {
                row.put(name.substring(":set_".length()), value);
              }
            });
  }

  private CredentialRow opened() {
    return CredentialRow.openWhole(keys, item(row));
  }

  private TransactWriteItemsRequest transaction(int index) {
    return (TransactWriteItemsRequest) script.requests().get(index);
  }

  private Map<String, AttributeValue> raw(Item item) {
    return env.requests().put(item, Condition.absent()).item();
  }

  private static Item item(Map<String, AttributeValue> attributes) {
    return Objects.requireNonNull(Item.of(attributes));
  }

  private static TransactionCanceledException cancelled(String... codes) {
    return TransactionCanceledException.builder()
        .numAttempts(1)
        .cancellationReasons(
            Arrays.stream(codes)
                .map(code -> CancellationReason.builder().code(code).build())
                .toList())
        .build();
  }
}
