package io.ezypass.testkit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.Clones;
import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.Website;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Two processes that were restored from one snapshot and whose randomness nobody renewed: every
 * random byte of the one is one of the other. Nothing may repeat but what is the same altogether.
 */
class ClonesTest {
  private static final UserId ALICE = UserId.of("alice");
  private static final long SEED = 4711;

  private final EzyPassLocal local = EzyPassLocal.start();
  private final EzyPass one = restored();
  private final EzyPass other = restored();

  ClonesTest() {
    local.repository().register(NewUser.withId(ALICE));
    local.resetCounts();
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    local.close();
  }

  @Test
  void anAddOfAnotherContentHasAnotherIdAndNothingIsLost() {
    Credential mine = vault(one).add(content("github.com", "mine"));
    Credential theirs = vault(other).add(content("github.com", "theirs"));

    assertThat(mine.id()).isNotEqualTo(theirs.id());
    assertThat(local.calls().count("PutItem")).as("neither met the other").isEqualTo(2);
    assertThat(logins()).containsExactlyInAnyOrder("mine", "theirs");
    assertThat(distinct("h")).hasSize(2);
    assertThat(distinct("m")).hasSize(2);
    assertThat(distinct("s")).as("of equal passwords").hasSize(2);
  }

  /** With a rand that repeats, the other's credential, changed since, would pass for this one. */
  @Test
  void anAddIsNotTakenForTheOtherOnesAfterALostRequest() {
    Credential mine = vault(one).add(content("github.com", "mine"));
    vault(one).update(mine.id(), mine.version(), content("github.com", "mine, changed"));
    local.faults().once(Fault.LOST_REQUEST, "PutItem");

    Credential theirs = vault(other).add(content("github.com", "theirs"));
    assertThat(logins()).containsExactlyInAnyOrder("mine, changed", "theirs");
    try (Credential stored = vault(one).get(theirs.id())) {
      assertThat(stored.content().meta().login()).isEqualTo("theirs");
    }
  }

  @Test
  void aPendingAddIsNotResolvedByTheOtherOnes() {
    Credential mine = vault(one).add(content("github.com", "mine"));
    vault(one).update(mine.id(), mine.version(), content("github.com", "mine, changed"));
    local.faults().wholeCall(Fault.LOST_REQUEST, "PutItem");

    assertThatThrownBy(() -> vault(other).add(content("github.com", "theirs")))
        .isInstanceOfSatisfying(
            WriteOutcomeUnknownException.class,
            e ->
                assertThat(other.repository().resolve(e.pending()))
                    .isEqualTo(WriteOutcome.NOT_APPLIED));
    assertThat(logins()).containsExactly("mine, changed");
  }

  @Test
  void theSameAddRepeatsItselfAndBothAreKept() {
    Credential mine = vault(one).add(content("github.com", "same"));
    Credential theirs = vault(other).add(content("github.com", "same"));

    List<TableWrite> writes = puts();
    assertThat(writes).hasSize(3);
    assertThat(writes.get(1)).as("byte for byte, and refused").isEqualTo(writes.get(0));
    assertThat(writes.get(2)).isNotEqualTo(writes.get(0));
    assertThat(mine.id()).isNotEqualTo(theirs.id());
    assertThat(logins()).containsExactly("same", "same");
  }

  @Test
  void anUpdateOfOneVersionHasOneWinner() {
    Credential shared = local.repository().vault(ALICE).add(content("github.com", "first"));
    vault(one).update(shared.id(), 1, content("github.com", "mine"));

    assertThatThrownBy(() -> vault(other).update(shared.id(), 1, content("github.com", "theirs")))
        .isInstanceOf(VersionConflictException.class);
    assertThat(logins()).containsExactly("mine");
  }

  @Test
  void transactionsOfOtherContentsHaveOtherTokens() {
    Credential first = local.repository().vault(ALICE).add(content("a.example", "first"));
    Credential second = local.repository().vault(ALICE).add(content("b.example", "second"));
    local.resetCounts();

    vault(one).update(first.id(), 1, content("c.example", "mine"));
    vault(other).update(second.id(), 1, content("d.example", "theirs"));
    assertThat(tokens()).hasSize(2);
    assertThat(logins()).containsExactlyInAnyOrder("mine", "theirs");

    local.resetCounts();
    vault(one).delete(first.id(), 2);
    vault(other).delete(second.id(), 2);
    assertThat(tokens()).as("of deletions, which seal nothing").hasSize(2);
    assertThat(logins()).isEmpty();
  }

  @Test
  void usersHaveKeysOfTheirOwn() {
    one.repository().register(NewUser.withId(UserId.of("bob")).email("bob@example.com"));
    other.repository().register(NewUser.withId(UserId.of("carol")).email("carol@example.com"));
    assertThat(tokens()).hasSize(2);
    assertThat(local.repository().findUserBy(UserKey.email("carol@example.com"))).isPresent();

    Website website = Website.of("github.com");
    Set<String> tags = new HashSet<>();
    for (String user : List.of("bob", "carol")) {
      tags.add(
          local
              .repository()
              .vault(UserId.of(user))
              .add(content(website.value(), "login"))
              .id()
              .value()
              .substring(0, 12));
    }
    assertThat(tags).as("one website under two index keys").hasSize(2);
  }

  private EzyPass restored() {
    return local.open(builder -> Clones.of(SEED, builder));
  }

  private static Vault vault(EzyPass process) {
    return process.repository().vault(ALICE);
  }

  private static CredentialContent content(String website, String login) {
    return CredentialContent.builder()
        .website(website)
        .login(login)
        .password(Secret.of("correct horse"))
        .build();
  }

  private List<String> logins() {
    return local.repository().vault(ALICE).open().stream()
        .map(summary -> String.valueOf(summary.meta().login()))
        .toList();
  }

  private Set<AttributeValue> distinct(String attribute) {
    Set<AttributeValue> values = new HashSet<>();
    for (TableWrite write : puts()) {
      values.add(Objects.requireNonNull(write.item().get(attribute)));
    }
    return values;
  }

  private record TableWrite(Map<String, AttributeValue> item) {}

  private List<TableWrite> puts() {
    return local.calls().requests().stream()
        .filter(PutItemRequest.class::isInstance)
        .map(PutItemRequest.class::cast)
        .map(request -> new TableWrite(request.item()))
        .toList();
  }

  private Set<String> tokens() {
    Set<String> tokens = new HashSet<>();
    local.calls().requests().stream()
        .filter(TransactWriteItemsRequest.class::isInstance)
        .map(TransactWriteItemsRequest.class::cast)
        .forEach(request -> tokens.add(request.clientRequestToken()));
    return tokens;
  }
}
