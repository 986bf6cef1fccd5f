package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.Finding;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RepairSummary;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Grant;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Revision;
import io.ezypass.model.Secret;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.TableInspector;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Two users, and credentials of alice that have moved, moved twice, moved back, that end, that have
 * revisions and that are in the trash. What the application sees of it can be compared, and raw
 * images of the table can be put back.
 */
final class RepairScene implements AutoCloseable {
  static final UserId ALICE = UserId.of("alice");
  static final UserId BOB = UserId.of("bob");

  final EzyPassLocal local = EzyPassLocal.start();
  final TableInspector inspector = local.inspector();
  final VaultRepository vaults = local.repository();
  final Instant end = local.clock().instant().plus(Duration.ofDays(30));

  /** What the rows of moving credentials were before each move. */
  private final List<Map<String, AttributeValue>> history = new ArrayList<>();

  final CredentialId plain;
  final CredentialId ending;
  final CredentialId moved;
  final CredentialId movedTwice;
  final CredentialId movedBack;
  final CredentialId movedEnding;

  /** Live at version 3 with the revisions 2 and 1, and ends. */
  final CredentialId kept;

  /** Has moved, and is live at version 2 with the revision 1. */
  final CredentialId movedKept;

  /** Had moved, and is in the trash at version 3 with the revision 1. */
  final CredentialId trashed;

  RepairScene() {
    vaults.register(NewUser.withId(ALICE).email("alice@example.com").username("alice"));
    vaults.register(NewUser.withId(BOB).email("bob@example.com"));
    Vault vault = vaults.vault(ALICE);
    plain = vault.add(content("plain.example", "plain").build()).id();
    ending = vault.add(content("ending.example", "ending").expiresAt(end).build()).id();
    moved = move(vault, "moved", "a.example", "b.example");
    movedTwice = move(vault, "twice", "a.example", "b.example", "c.example");
    movedBack = move(vault, "back", "a.example", "b.example", "a.example");
    movedEnding = vault.add(content("d.example", "m-e").expiresAt(end).build()).id();
    vault.update(movedEnding, 1, content("e.example", "m-e").expiresAt(end).build());
    kept = vault.add(content("kept.example", "kept 1").expiresAt(end).build()).id();
    history.addAll(inspector.partition("U#alice"));
    vault.update(kept, 1, content("kept.example", "kept 2").expiresAt(end).build());
    history.addAll(inspector.partition("U#alice"));
    vault.update(kept, 2, content("kept.example", "kept 3").expiresAt(end).build());
    movedKept = vault.add(content("f.example", "m-k 1").build()).id();
    vault.update(movedKept, 1, content("g.example", "m-k 2").build());
    trashed = vault.add(content("h.example", "trashed 1").build()).id();
    vault.update(trashed, 1, content("i.example", "trashed 2").build());
    history.addAll(inspector.partition("U#alice"));
    vault.delete(trashed, 2);
    vaults.vault(BOB).add(content("plain.example", "bob").build());
  }

  static CredentialContent.Builder content(String website, String login) {
    return CredentialContent.builder()
        .website(website)
        .login(login)
        .password(Secret.of("password of " + login));
  }

  private CredentialId move(Vault vault, String login, String... websites) {
    Credential now = vault.add(content(websites[0], login).build());
    for (int i = 1; i < websites.length; i++) {
      history.addAll(inspector.partition("U#alice"));
      now = vault.update(now.id(), i, content(websites[i], login).build());
    }
    return now.id();
  }

  /** The row that a version of a credential once was. */
  Map<String, AttributeValue> old(CredentialId id, long version) {
    return history.stream()
        .filter(item -> item.get("sk").s().startsWith("CRED#"))
        .filter(item -> item.get("sk").s().endsWith(id.value().substring(12)))
        .filter(item -> AttributeValue.fromN(Long.toString(version)).equals(item.get("v")))
        .findFirst()
        .orElseThrow();
  }

  /** A forwarding row as it once was. */
  Map<String, AttributeValue> oldForwarding(CredentialId id) {
    return history.stream()
        .filter(item -> item.get("sk").s().equals("CRED#" + id.value()))
        .filter(item -> item.containsKey("f"))
        .findFirst()
        .orElseThrow();
  }

  /** Repairs from a process of its own, which knows no keys. */
  RepairSummary repair(Mode mode) {
    try (EzyPass operator = local.open(b -> b)) {
      return operator.admin().repairAll(mode, JobOptions.unpaced());
    }
  }

  /** Repairs, after a dry run that writes nothing and says the same. */
  List<Finding> repairs() {
    List<Map<String, AttributeValue>> before = inspector.items();
    RepairSummary dry = repair(Mode.DRY_RUN);
    assertThat(inspector.items()).as("a dry run writes nothing").isEqualTo(before);
    RepairSummary applied = repair(Mode.APPLY);
    assertThat(applied.failures()).isEmpty();
    assertThat(applied.findings())
        .usingElementComparator((a, b) -> a.kind() == b.kind() && a.what().equals(b.what()) ? 0 : 1)
        .as("a dry run says what applying does")
        .containsExactlyInAnyOrderElementsOf(dry.findings());
    assertThat(applied.findings())
        .extracting(Finding::outcome)
        .isSubsetOf(Finding.Outcome.MENDED, Finding.Outcome.REPORTED);
    assertThat(dry.count(Finding.Outcome.WOULD_MEND))
        .isEqualTo(applied.count(Finding.Outcome.MENDED));
    List<Map<String, AttributeValue>> after = inspector.items();
    RepairSummary again = repair(Mode.APPLY);
    assertThat(again.findings())
        .as("a second run")
        .containsExactlyInAnyOrderElementsOf(
            applied.findings().stream()
                .filter(finding -> finding.outcome() == Finding.Outcome.REPORTED)
                .toList());
    assertThat(inspector.items()).isEqualTo(after);
    return applied.findings();
  }

  /** Everything by every access path, from a process of its own. */
  List<String> seen() {
    return seen(Set.of());
  }

  List<String> seen(Collection<UserId> butFor) {
    List<String> lines = new ArrayList<>();
    try (EzyPass process = local.open(b -> b)) {
      VaultRepository all = process.repository();
      for (UserId user : all.listUsers(PageRequest.first(1_000)).items()) {
        if (butFor.contains(user)) {
          continue;
        }
        VaultUser profile = all.findUser(user).orElseThrow();
        lines.add(user + " v" + profile.version() + " " + keys(all, profile));
        Vault vault = all.vault(user);
        Set<CredentialId> ids = new HashSet<>();
        for (CredentialSummary summary : vault.open()) {
          assertThat(ids.add(summary.id())).as("once: %s", summary.id()).isTrue();
          lines.add(user + " " + line(vault, summary));
          isListedWhenDue(all, summary);
        }
        assertThat(vault.list(PageRequest.first(1_000)).items()).hasSameSizeAs(ids);
        for (TrashedCredential entry : vault.trash().list(PageRequest.first(1_000)).items()) {
          assertThat(ids.add(entry.id())).as("once: %s", entry.id()).isTrue();
          lines.add(user + " trash " + entry.id() + " v" + entry.version() + " " + entry.purgeAt());
        }
        lines.addAll(grants(vault, user));
      }
    }
    Collections.sort(lines);
    return lines;
  }

  private static void isListedWhenDue(VaultRepository all, CredentialSummary summary) {
    LocalDate day = summary.meta().rotateBy();
    if (day != null) {
      assertThat(all.due().list(day, PageRequest.first(1_000)).items())
          .containsOnlyOnce(new DueCredential(summary.owner(), summary.id(), day));
    }
  }

  private static List<String> grants(Vault vault, UserId user) {
    List<String> lines = new ArrayList<>();
    for (Grant grant : vault.sharing().given(PageRequest.first(1_000)).items()) {
      lines.add(user + " gives " + grant);
    }
    for (SharedCredential shared : vault.sharing().received(PageRequest.first(1_000)).items()) {
      vault.sharing().open(shared.owner(), shared.id()).close();
      lines.add(user + " receives " + shared);
    }
    return lines;
  }

  private static String keys(VaultRepository all, VaultUser user) {
    String email = user.profile().email();
    String username = user.profile().username();
    if (email != null) {
      assertThat(all.findUserBy(UserKey.email(email)).map(VaultUser::id)).contains(user.id());
    }
    if (username != null) {
      assertThat(all.findUserBy(UserKey.username(username)).map(VaultUser::id)).contains(user.id());
    }
    return email + " " + username;
  }

  private static String line(Vault vault, CredentialSummary summary) {
    assertThat(vault.findByWebsite(summary.website(), WebsiteMatch.EXACT))
        .extracting(CredentialSummary::id)
        .containsOnlyOnce(summary.id());
    try (Credential whole = vault.get(summary.id())) {
      assertThat(whole.version()).isEqualTo(summary.version());
      String password =
          Objects.requireNonNull(whole.content().password()).use(chars -> new String(chars));
      return summary.id()
          + " v"
          + summary.version()
          + " "
          + summary.website()
          + revisions(vault, summary)
          + " "
          + password;
    }
  }

  private static String revisions(Vault vault, CredentialSummary summary) {
    StringBuilder out = new StringBuilder();
    for (Revision revision : vault.history().list(summary.id())) {
      long version = revision.summary().version();
      try (Credential whole = vault.history().get(summary.id(), version)) {
        out.append(" v").append(version).append(" ").append(whole.content().login());
      }
    }
    return out.toString();
  }

  /** Deletes every credential and every user, to the end, and nothing is left but the root. */
  void deletesEverything() {
    try (EzyPass process = local.open(b -> b)) {
      VaultRepository all = process.repository();
      List<UserId> users = all.listUsers(PageRequest.first(1_000)).items();
      for (UserId user : users) {
        Vault vault = all.vault(user);
        vault.open().forEach(summary -> vault.delete(summary.id(), summary.version()));
        vault.trash().empty();
      }
      users.forEach(user -> assertThat(inspector.partition("U#" + user)).hasSize(2));
      List<UserId> dying =
          new ArrayList<>(process.admin().unfinishedDeletions(PageRequest.first(1_000)).items());
      users.forEach(all::deleteUser);
      dying.addAll(users);
      local.clock().advance(Duration.ofHours(2));
      dying.forEach(all::deleteUser);
    }
    assertThat(inspector.items()).extracting(item -> item.get("pk").s()).containsExactly("TABLE");
  }

  Map<String, AttributeValue> row(CredentialId id) {
    return inspector.item("U#alice", "CRED#" + id.value());
  }

  /** Where a version of a credential is kept. */
  Map<String, AttributeValue> revision(CredentialId id, long version) {
    return inspector.item(
        "U#alice", String.format("REV#%s#%016x", id.value().substring(12), version));
  }

  /** The row of a credential in the trash. */
  Map<String, AttributeValue> inTrash(CredentialId id) {
    return inspector.item("U#alice", "TRASH#" + id.value().substring(12));
  }

  /** Where a credential that has moved stands. */
  String place(CredentialId id) {
    return Objects.requireNonNull(row(id).get("f")).s();
  }

  Map<String, AttributeValue> claim(String prefix, UserId user) {
    return inspector.items().stream()
        .filter(item -> item.get("pk").s().startsWith(prefix))
        .filter(item -> user.value().equals(item.get("u").s()))
        .findFirst()
        .orElseThrow();
  }

  Map<String, AttributeValue> listed(UserId user) {
    return inspector.items().stream()
        .filter(item -> item.get("pk").s().startsWith("USERS#"))
        .filter(item -> user.value().equals(item.get("sk").s()))
        .findFirst()
        .orElseThrow();
  }

  /** Alice's row of a grant. */
  Map<String, AttributeValue> grant(CredentialId id, UserId recipient) {
    return inspector.item("U#alice", "SHARE#" + id + "#" + recipient);
  }

  /** The row that tells of it. */
  Map<String, AttributeValue> pointer(CredentialId id, UserId recipient) {
    return inspector.item("U#" + recipient, "SHAREIN#alice#" + id);
  }

  /** The one row of the due list. */
  Map<String, AttributeValue> due() {
    return inspector.items().stream()
        .filter(item -> item.get("pk").s().startsWith("DUE#"))
        .reduce(
            (one, other) -> {
              throw new IllegalStateException("one is enough");
            })
        .orElseThrow();
  }

  void remove(Map<String, AttributeValue> item) {
    inspector.delete(item.get("pk").s(), item.get("sk").s());
  }

  /** Puts an image of the table in the place of what is there. */
  void restore(Collection<Map<String, AttributeValue>> image) {
    Set<Map<String, AttributeValue>> wanted = new HashSet<>(image);
    Set<Map<String, AttributeValue>> there = new HashSet<>(inspector.items());
    there.stream().filter(item -> !wanted.contains(item)).forEach(this::remove);
    wanted.stream().filter(item -> !there.contains(item)).forEach(inspector::put);
  }

  @Override
  public void close() {
    local.close();
  }

  static UserProfile profile(String email) {
    return new UserProfile(null, email, null);
  }

  void change(String sk, Consumer<Map<String, AttributeValue>> change) {
    inspector.change("U#alice", sk, change);
  }

  void change(Map<String, AttributeValue> item, Consumer<Map<String, AttributeValue>> change) {
    inspector.change(item.get("pk").s(), item.get("sk").s(), change);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue bytes(int length) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(new byte[length]));
  }
}
