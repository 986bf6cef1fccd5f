package io.ezypass.testkit.tamper;

import io.ezypass.EzyPass;
import io.ezypass.VaultRepository;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.TableOptions;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultPolicies;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Two tables under one KMS key, with the same users in both: Alice, whose items are attacked and
 * whose vault key has rotated once, and Bob. Everything the users wrote is a canary.
 */
final class TamperScene implements AutoCloseable {
  static final UserId ALICE = UserId.of("alice");
  static final UserId BOB = UserId.of("bob");

  /** Is in all that the users wrote, and in nothing else. */
  static final String CANARY = "canary";

  private static final int EARLIER_VERSIONS = 5;

  /** Revisions, rows in the trash and events end some day, so that they have a ttl. */
  private static final VaultPolicies POLICIES =
      new VaultPolicies(
          RevisionPolicy.secretChanges(5).keptFor(Duration.ofDays(3_650)),
          TrashPolicy.keep(Duration.ofDays(3_650)),
          AuditPolicy.keep(Duration.ofDays(3_650)));

  final EzyPassLocal local;
  final TamperedReads reads = new TamperedReads();
  final TableInspector inspector;

  /** Sees the table through {@link #reads}. */
  final EzyPass ezypass;

  /** What is attacked. */
  final Stored stored;

  /** The same in the other table. */
  final Stored other;

  private final UnaryOperator<EzyPass.Builder> config;
  private final DynamoDbClient dynamoDb =
      new TamperedDynamoDb(DynamoDbLocal.shared().client(), reads);
  private final DynamoDbAsyncClient asyncDynamoDb =
      new AsyncTamperedDynamoDb(DynamoDbLocal.shared().asyncClient(), reads);

  TamperScene(UnaryOperator<EzyPass.Builder> config) {
    this.config = config;
    local = EzyPassLocal.start();
    inspector = local.inspector();
    ezypass = open();
    stored = fill(ezypass, inspector);
    DynamoDbClient plain = DynamoDbLocal.shared().client();
    String name = DynamoDbLocal.shared().newTableName("vault");
    try (EzyPass second =
        EzyPass.builder()
            .clients(plain, local.kms().client())
            .table(name)
            .kmsKey(local.kmsKey())
            .clock(local.clock())
            .policies(POLICIES)
            .build()) {
      second.admin().createTable(TableOptions.minimal());
      second.admin().initialise();
      other = fill(second, new TableInspector(plain, name));
    }
  }

  /** A process with nothing cached. */
  EzyPass open() {
    return local.open(
        builder ->
            config
                .apply(builder)
                .policies(POLICIES)
                .clients(dynamoDb, local.kms().client())
                .asyncClients(asyncDynamoDb, local.kms().asyncClient()));
  }

  /**
   * The items of one table, and older versions of some.
   *
   * @param versions of the credential, oldest first, under the first generation of the vault key
   * @param current the credential as it is stored, the last of its versions under the second
   *     generation
   * @param firstKeys KEYS before the rotation, as the next two
   * @param moved a credential whose website changed, at the sort key it has now
   * @param inShardZero a row of the directory that a listing meets with its first Query
   */
  record Stored(
      Credential credential,
      List<Map<String, AttributeValue>> versions,
      Map<String, AttributeValue> current,
      Map<String, AttributeValue> secondCredential,
      Credential movedCredential,
      Map<String, AttributeValue> moved,
      Map<String, AttributeValue> forwarding,
      Map<String, AttributeValue> bobsCredential,
      Map<String, AttributeValue> bobsMoved,
      Map<String, AttributeValue> bobsForwarding,
      Map<String, AttributeValue> firstKeys,
      Map<String, AttributeValue> profileBefore,
      Map<String, AttributeValue> movedBefore,
      Map<String, AttributeValue> firstProfile,
      Map<String, AttributeValue> profile,
      Map<String, AttributeValue> bobsProfile,
      Map<String, AttributeValue> keys,
      Map<String, AttributeValue> bobsKeys,
      Map<String, AttributeValue> emailClaim,
      Map<String, AttributeValue> nameClaim,
      Map<String, AttributeValue> bobsEmailClaim,
      Map<String, AttributeValue> bobsNameClaim,
      Map<String, AttributeValue> inShardZero,
      Map<String, AttributeValue> otherDirectoryRow,
      Map<String, AttributeValue> root,
      Past past,
      DueRows due,
      SharedRows shares,
      LogRows log) {}

  static UserProfile profile(UserId user) {
    return new UserProfile(
        user + "-" + CANARY, user + "-" + CANARY + "@example.com", "The " + CANARY + " " + user);
  }

  static CredentialContent content(String website) {
    return content(website, null, "");
  }

  /** The same with another password. */
  static CredentialContent content(String website, String password) {
    return content(website, null, password);
  }

  private static CredentialContent content(
      String website, @Nullable Instant expiresAt, String password) {
    return CredentialContent.builder()
        .website(website)
        .login(CANARY + "-login")
        .title(CANARY + "-title")
        .expiresAt(expiresAt)
        .password(Secret.of(CANARY + "-password" + password))
        .notes(Secret.of(CANARY + "-notes"))
        .build();
  }

  private Stored fill(EzyPass table, TableInspector raw) {
    VaultRepository vaults = table.repository();
    for (UserId user : List.of(ALICE, BOB)) {
      UserProfile profile = profile(user);
      vaults.register(
          NewUser.withId(user)
              .email(String.valueOf(profile.email()))
              .username(String.valueOf(profile.username())));
    }
    Map<String, AttributeValue> firstProfile = raw.item("U#alice", "PROFILE");
    vaults.updateUser(ALICE, 1, profile(ALICE));
    Map<String, AttributeValue> otherDirectoryRow = directoryRowOutOfShardZero(raw);
    Map<String, AttributeValue> inShardZero = registerInShardZero(vaults, raw);

    Credential credential = vaults.vault(ALICE).add(content("github.com"));
    String sk = "CRED#" + credential.id();
    List<Map<String, AttributeValue>> versions = new ArrayList<>();
    versions.add(raw.item("U#alice", sk));
    for (int i = 1; i <= EARLIER_VERSIONS; i++) {
      credential = vaults.vault(ALICE).update(credential.id(), i, content("github.com"));
      versions.add(raw.item("U#alice", sk));
    }
    Credential second = vaults.vault(ALICE).add(content("github.com"));
    Instant end = local.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    Credential moved = addMoved(vaults, ALICE, end.plus(3_650, ChronoUnit.DAYS));
    Credential bobs = vaults.vault(BOB).add(content("github.com"));
    Credential bobsMoved = addMoved(vaults, BOB, end.plus(4_000, ChronoUnit.DAYS));
    Map<String, AttributeValue> forwarding = raw.item("U#alice", "CRED#" + moved.id());
    String movedSk = RawItem.text(forwarding, "f");
    Map<String, AttributeValue> firstKeys = raw.item("U#alice", "KEYS");
    Map<String, AttributeValue> profileBefore = raw.item("U#alice", "PROFILE");
    Map<String, AttributeValue> movedBefore = raw.item("U#alice", movedSk);
    Past.Draft past = Past.write(vaults, raw);
    UserId first = UserId.of(RawItem.text(inShardZero, "sk"));
    DueRows due = DueRows.write(vaults, raw, first, end.plus(3_650, ChronoUnit.DAYS));
    SharedRows shares = SharedRows.write(vaults, raw, end.plus(3_650, ChronoUnit.DAYS));
    LogRows.Draft log = LogRows.write(vaults, raw);
    table.admin().rotate(ALICE, JobOptions.unpaced());
    Map<String, AttributeValue> bobsForwarding = raw.item("U#bob", "CRED#" + bobsMoved.id());
    return new Stored(
        credential,
        List.copyOf(versions),
        raw.item("U#alice", sk),
        raw.item("U#alice", "CRED#" + second.id()),
        moved,
        raw.item("U#alice", movedSk),
        forwarding,
        raw.item("U#bob", "CRED#" + bobs.id()),
        raw.item("U#bob", RawItem.text(bobsForwarding, "f")),
        bobsForwarding,
        firstKeys,
        profileBefore,
        movedBefore,
        firstProfile,
        raw.item("U#alice", "PROFILE"),
        raw.item("U#bob", "PROFILE"),
        raw.item("U#alice", "KEYS"),
        raw.item("U#bob", "KEYS"),
        claim(raw, "EMAIL#", "alice"),
        claim(raw, "NAME#", "alice"),
        claim(raw, "EMAIL#", "bob"),
        claim(raw, "NAME#", "bob"),
        inShardZero,
        otherDirectoryRow,
        raw.item("TABLE", "ROOT"),
        past.rotated(raw),
        due,
        shares,
        log.rotated(raw));
  }

  private static Credential addMoved(VaultRepository vaults, UserId user, Instant end) {
    Credential added = vaults.vault(user).add(content("old.example", end, ""));
    return vaults.vault(user).update(added.id(), 1, content("new.example", end, ""));
  }

  private static Map<String, AttributeValue> claim(TableInspector raw, String kind, String user) {
    return raw.items().stream()
        .filter(item -> RawItem.text(item, "pk").startsWith(kind))
        .filter(item -> RawItem.text(item, "u").equals(user))
        .findFirst()
        .orElseThrow();
  }

  /** The directory is read shard by shard: what is in the first is cheap to attack. */
  private static Map<String, AttributeValue> registerInShardZero(
      VaultRepository vaults, TableInspector raw) {
    for (int i = 0; ; i++) {
      List<Map<String, AttributeValue>> first = raw.partition("USERS#0");
      if (!first.isEmpty()) {
        return first.get(0);
      }
      vaults.register(NewUser.withId(UserId.of("user-" + i)));
    }
  }

  private static Map<String, AttributeValue> directoryRowOutOfShardZero(TableInspector raw) {
    return raw.items().stream()
        .filter(item -> RawItem.text(item, "pk").matches("USERS#[1-9].*"))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    ezypass.close();
    local.close();
  }
}
