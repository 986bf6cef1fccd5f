package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.EzyPass;
import io.ezypass.OperationEvent;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.health.HealthOptions;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.SearchHit;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.kms.FakeKms;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsErrors;
import io.ezypass.totp.Totp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A thousand canary words in every field of every entity show up nowhere: not in the table, not in
 * a request, not in a log line of any logger at any level, not in a failure, not in a toString.
 */
class CanaryTest {
  private static final UserId ALICE = UserId.of("alice");
  private static final int CREDENTIALS = 50;

  private final LogRecorder log = new LogRecorder();
  private final List<OperationEvent> events = new CopyOnWriteArrayList<>();
  private final EzyPassLocal local = EzyPassLocal.start(b -> b.observer(events::add));
  private final Canaries canaries = new Canaries(20_260_722);
  private final List<Object> seen = new ArrayList<>();
  private final Map<String, Throwable> failures = new LinkedHashMap<>();

  @AfterEach
  void tearDown() {
    local.close();
    log.close();
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void nothingThatAUserWroteShowsInTableRequestsLogFailuresOrText(Api api) {
    VaultRepository vaults = api.of(local.ezypass()).as(new Actor(canaries.next()));
    List<Credential> stored = live(vaults);
    assertThat(local.inspector().findPlaintext(canaries.words())).isEmpty();
    fail(api, vaults, stored);

    assertThat(canaries.words()).hasSizeGreaterThanOrEqualTo(1_000).doesNotHaveDuplicates();
    assertThat(local.inspector().findPlaintext(canaries.words())).isEmpty();
    assertThat(local.inspector().items())
        .allMatch(item -> item.values().stream().noneMatch(Canaries::isIn));
    assertThat(local.calls().requests()).hasSizeGreaterThan(CREDENTIALS).noneMatch(Canaries::isIn);
    assertThat(local.kms().calls())
        .isNotEmpty()
        .noneMatch(call -> Canaries.isIn(call.request()) || Canaries.isIn(call.toString()));
    assertThat(seen.stream().filter(each -> Canaries.isIn(each.toString()))).isEmpty();
    assertThat(failures).hasSizeGreaterThan(30);
    failures.forEach(
        (what, failure) -> {
          assertThat(failure).as(what).isNotNull();
          assertThat(Canaries.isIn(failure)).as(what).isFalse();
        });
    assertThat(events).hasSizeGreaterThan(CREDENTIALS).noneMatch(e -> Canaries.isIn(e.toString()));
    assertThat(log.lines().stream().filter(Canaries::isIn)).isEmpty();
    assertThat(ours()).noneMatch(line -> line.contains("alice") || line.contains("arn:"));
    assertThat(ours()).noneMatch(line -> line.contains(FakeKms.ACCOUNT_ID));
    assertThat(events.toString()).doesNotContain("alice", "arn:", FakeKms.ACCOUNT_ID);
    assertThat(log.lines())
        .as("it did record, the library and the SDK")
        .anyMatch(line -> line.startsWith("DEBUG io.ezypass."))
        .anyMatch(line -> line.contains("software.amazon.awssdk"));
  }

  @Test
  void theSearchItselfFindsWhatIsThere() {
    String word = canaries.next();
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    assertThat(Canaries.isIn(utf8)).isTrue();
    assertThat(Canaries.isIn(HexFormat.of().formatHex(utf8))).isTrue();
    for (String before : List.of("", "x", "xy")) {
      byte[] text = (before + word).getBytes(StandardCharsets.UTF_8);
      assertThat(Canaries.isIn(Base64.getEncoder().encodeToString(text))).isTrue();
    }
    assertThat(Canaries.isIn(new RuntimeException("x", new RuntimeException(word)))).isTrue();
    Map<String, AttributeValue> item =
        Map.of(
            "pk", AttributeValue.fromS("x"),
            "sk", AttributeValue.fromS("y"),
            "m", AttributeValue.fromB(SdkBytes.fromByteArray(utf8)));
    local.dynamoDb().putItem(put -> put.tableName(local.table()).item(item));
    assertThat(local.inspector().findPlaintext(canaries.words())).hasSize(1);
    assertThat(local.calls().requests()).anyMatch(Canaries::isIn);
  }

  /** Every kind of call that takes or gives what users write. */
  private List<Credential> live(VaultRepository vaults) {
    NewUser newUser =
        NewUser.withId(ALICE)
            .email(canaries.next() + "@" + canaries.next() + ".example")
            .username(canaries.next())
            .displayName(canaries.next());
    VaultUser user = vaults.register(newUser);
    UserProfile profile =
        new UserProfile(canaries.next(), canaries.next() + "@example.com", canaries.next());
    VaultUser updated = vaults.updateUser(ALICE, 1, profile);
    UserKey email = UserKey.email(profile.email());
    saw(newUser, newUser.profile(), user, user.profile(), user.audit(), user.audit().createdBy());
    saw(updated, profile, email, vaults.findUserBy(email), vaults.findUser(ALICE));
    assertThat(vaults.findUserBy(UserKey.username(canaries.next()))).isEmpty();

    Vault vault = vaults.vault(ALICE);
    List<Credential> stored = new ArrayList<>();
    for (int i = 0; i < CREDENTIALS; i++) {
      stored.add(vault.add(content()));
      saw(stored.get(i), stored.get(i).content(), stored.get(i).summary());
    }
    stored.set(0, vault.update(stored.get(0).id(), 1, content()));
    stored.set(1, vault.edit(stored.get(1).id(), content -> content()));
    vault.delete(stored.remove(2).id(), 1);
    keep(vault, stored.get(0), stored.get(3).id());
    Credential whole = vault.get(stored.get(0).id());
    saw(whole, whole.content().meta(), whole.content().secrets(), whole.content().password());
    saw(whole.content().meta().fields(), whole.content().secrets().hiddenFields());
    saw(whole.content().website(), whole.content().toBuilder(), whole.audit());
    Page<CredentialSummary> page = vault.list(PageRequest.first(10));
    saw(page, page.next(), vault.open(), vault.summaries().toList(), vault.credentials().toList());
    saw(vault.findByWebsite(whole.content().website(), WebsiteMatch.WITH_PARENT_DOMAINS));
    String tag = whole.content().meta().tags().get(0);
    CredentialFilter filter = CredentialFilter.tagged(tag).andFavourite();
    Page<CredentialSummary> filtered = vault.filter(filter, PageRequest.first(10));
    saw(filter, filtered, vault.filter(CredentialFilter.favourites(), PageRequest.first(1)));
    SearchQuery query = SearchQuery.of(tag);
    List<SearchHit> hits = vault.search(query);
    assertThat(filtered.items()).hasSize(1);
    assertThat(hits).hasSize(1);
    saw(query, hits, whole.content().meta().fields());
    HealthOptions health = HealthOptions.reuse().withEstimator(password -> 0);
    saw(vault.health(health), vault.health(health).issues(), health);
    Totp totp =
        totp("otpauth://totp/" + canaries.next() + "?secret=MFRGG&issuer=" + canaries.next());
    saw(totp, totp.code(Instant.EPOCH), totp.code(Instant.EPOCH).code());
    saw(vault, vaults, local.ezypass(), local, local.kms(), vaults.listUsers(PageRequest.first(9)));
    return stored;
  }

  /** Revisions and the trash. */
  private void keep(Vault vault, Credential changed, CredentialId other) {
    saw(vault.history(), vault.trash(), vault.history().list(changed.id()));
    saw(vault.history().list(changed.id()).get(0), vault.history().get(changed.id(), 1));
    saw(vault.history().compare(changed.id(), 1, 2), local.inspector().render());
    vault.edit(other, content -> content());
    saw(vault.history().revert(other, 2, 1));
    vault.delete(other, 3);
    saw(vault.trash().restore(other, 4));
    vault.delete(other, 5);
    vault.trash().purge(other, 6);
    Page<TrashedCredential> trash = vault.trash().list(PageRequest.first(10));
    saw(trash, trash.items().get(0), trash.items().get(0).deletedBy());
    for (String prefix : List.of("REV#", "TRASH#")) {
      assertThat(local.inspector().partition("U#alice"))
          .anyMatch(item -> item.get("sk").s().startsWith(prefix));
    }
  }

  private void fail(Api api, VaultRepository vaults, List<Credential> stored) {
    Vault vault = vaults.vault(ALICE);
    CredentialId first = stored.get(0).id();
    CredentialId second = stored.get(2).id();
    UserProfile profile = vaults.findUser(ALICE).orElseThrow().profile();
    String word = canaries.next();
    fails("e-mail taken", () -> vaults.register(NewUser.withEmail(profile.email())));
    fails("username taken", () -> vaults.register(NewUser.withUsername(profile.username())));
    fails("id taken", () -> vaults.register(NewUser.withId(ALICE).username(word)));
    fails("stale profile", () -> vaults.updateUser(ALICE, 1, profile));
    fails("stale update", () -> vault.update(first, 1, content()));
    fails("stale delete", () -> vault.delete(first, 1));
    CredentialId trashed = vault.trash().list(PageRequest.first(1)).items().get(0).id();
    fails("no such revision", () -> vault.history().get(first, 9));
    fails("stale revert", () -> vault.history().revert(first, 1, 1));
    fails("stale restore", () -> vault.trash().restore(trashed, 1));
    fails("stale purge", () -> vault.trash().purge(trashed, 1));
    fails("trash page token", () -> vault.trash().list(PageRequest.after(PageToken.of(word), 10)));
    fails("unknown credential", () -> vault.edit(CredentialId.of("A".repeat(28)), c -> content()));
    fails("unknown user", () -> vaults.vault(UserId.of("nobody")).add(content()));
    fails("edit to nothing", () -> vault.edit(first, content -> null));
    fails("expired", () -> vault.add(content().toBuilder().expiresAt(Instant.EPOCH).build()));
    fails("too large", () -> vault.add(large()));
    fails("page token", () -> vault.list(PageRequest.after(PageToken.of(word), 10)));
    PageToken ofAll = page(vault, CredentialFilter.favourites());
    fails("page token of another filter", () -> vault.filter(tagged(word), after(ofAll)));
    fails("pending write", () -> vaults.resolve(PendingWrite.of(word)));
    refuseArguments(word);

    local.inspector().flip("U#alice", "CRED#" + second, "m", 9);
    fails("tampered item", () -> vault.get(second));
    fails("tampered vault", vault::open);
    fails("health", () -> vault.health(HealthOptions.reuse()));
    local.inspector().change("U#alice", "CRED#" + second, i -> i.put("h", i.get("m")));
    fails("unknown format", () -> vault.edit(second, content -> content()));
    local.inspector().delete("U#alice", "CRED#" + second);

    for (String operation : List.of("PutItem", "TransactWriteItems")) {
      local.faults().always(Fault.LOST_RESPONSE, operation::equals);
    }
    fails("add, outcome unknown", () -> vault.add(content()));
    fails("register, outcome unknown", () -> vaults.register(NewUser.withUsername(word)));
    fails("update user, outcome unknown", () -> vaults.updateUser(ALICE, 2, profile));
    fails("move, outcome unknown", () -> vault.update(first, 2, content()));
    fails("trash, outcome unknown", () -> vault.delete(first, 3));
    fails("restore, outcome unknown", () -> vault.trash().restore(trashed, 2));
    local.faults().clear();
    local.faults().always(Fault.THROTTLED, operation -> true);
    fails("throttled read", () -> vault.get(first));
    fails("throttled search", () -> vault.findByWebsite(Website.of(word), WebsiteMatch.EXACT));
    fails("throttled filter", () -> vault.filter(tagged(word), PageRequest.first(1)));
    fails("throttled text search", () -> vault.search(SearchQuery.of(word)));
    fails("throttled write", () -> vault.add(content()));
    local.faults().clear();
    local.faults().always(Fault.TRANSACTION_CONFLICT, "TransactWriteItems"::equals);
    fails("collisions", () -> vaults.register(NewUser.withUsername(canaries.next())));
    local.faults().clear();

    local.ezypass().evict(ALICE);
    local.kms().failNext(KmsErrors.accessDenied(KmsAction.DECRYPT));
    fails("denied", () -> vault.add(content()));
    local.kms().throttleNext(1);
    fails("KMS throttles", () -> vault.add(content()));
    local.kms().failNext(KmsErrors.unreachable());
    fails("KMS unreachable", () -> vault.add(content()));
    try (EzyPass other = local.open(b -> b.kmsKey(local.kms().createKey()))) {
      fails("not accepted", () -> api.of(other).vault(ALICE).add(content()));
    }
    try (EzyPass other = local.open(b -> b.table("no-such-table"))) {
      fails("no table", () -> api.of(other).register(NewUser.withUsername(canaries.next())));
    }
  }

  private void refuseArguments(String word) {
    fails("user id", () -> UserId.of(word + "@"));
    fails("credential id", () -> CredentialId.of(word));
    fails("page token", () -> PageToken.of(word + "!"));
    fails("pending write", () -> PendingWrite.of(word + "!"));
    fails("e-mail", () -> UserKey.email(word));
    fails("username", () -> UserKey.username(word.repeat(20)));
    fails("website", () -> Website.of(word + "\u0000"));
    fails("long website", () -> Website.of(word.repeat(200)));
    fails("actor", () -> Actor.of(word + "\n"));
    fails("login", () -> content().toBuilder().login(word + "\n").build());
    fails("title", () -> content().toBuilder().title(word + "\ud800").build());
    fails("tag", () -> content().toBuilder().tags(List.of(word.repeat(10))).build());
    fails("url", () -> content().toBuilder().urls(List.of(word + "\u0007")).build());
    fails("field", () -> content().toBuilder().field(word, word + "\u0000").build());
    fails("hidden field", () -> content().toBuilder().hiddenField(word + "\t", Secret.of("")));
    fails("secret", () -> Secret.of(word + "\ud800"));
    fails("link", () -> content().toBuilder().linkField(word, word));
    fails("filter", () -> tagged(word + "\n"));
    fails("search", () -> SearchQuery.of(word.repeat(20)));
    fails("totp", () -> totp(word));
    fails("totp label", () -> totp("otpauth://totp/" + word + "%00?secret=MFRGG"));
    fails("totp type", () -> totp("otpauth://" + word + "/x?secret=MFRGG"));
    fails("totp secret", () -> totp("otpauth://totp/" + word + "?secret=" + word));
    for (String parameter : List.of("issuer=%ff", "algorithm=", "digits=", "period=")) {
      fails(parameter, () -> totp("otpauth://totp/x?secret=MFRGG&" + parameter + word));
    }
  }

  private static CredentialFilter tagged(String tag) {
    return CredentialFilter.tagged(tag);
  }

  private static PageToken page(Vault vault, CredentialFilter filter) {
    PageToken next = vault.filter(filter, PageRequest.first(1)).next();
    assertThat(next).isNotNull();
    return next;
  }

  private static PageRequest after(PageToken token) {
    return PageRequest.after(token, 1);
  }

  private static Totp totp(String stored) {
    return Totp.of(Secret.of(stored));
  }

  private CredentialContent content() {
    String website = canaries.next();
    return CredentialContent.builder()
        .website(
            switch (canaries.words().size() % 4) {
              case 0 -> Website.of(website + ".example");
              case 1 -> Website.of("https://" + website + ".example/" + canaries.next());
              case 2 -> Website.of("android://hash@com." + website);
              default -> Website.named(website);
            })
        .login(canaries.next())
        .title(canaries.next())
        .urls(List.of("https://" + canaries.next() + ".example", canaries.next()))
        .description(canaries.next() + "\n" + canaries.next())
        .tags(List.of(canaries.next(), canaries.next()))
        .field(canaries.next(), canaries.next())
        .field(canaries.next(), canaries.next())
        .booleanField(canaries.next(), true)
        .linkField(canaries.next(), "https://" + canaries.next() + ".example")
        .favourite(true)
        .rotateBy(LocalDate.of(2030, 1, 1))
        .expiresAt(Instant.parse("2090-01-01T00:00:00Z"))
        .password(Secret.of(canaries.next()))
        .notes(Secret.of(canaries.next() + "\n" + canaries.next()))
        .totp(Secret.of("otpauth://totp/" + canaries.next()))
        .hiddenField(canaries.next(), Secret.of(canaries.next()))
        .hiddenField(canaries.next(), Secret.of(canaries.next()))
        .build();
  }

  private CredentialContent large() {
    CredentialContent.Builder large = content().toBuilder();
    for (int i = 0; i < 6; i++) {
      large.hiddenField("field " + i, Secret.of(canaries.next().repeat(4_000)));
    }
    return large.build();
  }

  private void fails(String what, Runnable call) {
    Throwable failure = catchThrowable(call::run);
    assertThat(failure).as(what).isNotNull();
    failures.merge(
        what,
        failure,
        (before, now) -> {
          now.addSuppressed(before);
          return now;
        });
  }

  /** What the library itself has logged. */
  private List<String> ours() {
    List<String> ours =
        log.lines().stream().filter(line -> line.matches("(?s)\\w+ io\\.ezypass\\..*")).toList();
    assertThat(ours)
        .anyMatch(line -> line.startsWith("DEBUG "))
        .anyMatch(line -> line.startsWith("WARN "));
    return ours;
  }

  private void saw(Object... objects) {
    seen.addAll(List.of(objects));
  }
}
