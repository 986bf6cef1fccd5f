package io.ezypass.testkit.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.RotationReport;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every table that a released version wrote opens for ever: each stored image is restored under
 * another table name, read through every access path, and written to.
 */
class TableImageTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "images");

  static List<TableImage> images() {
    return TableImage.all(FOLDER);
  }

  @Test
  void everyReleaseHasItsImage() throws Exception {
    Matcher version =
        Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();

    List<String> names = images().stream().map(TableImage::name).toList();
    assertThat(names).isNotEmpty();
    if (!version.group(1).endsWith("-SNAPSHOT")) {
      assertThat(names).contains(version.group(1) + ".json");
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void holdsEveryKindOfItem(TableImage image) {
    Map<String, Integer> kinds = new TreeMap<>();
    image
        .items()
        .forEach(item -> ItemKinds.of(item).forEach(kind -> kinds.merge(kind, 1, Integer::sum)));

    assertThat(kinds.keySet()).containsAll(ItemKinds.ALL);
  }

  @ParameterizedTest
  @MethodSource("images")
  void usersAreFoundOnEveryPath(TableImage image) {
    try (OpenImage open = new OpenImage(image)) {
      image
          .users()
          .forEach(
              (id, expected) -> {
                JsonNode user = user(expected);
                assertThat(open.vaults().findUser(UserId.of(id)).map(Contents::of))
                    .contains(user.deepCopy());
                for (UserKey key : keys(user)) {
                  assertThat(open.vaults().findUserBy(key).map(VaultUser::id))
                      .contains(UserId.of(id));
                }
              });
      assertThat(OpenImage.pages(page -> open.vaults().listUsers(page)))
          .extracting(UserId::value)
          .containsExactlyInAnyOrderElementsOf(image.users().keySet());
      assertThat(OpenImage.pages(page -> open.ezypass().admin().unfinishedDeletions(page)))
          .extracting(UserId::value)
          .containsExactlyInAnyOrderElementsOf(image.deletions().keySet());
      nothingWasWritten(image, open);
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void credentialsAreReadOnEveryPath(TableImage image) {
    try (OpenImage open = new OpenImage(image)) {
      image
          .users()
          .forEach(
              (id, user) -> {
                Vault vault = open.vault(id);
                Map<String, JsonNode> whole = TableImage.credentials(user);
                Map<String, JsonNode> summaries = new TreeMap<>();
                whole.forEach((key, node) -> summaries.put(key, Contents.summary(node)));

                same(byId(vault.open()), summaries);
                same(byId(vault.summaries().toList()), summaries);
                same(byId(OpenImage.pages(vault::list)), summaries);
                same(credentialsById(vault.credentials()), whole);
                Stream<CredentialId> ids = whole.keySet().stream().map(CredentialId::of);
                same(credentialsById(ids.map(vault::get)), whole);
                for (Map<String, JsonNode> place : byWebsite(summaries).values()) {
                  Website website = website(place.values().iterator().next());
                  same(byId(vault.findByWebsite(website, WebsiteMatch.EXACT)), place);
                  assertThat(byId(vault.findByWebsite(website, WebsiteMatch.WITH_PARENT_DOMAINS)))
                      .containsAllEntriesOf(place);
                }
              });
      nothingWasWritten(image, open);
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void websitesAreStillUnderstoodAsTheyWere(TableImage image) {
    for (JsonNode user : image.users().values()) {
      for (JsonNode credential : TableImage.credentials(user).values()) {
        Website stored = website(credential);
        assertThat(Stream.of(Website.of(stored.written()), Website.named(stored.written())))
            .contains(stored);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void whatHadExpiredIsGone(TableImage image) {
    try (OpenImage open = new OpenImage(image)) {
      int expired = 0;
      for (Map.Entry<String, JsonNode> user : image.users().entrySet()) {
        for (String id : TableImage.expired(user.getValue())) {
          expired++;
          assertThat(catchThrowable(() -> open.vault(user.getKey()).get(CredentialId.of(id))))
              .isExactlyInstanceOf(CredentialNotFoundException.class);
        }
      }
      assertThat(expired).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void pendingWritesAreSettled(TableImage image) {
    try (OpenImage open = new OpenImage(image)) {
      Map<String, String> settled = new LinkedHashMap<>();
      Map<String, String> expected = new LinkedHashMap<>();
      for (JsonNode write : image.pendingWrites()) {
        String pending = write.required("pending").textValue();
        String what = write.required("write").textValue() + " " + pending;
        expected.put(what, write.required("outcome").textValue());
        settled.put(what, open.vaults().resolve(PendingWrite.of(pending)).name());
      }
      assertThat(settled).isEqualTo(expected).isNotEmpty();
      nothingWasWritten(image, open);
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void everyCredentialCanBeUpdatedMovedAndDeleted(TableImage image) {
    try (OpenImage open = new OpenImage(image)) {
      for (Map.Entry<String, JsonNode> user : image.users().entrySet()) {
        Vault vault = open.vault(user.getKey());
        for (JsonNode credential : TableImage.credentials(user.getValue()).values()) {
          change(vault, credential);
        }
        assertThat(vault.open()).isEmpty();
        Credential added = vault.add(CredentialContent.builder().website("new.example").build());
        assertThat(vault.open()).extracting(CredentialSummary::id).containsExactly(added.id());
      }
    }
  }

  private static void change(Vault vault, JsonNode stored) {
    CredentialId id = CredentialId.of(stored.required("id").textValue());
    long version = stored.required("version").longValue();
    Credential edited = vault.edit(id, content -> content.toBuilder().title("edited").build());
    assertThat(edited.version()).isEqualTo(version + 1);
    CredentialContent elsewhere = edited.content().toBuilder().website("moved.example").build();
    Credential moved = vault.update(id, version + 1, elsewhere);
    JsonNode read = Contents.of(vault.get(id));
    assertThat(read).isEqualTo(Contents.of(moved));
    assertThat(read.required("secrets")).isEqualTo(stored.required("secrets"));
    assertThat(read.required("audit").required("createdAt"))
        .isEqualTo(stored.required("audit").required("createdAt"));
    vault.delete(id, version + 2);
    assertThat(catchThrowable(() -> vault.get(id)))
        .isExactlyInstanceOf(CredentialNotFoundException.class);
  }

  @ParameterizedTest
  @MethodSource("images")
  void everyUserCanBeChangedAndDeleted(TableImage image) {
    try (OpenImage open = new OpenImage(image)) {
      for (String id : image.users().keySet()) {
        VaultUser user = open.vaults().findUser(UserId.of(id)).orElseThrow();
        String email = "new-of-" + id + "@example.com";
        VaultUser changed =
            open.vaults().updateUser(user.id(), user.version(), user.profile().withEmail(email));
        assertThat(open.vaults().findUserBy(UserKey.email(email))).contains(changed);
        if (user.email() != null) {
          assertThat(open.vaults().findUserBy(UserKey.email(user.email()))).isEmpty();
        }
      }
      List<String> all = new ArrayList<>(image.users().keySet());
      all.addAll(image.deletions().keySet());
      all.forEach(id -> open.vaults().deleteUser(UserId.of(id)));
      open.clock().advance(Duration.ofHours(2));
      for (String id : all) {
        assertThat(open.vaults().deleteUser(UserId.of(id)).state())
            .isEqualTo(UserDeletion.State.FINAL);
      }
      assertThat(open.inspector().items())
          .extracting(item -> item.get("pk").s())
          .containsExactly("TABLE");
      assertThat(open.vaults().register(NewUser.withId(UserId.of(all.get(0)))).version())
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void everyVaultKeyCanBeRotated(TableImage image) {
    try (OpenImage open = new OpenImage(image)) {
      for (Map.Entry<String, JsonNode> user : image.users().entrySet()) {
        UserId id = UserId.of(user.getKey());
        RotationReport before = open.ezypass().admin().rotationStatus(id);
        RotationReport report = open.ezypass().admin().rotate(id, JobOptions.unpaced());
        assertThat(report.state()).isEqualTo(RotationReport.State.SETTLING);
        assertThat(report.problems()).isEmpty();
        boolean resumed = before.state() == RotationReport.State.REWRITING;
        assertThat(report.generation()).isEqualTo(before.generation() + (resumed ? 0 : 1));
        try (EzyPass process = open.process()) {
          same(
              credentialsById(process.repository().vault(id).credentials()),
              TableImage.credentials(user.getValue()));
          assertThat(process.repository().findUser(id).map(Contents::of))
              .contains(user(user.getValue()).deepCopy());
          PastReads.check(process.repository().vault(id), user.getValue());
        }
      }
      open.clock().advance(Duration.ofHours(2));
      for (String id : image.users().keySet()) {
        assertThat(open.ezypass().admin().rotationStatus(UserId.of(id)).state())
            .isEqualTo(RotationReport.State.COMPLETE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void deletionsBecomeFinalWhenTheyShould(TableImage image) {
    try (OpenImage open = new OpenImage(image)) {
      image
          .deletions()
          .forEach(
              (id, finalFrom) -> {
                UserId user = UserId.of(id);
                assertThat(open.vaults().findUser(user)).isEmpty();
                assertThat(catchThrowable(() -> open.vault(id).open()))
                    .isExactlyInstanceOf(UserNotFoundException.class);
                UserDeletion resumed = open.vaults().deleteUser(user);
                assertThat(resumed.state()).isEqualTo(UserDeletion.State.PENDING);
                assertThat(resumed.finalFrom()).isEqualTo(finalFrom);
                assertThat(open.inspector().partition("U#" + id)).hasSize(1);
              });
      Instant last = image.deletions().values().stream().max(Instant::compareTo).orElseThrow();
      open.clock().advance(Duration.between(open.clock().instant(), last));
      for (String id : image.deletions().keySet()) {
        assertThat(open.vaults().deleteUser(UserId.of(id)).state())
            .isEqualTo(UserDeletion.State.FINAL);
        assertThat(open.inspector().partition("U#" + id)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void revisionsAreReadAndTheTrashIsListed(TableImage image) {
    try (OpenImage open = new OpenImage(image)) {
      image.users().forEach((id, user) -> PastReads.check(open.vault(id), user));
      nothingWasWritten(image, open);
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void whatIsInTheTrashCanBeRestored(TableImage image) {
    try (OpenImage open = new OpenImage(image)) {
      int restored = 0;
      for (Map.Entry<String, JsonNode> user : image.users().entrySet()) {
        restored += PastReads.checkRestored(open.vault(user.getKey()), user.getValue());
      }
      assertThat(restored).isPositive();
    }
  }

  private static void nothingWasWritten(TableImage image, OpenImage open) {
    same(byKey(open.inspector().items()), byKey(image.items()));
  }

  private static Map<String, Map<String, AttributeValue>> byKey(
      List<Map<String, AttributeValue>> items) {
    Map<String, Map<String, AttributeValue>> all = new TreeMap<>();
    items.forEach(item -> all.put(item.get("pk").s() + " / " + item.get("sk").s(), item));
    return all;
  }

  /** Entry by entry, so that a failure shows no more than what differs. */
  private static <V> void same(Map<String, V> actual, Map<String, V> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((key, value) -> assertThat(actual.get(key)).as(key).isEqualTo(value));
  }

  private static JsonNode user(JsonNode expected) {
    ObjectNode user = expected.deepCopy();
    user.remove(List.of("credentials", "expired", "revisions", "trash"));
    return user;
  }

  private static List<UserKey> keys(JsonNode user) {
    List<UserKey> keys = new ArrayList<>();
    if (user.has("email")) {
      keys.add(UserKey.email(user.get("email").textValue()));
    }
    if (user.has("username")) {
      keys.add(UserKey.username(user.get("username").textValue()));
    }
    return keys;
  }

  private static Website website(JsonNode credential) {
    JsonNode node = credential.required("website");
    return new Website(
        Website.Kind.valueOf(node.required("kind").textValue()),
        node.required("value").textValue(),
        node.required("written").textValue());
  }

  private static Map<String, Map<String, JsonNode>> byWebsite(Map<String, JsonNode> summaries) {
    Map<String, Map<String, JsonNode>> places = new TreeMap<>();
    summaries.forEach(
        (id, node) -> {
          Website website = website(node);
          places
              .computeIfAbsent(website.kind() + " " + website.value(), any -> new TreeMap<>())
              .put(id, node);
        });
    return places;
  }

  private static Map<String, JsonNode> byId(List<CredentialSummary> summaries) {
    Map<String, JsonNode> all = new TreeMap<>();
    for (CredentialSummary summary : summaries) {
      assertThat(all.put(summary.id().value(), Contents.of(summary))).isNull();
    }
    return all;
  }

  private static Map<String, JsonNode> credentialsById(Stream<Credential> credentials) {
    Map<String, JsonNode> all = new TreeMap<>();
    credentials.forEach(
        credential ->
            assertThat(all.put(credential.id().value(), Contents.of(credential))).isNull());
    return all;
  }
}
