package io.ezypass.testkit.images;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewUser;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.dynamodb.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Writes a stored table image with every kind of item in every variety. Run by hand, once per
 * release; the README beside the images says how.
 */
final class ImageWriter {
  private static final UserId ANA = UserId.of("ana");
  private static final UserId BOB = UserId.of("bob");
  private static final UserId LONGEST = UserId.of("x:" + "Z9._-a".repeat(21));

  private final ImageScenario scene;

  private ImageWriter(ImageScenario scene) {
    this.scene = scene;
  }

  /** Takes the folder and the version, such as {@code 0.1.0}. */
  public static void main(String[] args) {
    Path file = Path.of(args[0], args[1] + ".json");
    try (ImageScenario scene = new ImageScenario()) {
      ImageWriter writer = new ImageWriter(scene);
      writer.users();
      writer.contents();
      writer.histories();
      PastWriter past = new PastWriter(scene, ANA);
      past.revisions();
      past.trash();
      writer.expiries();
      writer.pages();
      writer.rotations();
      writer.deletions();
      writer.lostAnswers();
      TableImage.write(file, scene.image(args[1]));
    }
    System.out.println("wrote " + file);
  }

  private void users() {
    scene.register(
        NewUser.withId(ANA)
            .email("Ana.Zoë@Example.com")
            .username("Ana")
            .displayName("Ana Łęcka 🌍"));
    scene.register(NewUser.withId(BOB).email("bob@example.com"));
    scene.register(NewUser.withId(UserId.of("username.only")).username("Ὀδυσσεύς ΣΣ"));
    scene.register(NewUser.withId(UserId.of("neither")));
    scene.register(NewUser.withId(LONGEST).displayName("d".repeat(1_024)));
    scene.later();
    VaultUser changed =
        scene.register(NewUser.withId(UserId.of("changed")).email("old@example.com").username("o"));
    for (int i = 0; i < 6; i++) {
      scene.later();
      String name = "name-" + i;
      changed =
          scene.keep(
              scene
                  .vaults()
                  .as(Actor.of("support"))
                  .updateUser(
                      changed.id(),
                      changed.version(),
                      changed.profile().withUsername(name).withEmail(name + "@example.com")));
    }
  }

  private void contents() {
    scene.add(ANA, CredentialContent.builder().website("minimal.example").build());
    scene.add(ANA, full("https://www.Example.com:8443/login?x=1", "full"));
    scene.add(ANA, unicode());
    for (String website :
        List.of(
            "android://c2lnbmF0dXJl@com.example.App",
            "[2001:DB8::1]:22",
            "192.0.2.7",
            "Bücher.example.",
            "www.straße.de",
            "a.b.c.example.co.uk",
            "My  BANK",
            "localhost")) {
      scene.add(ANA, login(website, "kinds"));
    }
    scene.add(
        ANA, login("x.example", "named").toBuilder().website(Website.named("github.com")).build());
    scene.add(ANA, login("same.example", "same"));
    scene.add(ANA, login("same.example", "same"));
    scene.add(
        ANA,
        login("long.example", "long").toBuilder()
            .notes(Secret.of("0123456789".repeat(500)))
            .build());
    for (int length = 0; length < 34; length += 3) {
      // One of these fills its last bucket exactly, so that a bucket of padding alone follows.
      scene.add(
          ANA,
          CredentialContent.builder()
              .website("padding.example")
              .login("l".repeat(length))
              .notes(Secret.of("n".repeat(length)))
              .build());
    }
  }

  private void histories() {
    for (int updates = 1; updates <= 6; updates++) {
      Credential credential = scene.add(ANA, login("updated.example", "updates 0"));
      for (int i = 1; i <= updates; i++) {
        credential = scene.update(credential, login("updated.example", "updates " + i));
      }
    }
    moved("moved once", "one.example");
    moved("moved twice", "one.example", "two.example");
    moved("moved and back", "one.example", "origin.example");
    moved("moved and updated", "one.example", "one.example", "one.example");
    moved("away again", "one.example", "origin.example", "two.example");
    moved("written otherwise", "https://ORIGIN.example/");

    Vault imports = scene.vaults().as(Actor.of("import-job 7")).vault(ANA);
    Credential imported = scene.keep(imports.add(login("import.example", "imported")));
    scene.later();
    scene.replaced(
        imported,
        scene
            .vaults()
            .as(Actor.of("support"))
            .vault(ANA)
            .update(imported.id(), 1, login("import.example", "mended")),
        null);
    scene.delete(scene.add(ANA, login("deleted.example", "deleted")));
    scene.delete(
        scene.update(
            scene.add(ANA, login("deleted.example", "moved, then deleted")),
            login("elsewhere.example", "moved, then deleted")));
  }

  private void moved(String login, String... websites) {
    Credential credential = scene.add(ANA, login("origin.example", login));
    for (String website : websites) {
      credential = scene.update(credential, login(website, login));
    }
  }

  private void expiries() {
    Instant now = scene.local().clock().instant();
    for (Duration left : List.of(Duration.ofHours(1), Duration.ofDays(3_650))) {
      CredentialContent there = ending("ends.example", now.plus(left));
      scene.add(ANA, there);
      scene.update(scene.add(ANA, there), ending("moved-ends.example", now.plus(left)));
      scene.update(scene.add(ANA, there), login("ends.example", "ends no more"));
    }
    scene.local().clock().advance(Duration.ofHours(2));
  }

  private void pages() {
    for (int i = 0; i < 23; i++) {
      scene.add(BOB, login("page.example", "login " + i));
    }
  }

  private void rotations() {
    UserId started = filled("rotation-started");
    scene.rotate(started, 0);
    UserId done = filled("rotated");
    scene.rotate(done, Integer.MAX_VALUE);
    scene.add(done, login("x.example", "afterwards"));
    UserId midway = filled("third-generation");
    try (EzyPass late = scene.local().open(config -> config)) {
      late.repository().vault(midway).open();
      scene.rotate(midway, Integer.MAX_VALUE);
      scene.rotate(midway, 3);
      // A process with cached keys still seals under the first generation.
      scene.keep(late.repository().vault(midway).add(login("late.example", "late")));
    }
  }

  private UserId filled(String name) {
    UserId user = UserId.of(name);
    scene.register(NewUser.withId(user).email(name + "@example.com").username(name));
    for (int i = 0; i < 3; i++) {
      scene.update(scene.add(user, login("a.example", "a")), login("a.example", "updated"));
      scene.update(scene.add(user, login("a.example", "m" + i)), login("m.example", "moved"));
    }
    Instant end = scene.local().clock().instant().plus(Duration.ofDays(3_650));
    scene.add(user, ending("ends.example", end));
    scene.update(scene.add(user, ending("ends.example", end)), ending("m.example", end));
    scene.add(user, full("example.com", "full"));
    Credential deleted = scene.add(user, login("a.example", "deleted"));
    scene.delete(scene.update(deleted, login("a.example", "updated, then deleted")));
    return user;
  }

  private void deletions() {
    UserId gone = UserId.of("deleted");
    scene.register(NewUser.withId(gone).email("deleted@example.com").username("deleted"));
    scene.add(gone, login("x.example", "x"));
    scene.bury(gone);
    UserId half = UserId.of("half-deleted");
    scene.register(NewUser.withId(half).email("half@example.com").username("half"));
    scene.add(half, login("x.example", "x"));
    Credential moved = scene.add(half, login("x.example", "moved"));
    scene.update(moved, login("y.example", "moved"));
    scene.buryHalf(half);
  }

  private void lostAnswers() {
    UserId user = UserId.of("lost");
    Vault vault = scene.vault(user);
    NewUser lost = NewUser.withId(user).email("lost@example.com");
    scene.lost(
        "register",
        Fault.LOST_RESPONSE,
        "TransactWriteItems",
        WriteOutcome.APPLIED,
        () -> scene.vaults().register(lost));
    VaultUser registered = scene.vaults().findUser(user).orElseThrow();
    scene.lost(
        "update a user",
        Fault.LOST_RESPONSE,
        "PutItem",
        WriteOutcome.APPLIED,
        () ->
            scene
                .vaults()
                .updateUser(user, 1, registered.profile().withDisplayName("after a lost answer")));
    scene.keep(scene.vaults().findUser(user).orElseThrow());
    scene.lost(
        "add",
        Fault.LOST_RESPONSE,
        "PutItem",
        WriteOutcome.APPLIED,
        () -> vault.add(login("lost.example", "added")));
    CredentialId id = vault.open().get(0).id();
    scene.lost(
        "add",
        Fault.LOST_REQUEST,
        "PutItem",
        WriteOutcome.NOT_APPLIED,
        () -> vault.add(login("lost.example", "never added")));
    for (int seen = 1; seen <= 6; seen++) {
      long version = seen;
      Credential before = vault.get(id);
      scene.lost(
          "update of version " + version,
          Fault.LOST_RESPONSE,
          "TransactWriteItems",
          // The item names the write that made it and four before.
          version == 1 ? WriteOutcome.UNKNOWN : WriteOutcome.APPLIED,
          () -> vault.update(id, version, login("lost.example", "after version " + version)));
      scene.replaced(before, vault.get(id), null);
    }
    scene.lost(
        "delete into the trash",
        Fault.LOST_REQUEST,
        "TransactWriteItems",
        WriteOutcome.NOT_APPLIED,
        () -> vault.delete(id, 7));
    new PastWriter(scene, user).lostAnswers();
    VaultPolicies policies = VaultPolicies.defaults().withTrash(TrashPolicy.off());
    try (EzyPass deleting = scene.local().open(config -> config.policies(policies))) {
      Vault forGood = deleting.repository().vault(user);
      Credential deleted = vault.add(login("lost.example", "deleted"));
      Credential stays = scene.keep(vault.add(login("lost.example", "not deleted")));
      scene.lost(
          "delete",
          Fault.LOST_RESPONSE,
          "DeleteItem",
          WriteOutcome.APPLIED,
          () -> forGood.delete(deleted.id(), 1));
      scene.lost(
          "delete",
          Fault.LOST_REQUEST,
          "DeleteItem",
          WriteOutcome.NOT_APPLIED,
          () -> forGood.delete(stays.id(), 1));
    }
  }

  static CredentialContent login(String website, String login) {
    return CredentialContent.builder()
        .website(website)
        .login(login)
        .password(Secret.of("pw of " + login))
        .build();
  }

  static CredentialContent ending(String website, Instant end) {
    return login(website, "ends").toBuilder().expiresAt(end).build();
  }

  static CredentialContent full(String website, String login) {
    return CredentialContent.builder()
        .website(website)
        .login(login)
        .title("Title")
        .urls(List.of("https://example.com/a", "https://example.com/b"))
        .description("two\nlines")
        .tags(List.of("work", "shared", "work"))
        .field("pin hint", "year")
        .field("empty", "")
        .favourite(true)
        .rotateBy(LocalDate.of(1969, 12, 31))
        .password(Secret.of("pass\u0000word"))
        .notes(Secret.of("line 1\r\nline 2\ttab"))
        .totp(Secret.of("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"))
        .hiddenField("PIN", Secret.of("0000"))
        .hiddenField("nothing", Secret.of(""))
        .build();
  }

  private static CredentialContent unicode() {
    return CredentialContent.builder()
        .website("例え.テスト")
        .login("ユーザー👩‍👩‍👧")
        .title("e\u0301 is not \u00e9")
        .urls(List.of("https://例え.テスト/パス"))
        .description("עברית and العربية")
        .tags(List.of("ярлык"))
        .field("имя", "значение")
        .password(Secret.of("пароль🔑\u00a0"))
        .notes(Secret.of("\ud83c\udff3\ufe0f\u200d\ud83c\udf08"))
        .totp(Secret.of("ＪＢＳＷ"))
        .hiddenField("ключ", Secret.of("∞"))
        .rotateBy(LocalDate.of(9999, 12, 31))
        .build();
  }
}
