package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.admin.Finding.Kind;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Which rows a transaction that mends a credential writes, and which it makes sure of. */
class RepairCredentialsTest {
  private final Environment env = Fixtures.environment();
  private final UserKeys keys = Fixtures.userKeys();
  private final TableKeys tableKeys =
      new TableKeys(new TableIdentity(Fixtures.TABLE_ID, 16), Key.copyOf(Fixtures.filled(9)));
  private final CredentialSealer sealer = new CredentialSealer(env);
  private final Audit audit = Audit.created(Fixtures.NOW, Actor.of("tester"));
  private final CredentialId id = sealer.newId(keys, content("a.example", 0), audit);

  @Test
  void theOldCopyAtTheOriginalPlaceIsReplacedOnlyIfBothAreAsTheyWereRead() {
    Sealed old = sealed("a.example", 1, 0);
    Sealed now = sealed("b.example", 2, 0);

    List<TransactWriteItem> actions = mended(Kind.DUPLICATE_CREDENTIAL, old, now);

    assertThat(actions).hasSize(2);
    assertThat(actions.get(0).conditionCheck().key()).isEqualTo(key(now));
    assertThat(actions.get(0).conditionCheck().expressionAttributeValues())
        .containsValue(header(now));
    assertThat(actions.get(1).put().item())
        .containsEntry("sk", text("CRED#" + id))
        .containsEntry("f", key(now).get("sk"));
    assertThat(actions.get(1).put().expressionAttributeValues()).containsValue(header(old));
  }

  @Test
  void anOldCopyElsewhereIsDeletedOnlyIfBothAreAsTheyWereRead() {
    Sealed old = sealed("b.example", 2, 0);
    Sealed now = sealed("a.example", 3, 0);

    List<TransactWriteItem> actions = mended(Kind.DUPLICATE_CREDENTIAL, now, old);

    assertThat(actions).hasSize(2);
    assertThat(actions.get(0).conditionCheck().expressionAttributeValues())
        .containsValue(header(now));
    assertThat(actions.get(1).delete().key()).isEqualTo(key(old));
    assertThat(actions.get(1).delete().expressionAttributeValues()).containsValue(header(old));
  }

  @Test
  void aMissingForwardingRowIsWrittenOnlyWhereThereIsNothing() {
    Sealed now = sealed("b.example", 2, 0);

    List<TransactWriteItem> actions = mended(Kind.FORWARDING_MISSING, now);

    assertThat(actions.get(1).put().conditionExpression()).startsWith("attribute_not_exists");
  }

  @Test
  void aWrongForwardingRowIsReplacedOnlyIfItIsAsItWasRead() {
    Sealed now = sealed("b.example", 2, 0);
    Item wrong = CredentialSealer.forwarding(keys, id, place("c.example"), 99L);

    List<TransactWriteItem> actions =
        transaction(only(Kind.FORWARDING_WRONG, List.of(raw(now.item()), raw(wrong))));

    assertThat(actions.get(1).put().expressionAttributeValues().values())
        .contains(text(place("c.example")), AttributeValue.fromN("99"));
    assertThat(actions.get(1).put().item()).doesNotContainKey("ttl");
  }

  @Test
  void ofEqualVersionsTheOneThatTheForwardingRowPointsToWins() {
    Sealed one = sealed("b.example", 2, 0);
    Sealed other = sealed("c.example", 2, 0);
    Item forwarding = CredentialSealer.forwarding(keys, id, place("c.example"), null);

    Proposal proposal =
        only(
            Kind.DUPLICATE_CREDENTIAL,
            List.of(raw(one.item()), raw(other.item()), raw(forwarding)));

    assertThat(transaction(proposal).get(1).delete().key()).isEqualTo(key(one));
  }

  @Test
  void aForgedForwardingRowDecidesNothing() {
    Sealed one = sealed("b.example", 2, 0);
    Sealed other = sealed("c.example", 2, 0);
    Item forged =
        CredentialSealer.forwarding(keys, id, place("c.example"), null)
            .bytes(Item.ROW_HMAC, new byte[32]);

    Proposal proposal =
        only(Kind.CREDENTIAL_UNDECIDED, List.of(raw(one.item()), raw(other.item()), raw(forged)));

    assertThat(proposal.mends()).isFalse();
  }

  @Test
  void besideARowThatDoesNotOpenNothingOfThatCredentialIsTouched() {
    Sealed old = sealed("a.example", 1, 0);
    Sealed now = sealed("b.example", 2, 0);
    Item broken = sealed("c.example", 3, 0).item().bytes(Item.META, new byte[64]);

    assertThat(only(Kind.ROW_UNREADABLE, List.of(raw(old.item()), raw(now.item()), raw(broken))))
        .matches(proposal -> !proposal.mends());
  }

  @Test
  void theTtlIsTheSealedExpiry() {
    Sealed now = sealed("a.example", 1, 1_000);
    long right = Fixtures.NOW.plusSeconds(1_000).getEpochSecond();
    Item wrong = now.item().number(Item.TTL, right + 1);

    List<TransactWriteItem> actions = transaction(only(Kind.EXPIRY_WRONG, List.of(raw(wrong))));

    assertThat(actions).hasSize(1);
    assertThat(actions.get(0).update().updateExpression()).isEqualTo("SET #set_ttl = :set_ttl");
    assertThat(actions.get(0).update().expressionAttributeValues().values())
        .contains(AttributeValue.fromN(Long.toString(right)), header(now));
  }

  @Test
  void aTtlOfWhatDoesNotEndIsRemoved() {
    Item wrong = sealed("a.example", 1, 0).item().number(Item.TTL, 5);

    List<TransactWriteItem> actions = transaction(only(Kind.EXPIRY_WRONG, List.of(raw(wrong))));

    assertThat(actions.get(0).update().updateExpression()).isEqualTo("REMOVE #set_ttl");
  }

  @Test
  void whatHasEndedMayLoseItsForwardingRowFirstOrLast() {
    Sealed ended = sealed("b.example", 2, -10);
    long ttl = Fixtures.NOW.minusSeconds(10).getEpochSecond();
    Item forwarding = CredentialSealer.forwarding(keys, id, place("b.example"), ttl);

    assertThat(proposals(List.of(raw(ended.item())))).isEmpty();
    assertThat(proposals(List.of(raw(forwarding)))).isEmpty();
    assertThat(proposals(List.of(raw(ended.item()), raw(forwarding)))).isEmpty();
  }

  /** As what was stored before there was a due list. */
  @Test
  void aDueDateWithoutAFeatureBitIsSealedOnceMoreInTheSameVersion() {
    LocalDate day = LocalDate.of(2031, 2, 28);
    CredentialContent due = content("a.example", 60).toBuilder().rotateBy(day).build();
    Item row =
        sealer
            .seal(
                keys,
                id,
                new CredentialSealer.Next(due, audit, 1, List.of(), Lifecycle.NEW),
                DueRow.NONE)
            .item();
    ItemKey listed =
        ItemKey.due(
            DueRow.tag(tableKeys, keys.user(), day),
            keys.user(),
            id.value().substring(ItemKey.TAG_CHARS));

    VaultRows rows = read(List.of(raw(row)));
    assertThat(RepairDue.wanted(tableKeys, keys.user(), rows.copies()))
        .containsExactly(listed, row.key());
    Proposal proposal = proposals(rows, new Beside(Map.of(row.key(), row))).get(0);
    List<TransactWriteItem> actions = transaction(proposal);

    assertThat(proposal.kind()).isEqualTo(Kind.DUE_ROW_WRONG);
    assertThat(actions).hasSize(2);
    assertThat(actions.get(1).put().item())
        .containsEntry("pk", text(listed.pk()))
        .containsKey("ttl");
    Item after = Item.copyOf(row);
    actions
        .get(0)
        .update()
        .expressionAttributeValues()
        .forEach(
            (name, value) -> {
              if (name.startsWith(":set_")) {
                after.bytes(name.substring(":set_".length()), value.b().asByteArray());
              }
            });
    CredentialRow opened = CredentialRow.openWhole(keys, after);
    assertThat(opened.header().features() & Header.DUE).isEqualTo(Header.DUE);
    assertThat(opened.version()).isEqualTo(1);
    assertThat(DueRow.key(after)).isEqualTo(listed);
    assertThat(proposals(read(List.of(raw(row))), Beside.NONE))
        .as("the row is another one by now")
        .noneMatch(Proposal::mends);
  }

  private record Sealed(Item item, byte[] header) {}

  private Sealed sealed(String website, long version, int secondsLeft) {
    CredentialSealer.SealedCredential sealed =
        sealer.seal(
            keys,
            id,
            new CredentialSealer.Next(
                content(website, secondsLeft), audit, version, List.of(), Lifecycle.NEW),
            DueRow.NONE);
    return new Sealed(sealed.item(), sealed.header().encode());
  }

  private static CredentialContent content(String website, int secondsLeft) {
    CredentialContent.Builder content = CredentialContent.builder().website(website).login("me");
    return secondsLeft == 0
        ? content.build()
        : content.expiresAt(Fixtures.NOW.plus(Duration.ofSeconds(secondsLeft))).build();
  }

  private String place(String website) {
    return CredentialRow.sortKey(
        keys.siteTag(content(website, 0).website()), id.value().substring(ItemKey.TAG_CHARS));
  }

  private List<TransactWriteItem> mended(Kind kind, Sealed... rows) {
    List<Map<String, AttributeValue>> raw = new ArrayList<>();
    for (Sealed row : rows) {
      raw.add(raw(row.item()));
    }
    return transaction(only(kind, raw));
  }

  private Proposal only(Kind kind, List<Map<String, AttributeValue>> rows) {
    List<Proposal> proposals = proposals(rows);
    assertThat(proposals).extracting(Proposal::kind).containsExactly(kind);
    return proposals.get(0);
  }

  private List<Proposal> proposals(List<Map<String, AttributeValue>> rows) {
    return proposals(read(rows), Beside.NONE);
  }

  private VaultRows read(List<Map<String, AttributeValue>> rows) {
    Script script = new Script().answer(QueryResponse.builder().items(rows).build());
    return script.run(VaultRows.read(env, new Reads(env), keys));
  }

  private List<Proposal> proposals(VaultRows rows, Beside beside) {
    RepairDue due = new RepairDue(tableKeys, keys, beside);
    RepairGrants grants = new RepairGrants(tableKeys, keys, Fixtures.NOW, rows, beside);
    return new RepairCredentials(keys, Fixtures.NOW, due, grants).proposals(rows);
  }

  private List<TransactWriteItem> transaction(Proposal proposal) {
    return proposal.into(env.requests().transaction(env.token())).build().transactItems();
  }

  private Map<String, AttributeValue> raw(Item item) {
    return env.requests().put(item, Condition.absent()).item();
  }

  private static Map<String, AttributeValue> key(Sealed row) {
    return Map.of("pk", text(row.item().key().pk()), "sk", text(row.item().key().sk()));
  }

  private static AttributeValue header(Sealed row) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(row.header()));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
