package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.VaultException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.TableInspector;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Two users with credentials, one of which has moved, and somebody who may write to the table.
 * Every refusal is checked for its type, for what it says, and for having written nothing.
 */
final class HostileScene implements AutoCloseable {
  static final UserId ALICE = UserId.of("alice");
  static final UserId BOB = UserId.of("bob");

  private static final String LOGIN = "canary-login";
  private static final String PASSWORD = "canary-password";

  final EzyPassLocal local = EzyPassLocal.start();
  final TableInspector inspector = local.inspector();
  final VaultRepository vaults = local.repository();

  /** What the tampering hits. */
  final Credential github;

  /** What it does not hit. */
  final Credential example;

  /** What has moved from one website to another. */
  final Credential moved;

  final Credential bobs;

  HostileScene() {
    vaults.register(NewUser.withId(ALICE).email("alice@example.com").username("alice"));
    vaults.register(NewUser.withId(BOB).email("bob@example.com").username("bob"));
    github = vaults.vault(ALICE).add(content("github.com"));
    example = vaults.vault(ALICE).add(content("example.com"));
    Credential before = vaults.vault(ALICE).add(content("old.example"));
    moved = vaults.vault(ALICE).update(before.id(), 1, content("new.example"));
    bobs = vaults.vault(BOB).add(content("github.com"));
    local.resetCounts();
  }

  static CredentialContent content(String website) {
    return CredentialContent.builder()
        .website(website)
        .login(LOGIN)
        .password(Secret.of(PASSWORD))
        .build();
  }

  Map<String, AttributeValue> item(String pk, String sk) {
    return inspector.item(pk, sk);
  }

  /** The raw item of a credential that has not moved. */
  Map<String, AttributeValue> item(Credential credential) {
    return inspector.item("U#" + credential.owner(), "CRED#" + credential.id());
  }

  /** All that opens both parts of one of Alice's credentials. */
  Map<String, Runnable> readingSecrets(CredentialId id) {
    Vault vault = vaults.vault(ALICE);
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("get", () -> vault.get(id));
    calls.put("credentials", () -> vault.credentials().forEach(credential -> {}));
    calls.put("edit", () -> vault.edit(id, content -> content.toBuilder().title("x").build()));
    return calls;
  }

  /** All that reads one of Alice's credentials by its id. */
  Map<String, Runnable> reading(CredentialId id) {
    Vault vault = vaults.vault(ALICE);
    Map<String, Runnable> calls = readingSecrets(id);
    calls.put("update", () -> vault.update(id, 1, content("github.com")));
    calls.put("change of website", () -> vault.update(id, 1, content("gitlab.com")));
    return calls;
  }

  /** All that lists Alice's credentials, without any secret. */
  Map<String, Runnable> listing(String website) {
    Vault vault = vaults.vault(ALICE);
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("open", vault::open);
    calls.put("list", () -> vault.list(PageRequest.first(10)));
    calls.put("filter", () -> vault.filter(CredentialFilter.favourites(), PageRequest.first(10)));
    calls.put("search", () -> vault.search(SearchQuery.of("example")));
    calls.put("summaries", () -> vault.summaries().forEach(summary -> {}));
    calls.put(
        "find by website", () -> vault.findByWebsite(Website.of(website), WebsiteMatch.EXACT));
    return calls;
  }

  /** All that reads Alice's profile. */
  Map<String, Runnable> readingProfile() {
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("find user", () -> vaults.findUser(ALICE));
    calls.put("find user by e-mail", () -> vaults.findUserBy(UserKey.email("alice@example.com")));
    calls.put("find user by username", () -> vaults.findUserBy(UserKey.username("alice")));
    calls.put("update user", () -> vaults.updateUser(ALICE, 1, profile("alice@example.com")));
    calls.put("change of e-mail", () -> vaults.updateUser(ALICE, 1, profile("new@example.com")));
    return calls;
  }

  /** All that needs Alice's keys. */
  Map<String, Runnable> usingKeys() {
    Map<String, Runnable> calls = new LinkedHashMap<>(reading(github.id()));
    calls.putAll(listing("github.com"));
    calls.putAll(readingProfile());
    calls.put("add", () -> vaults.vault(ALICE).add(content("github.com")));
    return calls;
  }

  /** All that needs the table's own keys. */
  static Map<String, Function<VaultRepository, Object>> usingTableKeys() {
    Map<String, Function<VaultRepository, Object>> calls = new LinkedHashMap<>();
    calls.put("register", vaults -> vaults.register(NewUser.withUsername("carol")));
    calls.put("find user by e-mail", v -> v.findUserBy(UserKey.email("alice@example.com")));
    calls.put("list users", vaults -> vaults.listUsers(PageRequest.first(10)));
    calls.put("update user", vaults -> vaults.updateUser(ALICE, 1, profile("a@example.com")));
    return calls;
  }

  /** The encryption context that a user's vault key is wrapped with. */
  Map<String, String> kmsContext(UserId user) {
    String table = Base64.getUrlEncoder().withoutPadding().encodeToString(local.tableId().bytes());
    return Map.of(
        "ezypass:format",
        "1",
        "ezypass:table",
        table,
        "ezypass:purpose",
        "vault-key",
        "ezypass:user",
        user.value());
  }

  static UserProfile profile(String email) {
    return new UserProfile("alice", email, "Alice");
  }

  /** The claim of one kind that a user has. */
  Map<String, AttributeValue> claim(String prefix, String user) {
    return inspector.items().stream()
        .filter(item -> item.get("pk").s().startsWith(prefix))
        .filter(item -> user.equals(item.get("u").s()))
        .findFirst()
        .orElseThrow();
  }

  /** Makes calls in a process that has nothing cached, each in one of its own. */
  void refuseInNewProcess(
      String what, Map<String, Function<VaultRepository, Object>> calls, Class<?> expected) {
    calls.forEach(
        (name, call) -> {
          try (EzyPass fresh = local.open(b -> b)) {
            refuses(
                what + ", " + name,
                () -> {
                  var unused = call.apply(fresh.repository());
                },
                expected);
          }
        });
  }

  /** Expects a refusal of this type that says nothing and has written nothing. */
  void refuses(String what, Runnable call, Class<?> expected) {
    local.calls().reset();
    Throwable failure = catchThrowable(call::run);
    assertThat(failure).as(what).isExactlyInstanceOf(expected).isInstanceOf(VaultException.class);
    assertThat(failure).as(what).hasNoCause();
    assertThat(failure.getMessage()).as(what).doesNotContain("canary").doesNotContain("@");
    assertThat(local.calls().counts().keySet())
        .as(what)
        .isSubsetOf(Set.of("GetItem", "BatchGetItem", "Query", "TransactGetItems"));
    if (failure instanceof KeyUnavailableException unavailable) {
      assertThat(unavailable.reason()).isEqualTo(KeyUnavailableException.Reason.NOT_ACCEPTED);
    }
  }

  /** What was not touched is still there, with its secret. */
  void othersStayReadable(String what) {
    try (Credential untouched = vaults.vault(ALICE).get(example.id())) {
      assertThat(untouched.content().password()).as(what).isEqualTo(Secret.of(PASSWORD));
    }
  }

  @Override
  public void close() {
    local.close();
  }
}
