package io.ezypass.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.TableOptions;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.TableInspector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Holds the policies in {@code docs/iam} to what the library really sends: each role gets by, names
 * no action that it does not need, and is refused what is not its own.
 */
class IamPoliciesTest {
  private static final Path FOLDER = Path.of("").toAbsolutePath().getParent().resolve("docs/iam");
  private static final UserId ANA = UserId.of("ana");
  private static final UserId BEN = UserId.of("ben");
  private static final LocalDate DAY = LocalDate.of(2031, 2, 28);

  /** Actions that are there for a setting that these tests cannot make, each with its reason. */
  private static final Set<String> NOT_SEEN =
      Set.of(
          // DynamoDB Local does not know point-in-time recovery and tags.
          "dynamodb:UpdateContinuousBackups",
          "dynamodb:TagResource",
          // Only who names the KMS key by alias or key id needs it; here it is an ARN.
          "kms:DescribeKey");

  private final EzyPassLocal local = EzyPassLocal.start();
  private final String newKey = local.kms().createKey();

  /** A role of the documents and all that it does. */
  @SuppressWarnings("ImmutableEnumChecker") // the work of a role has no state
  enum Role {
    READER(
        process -> {
          VaultRepository vaults = process.repository();
          Vault vault = vaults.vault(ANA);
          CredentialId first = vault.open().get(0).id();
          vault.findByWebsite(Website.of("b.example"), WebsiteMatch.WITH_PARENT_DOMAINS);
          vault.list(PageRequest.first(1));
          vault.history().list(first);
          vault.trash().list(PageRequest.first(1));
          vaults.findUser(ANA);
          vaults.findUserBy(UserKey.email("ana@example.com"));
          vaults.listUsers(PageRequest.first(10));
          vaults.due().list(DAY, PageRequest.first(10)).items().forEach(vaults.due()::check);
          process.evict(ANA);
          vault.get(first).close();
          vault.sharing().given(PageRequest.first(10)).items();
          vault
              .sharing()
              .received(PageRequest.first(10))
              .items()
              .forEach(shared -> vault.sharing().open(shared.owner(), shared.id()).close());
        }),
    WRITER(
        process -> {
          READER.work.accept(process);
          VaultRepository vaults = process.repository();
          VaultUser cleo = vaults.register(NewUser.withEmail("cleo@example.com"));
          vaults.updateUser(
              cleo.id(), cleo.version(), new UserProfile("cleo", "new@example.com", null));
          wholeLife(vaults.vault(ANA));
          Vault vault = vaults.vault(ANA);
          CredentialId due = vault.add(due("e.example")).id();
          vault.edit(due, old -> old.toBuilder().rotateBy(DAY.plusDays(90)).build());
          vault.delete(due, 2);
          CredentialId shared = vault.add(content("f.example")).id();
          vault.sharing().share(shared, NewGrant.to(BEN));
          vault.sharing().revoke(shared, BEN);
          vault.sharing().share(shared, NewGrant.to(BEN));
          vault.delete(shared, 1);
        }),
    ONE_USER(
        process -> {
          Vault vault = process.repository().vault(ANA);
          CredentialId first = vault.open().get(0).id();
          process.evict(ANA);
          vault.get(first).close();
          wholeLife(vault);
          process.repository().findUser(ANA);
        }),
    /** Whoever asks another role, which may open vaults, to check what is listed. */
    REMINDER(process -> process.repository().due().list(DAY, PageRequest.first(10))),
    DELETER(
        process -> {
          process.repository().deleteUser(ANA);
          process.admin().unfinishedDeletions(PageRequest.first(10));
        }),
    PROVISIONER(
        process -> {
          process.admin().createTable(TableOptions.minimal());
          process.admin().check();
          process.admin().initialise();
        }),
    ROTATOR(
        process -> {
          process.admin().rotate(ANA, JobOptions.unpaced());
          process.admin().rotateAll(Instant.MAX, JobOptions.unpaced());
        }),
    /** Its configuration names the new KMS key, see below. */
    MIGRATOR(process -> process.admin().migrateAll(Mode.APPLY, JobOptions.unpaced())),
    /** What is torn is made so below. */
    REPAIRER(process -> process.admin().repairAll(Mode.APPLY, JobOptions.unpaced()));

    private final Consumer<EzyPass> work;

    Role(Consumer<EzyPass> work) {
      this.work = work;
    }

    /** All that changes a credential, with a revision that goes along. */
    private static void wholeLife(Vault vault) {
      CredentialId id = vault.add(content("c.example")).id();
      try (Secret other = Secret.of("other")) {
        vault.edit(id, old -> old.toBuilder().website("d.example").password(other).build());
      }
      vault.history().get(id, 1).close();
      vault.history().revert(id, 2, 1).close();
      vault.delete(id, 3);
      vault.trash().restore(id, 4).close();
      vault.delete(id, 5);
      vault.trash().purge(id, 6);
    }

    Path file() {
      return FOLDER.resolve(name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".json");
    }
  }

  @BeforeEach
  void setUp() {
    for (UserId user : List.of(ANA, BEN)) {
      local.repository().register(NewUser.withId(user).email(user + "@example.com"));
      Vault vault = local.repository().vault(user);
      vault.add(content("a.example"));
      Credential moved = vault.add(content("b.example"));
      vault.edit(moved.id(), old -> old.toBuilder().website("a.b.example").build());
      vault.add(due("due.example"));
    }
    Vault ben = local.repository().vault(BEN);
    ben.sharing().share(ben.open().get(0).id(), NewGrant.to(ANA));
    local.resetCounts();
  }

  @AfterEach
  void tearDown() {
    local.close();
  }

  @ParameterizedTest
  @EnumSource
  void allowsEverythingThatTheRoleSendsAndNamesNothingElse(Role role) throws IOException {
    IamPolicy policy = policy(role);
    List<IamPolicy.Request> sent = work(role);
    assertThat(sent).isNotEmpty().allMatch(policy::allows);
    assertThat(policy.parts())
        .as("every action of every statement is there for a request, or explained above")
        .allSatisfy(
            (name, part) ->
                assertThat(
                        NOT_SEEN.contains(name.substring(name.indexOf(' ') + 1))
                            || sent.stream().anyMatch(part::allows))
                    .isTrue());
  }

  @ParameterizedTest
  @EnumSource(names = "REPAIRER", mode = EnumSource.Mode.EXCLUDE)
  void refusesAScan(Role role) throws IOException {
    assertThat(policy(role).allows(IamRequests.table("Scan"))).isFalse();
  }

  @Test
  void oneUsersPolicyRefusesEverythingOfAnotherUser() throws IOException {
    IamPolicy policy = policy(Role.ONE_USER);
    try (EzyPass process = local.open(builder -> builder)) {
      process.repository().vault(BEN).open();
    }
    List<IamPolicy.Request> sent = IamRequests.sent(local);
    assertThat(sent)
        .filteredOn(request -> !request.context().toString().contains("TABLE"))
        .hasSize(2) // the Query and the Decrypt
        .noneMatch(policy::allows);
    assertThat(policy.allows(IamRequests.table("Query", "U#ana-2"))).isFalse();
    assertThat(policy.allows(IamRequests.table("BatchGetItem", "U#ana", "U#ben"))).isFalse();
  }

  /** Rows of the due list stand in partitions that all users share, under the table's own key. */
  @Test
  void oneUsersPolicyWritesNoDueDates() throws IOException {
    try (EzyPass process = local.open(builder -> builder)) {
      process.repository().vault(ANA).add(due("e.example"));
    }
    assertThat(IamRequests.sent(local))
        .filteredOn(
            request ->
                request.context().toString().contains("DUE#")
                    || request.context().toString().contains("lookup-key"))
        .hasSize(2) // the PutItem and the Decrypt
        .noneMatch(policy(Role.ONE_USER)::allows);
  }

  /** Each grant has a row in the other user's partition. */
  @Test
  void oneUsersPolicySharesNothing() throws IOException {
    try (EzyPass process = local.open(builder -> builder)) {
      Vault vault = process.repository().vault(ANA);
      vault.sharing().share(vault.open().get(0).id(), NewGrant.to(BEN));
    }
    assertThat(IamRequests.sent(local))
        .filteredOn(request -> request.context().toString().contains("U#ben"))
        .hasSize(2) // the PutItem and the ConditionCheckItem
        .noneMatch(policy(Role.ONE_USER)::allows);
  }

  /** {@code ForAllValues} holds for no values, and a Scan has none. */
  @Test
  void withoutTheNullGuardRequestsWithoutAKeyWouldPass() throws IOException {
    IamPolicy.Request keyless = IamRequests.table("Query");
    assertThat(policy(Role.ONE_USER).allows(keyless)).isFalse();
    assertThat(policy(Role.ONE_USER).without("Null").allows(keyless)).isTrue();
  }

  private List<IamPolicy.Request> work(Role role) {
    if (role == Role.PROVISIONER) {
      try (EzyPass fresh =
          local.open(builder -> builder.table(local.table() + "-" + role.name()))) {
        role.work.accept(fresh);
      }
    } else {
      if (role == Role.REPAIRER) {
        tear();
      }
      try (EzyPass process =
          local.open(
              builder ->
                  role == Role.MIGRATOR
                      ? builder.kmsKey(newKey).acceptedKmsKeys(local.kmsKey())
                      : builder)) {
        role.work.accept(process);
        if (role == Role.DELETER) {
          local.clock().advance(Duration.ofHours(2));
          role.work.accept(process);
        }
      }
    }
    return IamRequests.sent(local);
  }

  /** One row of each kind is missing, wrong or left over, so that each way of mending is needed. */
  private void tear() {
    TableInspector inspector = local.inspector();
    for (Map<String, AttributeValue> item : inspector.items()) {
      String pk = item.get("pk").s();
      String sk = item.get("sk").s();
      if (pk.startsWith("EMAIL#") && item.get("u").s().equals("ana")) {
        inspector.delete(pk, sk);
      }
      if (item.containsKey("f") || pk.startsWith("DUE#")) {
        inspector.delete(pk, sk);
      }
      if (pk.startsWith("USERS#")) {
        inspector.change(pk, sk, row -> row.put("x", AttributeValue.fromN("1")));
      }
      if (sk.equals("PROFILE") && pk.equals("U#ben")) {
        inspector.change(pk, sk, row -> row.remove("e"));
      }
    }
    UserId gone = UserId.of("gone");
    local.repository().register(NewUser.withId(gone).email("gone@example.com"));
    inspector.partition("U#gone").forEach(row -> inspector.delete("U#gone", row.get("sk").s()));
    local.resetCounts();
  }

  private IamPolicy policy(Role role) throws IOException {
    return IamPolicy.read(
        role.file(),
        Map.of(
            "TABLE_ID", local.tableId().value(),
            "arn:aws:kms:REGION:ACCOUNT:key/KEY_ID", local.kmsKey(),
            "arn:aws:kms:REGION:ACCOUNT:key/NEW_KEY_ID", newKey,
            "${aws:PrincipalTag/ezypass-user}", ANA.value()));
  }

  private static CredentialContent due(String website) {
    return content(website).toBuilder().rotateBy(DAY).build();
  }

  private static CredentialContent content(String website) {
    return CredentialContent.builder().website(website).login("x").build();
  }
}
