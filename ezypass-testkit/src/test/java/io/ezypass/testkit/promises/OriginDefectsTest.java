package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.PasswordGenerator;
import io.ezypass.Vault;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.kms.KmsAction;
import java.lang.reflect.Field;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * The defects of the system that the library grew from, one test each: its table had the login as
 * partition key and the website as sort key.
 */
class OriginDefectsTest {
  private static final UserId ALICE = UserId.of("alice");
  private static final UserId BOB = UserId.of("bob");

  private final EzyPassLocal local = EzyPassLocal.start();
  private final Vault alices = local.repository().vault(ALICE);
  private final Vault bobs = local.repository().vault(BOB);

  @BeforeEach
  void register() {
    local.repository().register(NewUser.withId(ALICE));
    local.repository().register(NewUser.withId(BOB));
  }

  @AfterEach
  void tearDown() {
    local.close();
  }

  @Test
  void twoUsersWithTheSameLoginAndSiteDoNotOverwriteEachOther() {
    Credential hers = alices.add(content("shared@example.com", "hers"));
    Credential his = bobs.add(content("shared@example.com", "his"));
    bobs.update(his.id(), 1, content("shared@example.com", "his new one"));
    assertThat(alices.get(hers.id()).content().password()).isEqualTo(Secret.of("hers"));
    assertThat(bobs.get(his.id()).content().password()).isEqualTo(Secret.of("his new one"));
  }

  @Test
  void twoLoginsOnOneSiteCanDiffer() {
    Credential work = alices.add(content("work@example.com", "one"));
    Credential home = alices.add(content("home@example.com", "two"));
    assertThat(alices.open()).hasSize(2);
    assertThat(alices.get(work.id()).content().password()).isEqualTo(Secret.of("one"));
    assertThat(alices.get(home.id()).content().password()).isEqualTo(Secret.of("two"));
  }

  @Test
  void listDropsNothingPastOneMegabyte() {
    for (int i = 0; i < 24; i++) {
      alices.add(
          CredentialContent.builder()
              .website("site-" + i + ".example")
              .notes(Secret.of("n".repeat(60_000)))
              .build());
    }
    local.resetCounts();
    assertThat(alices.open()).hasSize(24);
    assertThat(local.calls().count("Query")).isGreaterThan(1);
    assertThat(alices.summaries()).hasSize(24);
    assertThat(alices.credentials()).hasSize(24);
  }

  @Test
  void noWriteIsUnconditional() {
    local.resetCounts();
    Credential credential = alices.add(content("login", "one"));
    alices.update(credential.id(), 1, content("login", "two"));
    alices.edit(credential.id(), c -> c.toBuilder().website("example.org").build());
    alices.delete(credential.id(), 3);
    Credential other = alices.add(content("login", "one"));
    alices.delete(other.id(), 1);
    local.repository().register(NewUser.withEmail("carol@example.com"));
    List<String> conditions = new ArrayList<>();
    local.calls().requests().forEach(request -> conditions.addAll(conditions(request)));
    assertThat(conditions).hasSizeGreaterThan(10).allMatch(condition -> condition != null);
  }

  @Test
  void aStaleUpdateOrDeleteIsRefused() {
    Credential credential = alices.add(content("login", "one"));
    alices.update(credential.id(), 1, content("login", "two"));
    assertThatThrownBy(() -> alices.update(credential.id(), 1, content("login", "three")))
        .isInstanceOf(VersionConflictException.class);
    assertThatThrownBy(() -> alices.delete(credential.id(), 1))
        .isInstanceOf(VersionConflictException.class);
    assertThat(alices.get(credential.id()).content().password()).isEqualTo(Secret.of("two"));
  }

  @Test
  void moreThanThePasswordIsEncrypted() {
    alices.add(content("login-canary@example.com", "password-canary"));
    assertThat(
            local
                .inspector()
                .findPlaintext(
                    List.of("login-canary", "password-canary", "github", "example.com")))
        .isEmpty();
  }

  @Test
  void anItemDoesNotCostAKmsCall() {
    alices.open();
    local.resetCounts();
    for (int i = 0; i < 20; i++) {
      alices.get(alices.add(content("login-" + i, "password")).id());
    }
    assertThat(local.kms().callCount(KmsAction.DECRYPT)).isZero();
    assertThat(local.kms().callCount()).isZero();
  }

  @Test
  void theGeneratorDrawsFromASecureRandom() {
    assertThat(Arrays.stream(PasswordGenerator.class.getDeclaredFields()).map(Field::getType))
        .anyMatch(SecureRandom.class::isAssignableFrom);
    assertThat(PasswordGenerator.standard().generate())
        .isNotEqualTo(PasswordGenerator.standard().generate());
  }

  /** The condition of each write in a request; null stands for none. */
  private static List<String> conditions(SdkRequest request) {
    List<String> conditions = new ArrayList<>();
    if (request instanceof PutItemRequest put) {
      conditions.add(put.conditionExpression());
    } else if (request instanceof DeleteItemRequest delete) {
      conditions.add(delete.conditionExpression());
    } else if (request instanceof TransactWriteItemsRequest transaction) {
      transaction.transactItems().forEach(item -> conditions.add(condition(item)));
    }
    return conditions;
  }

  private static String condition(TransactWriteItem item) {
    if (item.put() != null) {
      return item.put().conditionExpression();
    }
    return item.delete() == null
        ? item.update().conditionExpression()
        : item.delete().conditionExpression();
  }

  private static CredentialContent content(String login, String password) {
    return CredentialContent.builder()
        .website("github.com")
        .login(login)
        .password(Secret.of(password))
        .build();
  }
}
