package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.EzyPass;
import io.ezypass.PasswordGenerator;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.EzyPassLocal;
import java.lang.reflect.Field;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** What was wrong with the system that the library grew from, each defect by its name. */
class OriginDefectsTest {
  private final EzyPassLocal local = EzyPassLocal.start();
  private final VaultRepository vaults = local.repository();

  @AfterEach
  void tearDown() {
    local.close();
  }

  @Test
  void theSameLoginAndSiteOfTwoUsersDoNotOverwriteEachOther() {
    Vault alice = vaults.vault(register("alice").id());
    Vault bob = vaults.vault(register("bob").id());

    Credential alices = alice.add(content("github.com", "shared@example.com", "alice's"));
    Credential bobs = bob.add(content("github.com", "shared@example.com", "bob's"));

    assertThat(alice.get(alices.id()).content().password()).isEqualTo(Secret.of("alice's"));
    assertThat(bob.get(bobs.id()).content().password()).isEqualTo(Secret.of("bob's"));
    bob.delete(bobs.id(), 1);
    assertThat(alice.open()).hasSize(1);
  }

  @Test
  void twoLoginsOnOneSiteAreTwoCredentialsAndSoIsTheSameLoginTwice() {
    Vault vault = vaults.vault(register("alice").id());
    Credential work = vault.add(content("github.com", "work", "one"));
    Credential home = vault.add(content("github.com", "home", "two"));
    Credential again = vault.add(content("github.com", "home", "three"));

    assertThat(Set.of(work.id(), home.id(), again.id())).hasSize(3);
    assertThat(vault.findByWebsite(Website.of("https://www.github.com/login"), WebsiteMatch.EXACT))
        .extracting(CredentialSummary::login)
        .containsExactlyInAnyOrder("work", "home", "home");
    assertThat(
            Stream.of(work, home, again).map(c -> vault.get(c.id()).content().password()).toList())
        .isEqualTo(Stream.of("one", "two", "three").map(Secret::of).toList());
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void nothingPastOneMegabyteIsDropped(Api api) {
    UserId alice = register("alice").id();
    Vault vault = api.of(local.ezypass()).vault(alice);
    Secret notes = Secret.of("n".repeat(90_000));
    Set<CredentialId> ids = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      ids.add(
          vault
              .add(content("example.com", "login " + i, "p").toBuilder().notes(notes).build())
              .id());
    }
    local.resetCounts();

    assertThat(vault.open()).extracting(CredentialSummary::id).hasSize(30).containsAll(ids);
    assertThat(local.calls().count("Query")).as("over two megabytes").isEqualTo(3);
    assertThat(vault.summaries().map(CredentialSummary::id)).hasSize(30).containsAll(ids);
    assertThat(vault.credentials().filter(c -> notes.equals(c.content().notes())).count())
        .isEqualTo(30);
    assertThat(vault.findByWebsite(Website.of("example.com"), WebsiteMatch.EXACT)).hasSize(30);
    assertThat(paged(vault)).hasSize(30).containsAll(ids);
    try (EzyPass cold = local.open(b -> b)) {
      assertThat(api.of(cold).vault(alice).open()).hasSize(30);
    }
    vaults.deleteUser(alice);
    assertThat(local.inspector().partition("U#" + alice)).hasSize(1);
  }

  @Test
  void noWriteIsUnconditionalAndNothingScans() {
    everyKindOfWrite();

    List<SdkRequest> requests = local.calls().requests();
    assertThat(requests).noneMatch(ScanRequest.class::isInstance);
    List<SdkRequest> writes =
        requests.stream()
            .filter(
                request ->
                    request instanceof PutItemRequest
                        || request instanceof DeleteItemRequest
                        || request instanceof TransactWriteItemsRequest)
            .toList();
    assertThat(writes).hasSizeGreaterThan(10).allMatch(OriginDefectsTest::isConditional);
    assertThat(local.calls().counts().keySet())
        .isSubsetOf(
            "GetItem", "BatchGetItem", "Query", "PutItem", "DeleteItem", "TransactWriteItems");
  }

  @Test
  void aWriteForAVersionThatIsNotThereAnyMoreIsRefused() {
    Vault vault = vaults.vault(register("alice").id());
    Credential mine = vault.add(content("github.com", "login", "mine"));
    vault.update(mine.id(), 1, content("github.com", "login", "theirs"));

    for (Runnable stale :
        List.<Runnable>of(
            () -> vault.update(mine.id(), 1, content("github.com", "login", "x")),
            () -> vault.update(mine.id(), 1, content("gitlab.com", "login", "x")),
            () -> vault.delete(mine.id(), 1))) {
      VersionConflictException conflict =
          catchThrowableOfType(VersionConflictException.class, stale::run);
      assertThat(conflict.seen()).isEqualTo(1);
      assertThat(conflict.stored()).isEqualTo(2);
    }
    assertThat(vault.get(mine.id()).content().password()).isEqualTo(Secret.of("theirs"));
  }

  @Test
  void nothingButIdsNumbersAndCiphertextIsStored() {
    VaultUser user = everyKindOfWrite();
    Set<String> binary = Set.of("h", "m", "s", "w", "t", "a", "e", "n");
    Set<String> numbers = Set.of("v", "ttl", "c", "d", "x", "z");

    for (Map<String, AttributeValue> item : local.inspector().items()) {
      item.forEach(
          (name, value) -> {
            if (binary.contains(name)) {
              assertThat(value.b()).as(name).isNotNull();
            } else if (numbers.contains(name)) {
              assertThat(value.n()).as(name).isNotNull();
            } else {
              assertThat(name).isIn("pk", "sk", "k", "u", "f");
              assertThat(value.s()).as(name).isNotNull().doesNotContain("@", "github", "Alice");
            }
          });
    }
    assertThat(
            local
                .inspector()
                .findPlaintext(
                    List.of(
                        "alice@example.com",
                        "new@example.com",
                        "Alice Example",
                        "github.com",
                        "gitlab.com",
                        "the login",
                        "the password")))
        .isEmpty();
    assertThat(local.inspector().items())
        .extracting(item -> item.get("pk").s())
        .contains("U#" + user.id());
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void openingFiveHundredCredentialsTakesOneKmsCallAndAgainNone(Api api) {
    UserId alice = register("alice").id();
    Vault vault = vaults.vault(alice);
    IntStream.range(0, 500).forEach(i -> vault.add(content("site" + i + ".example", "l", "p")));
    try (EzyPass cold = local.open(b -> b)) {
      local.resetCounts();

      assertThat(api.of(cold).vault(alice).open()).hasSize(500);
      assertThat(local.kms().callCount()).isEqualTo(1);

      assertThat(api.of(cold).vault(alice).open()).hasSize(500);
      assertThat(api.of(cold).vault(alice).credentials().count()).isEqualTo(500);
      assertThat(local.kms().callCount()).isEqualTo(1);
    }
  }

  @Test
  void theGeneratorIsACryptographicallySecureOne() throws IllegalAccessException {
    List<Object> sources = new ArrayList<>();
    for (Field field : PasswordGenerator.class.getDeclaredFields()) {
      if (Random.class.isAssignableFrom(field.getType())) {
        field.setAccessible(true);
        sources.add(field.get(PasswordGenerator.standard()));
      }
    }
    assertThat(sources).hasSize(1).hasOnlyElementsOfType(SecureRandom.class);

    Set<String> generated = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      try (Secret password = PasswordGenerator.standard().generate()) {
        generated.add(password.use(String::valueOf));
      }
    }
    assertThat(generated).hasSize(1_000);
  }

  private VaultUser everyKindOfWrite() {
    VaultUser user =
        vaults.register(
            NewUser.withEmail("alice@example.com").username("alice").displayName("Alice Example"));
    vaults.updateUser(user.id(), 1, new UserProfile("alice", "alice@example.com", "Alice"));
    vaults.updateUser(user.id(), 2, new UserProfile("alice", "new@example.com", "Alice"));
    Vault vault = vaults.vault(user.id());
    CredentialId first = vault.add(content("github.com", "the login", "the password")).id();
    CredentialId second = vault.add(content("github.com", "the login", "the password")).id();
    CredentialId third = vault.add(content("github.com", "the login", "the password")).id();
    vault.update(first, 1, content("github.com", "the login", "the password"));
    vault.update(first, 2, content("gitlab.com", "the login", "the password"));
    vault.update(second, 1, content("gitlab.com", "the login", "the password"));
    vault.update(second, 2, content("example.com", "the login", "the password"));
    vault.update(second, 3, content("github.com", "the login", "the password"));
    vault.edit(third, content -> content.toBuilder().website("gitlab.com").build());
    vault.delete(second, 4);
    vault.delete(third, 2);
    UserId bob = register("bob").id();
    vaults.vault(bob).add(content("github.com", "the login", "the password"));
    vaults.deleteUser(bob);
    return user;
  }

  private static boolean isConditional(SdkRequest request) {
    if (request instanceof PutItemRequest put) {
      return put.conditionExpression() != null;
    }
    if (request instanceof DeleteItemRequest delete) {
      return delete.conditionExpression() != null;
    }
    // A transaction is all or nothing: one condition guards the whole of it.
    return ((TransactWriteItemsRequest) request)
        .transactItems().stream().anyMatch(OriginDefectsTest::isConditionalAction);
  }

  private static boolean isConditionalAction(TransactWriteItem action) {
    return Arrays.asList(
            action.put() == null ? null : action.put().conditionExpression(),
            action.delete() == null ? null : action.delete().conditionExpression(),
            action.update() == null ? null : action.update().conditionExpression(),
            action.conditionCheck() == null ? null : action.conditionCheck().conditionExpression())
        .stream()
        .anyMatch(condition -> condition != null);
  }

  private static List<CredentialId> paged(Vault vault) {
    List<CredentialId> ids = new ArrayList<>();
    Page<CredentialSummary> page = vault.list(PageRequest.first(25));
    page.items().forEach(summary -> ids.add(summary.id()));
    while (!page.isLast()) {
      page = vault.list(PageRequest.after(page.next(), 25));
      page.items().forEach(summary -> ids.add(summary.id()));
    }
    return ids;
  }

  private VaultUser register(String name) {
    return vaults.register(NewUser.withUsername(name));
  }

  private static CredentialContent content(String website, String login, String password) {
    return CredentialContent.builder()
        .website(website)
        .login(login)
        .password(Secret.of(password))
        .build();
  }
}
