package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.Mode;
import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PageRequest;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.VaultPolicies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever changes a credential at once: no revision is lost, and none is kept twice. */
class RevisionRacesTest {
  private static final int WRITERS = 4;
  private static final int EDITS = 6;

  @ParameterizedTest
  @EnumSource(Api.class)
  void anEditThatAnotherOneOvertakesKeepsTheVersionOfThatOne(Api api) {
    try (Scene scene = new Scene(api)) {
      CredentialId id = scene.credential.id();
      scene
          .local
          .faults()
          .beforeSend(
              "TransactWriteItems",
              () -> scene.othersVault().edit(id, old -> Scene.with(old, "theirs", "theirs")));

      Credential mine = scene.vault().edit(id, old -> Scene.with(old, "mine", "mine"));

      assertThat(mine.version()).isEqualTo(3);
      assertThat(logins(scene.othersVault(), id)).containsExactly("mine", "theirs", "first");
      agrees(scene);
    }
  }

  @Test
  void ofManyWhoChangeAtOnceEveryVersionIsKeptOnce() throws Exception {
    VaultPolicies all = VaultPolicies.defaults().withRevisions(RevisionPolicy.all(20));
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try (Scene scene = new Scene(Api.SYNC, b -> b.policies(all))) {
      CredentialId id = scene.credential.id();
      List<Future<List<String>>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String name = "writer " + i;
        Callable<List<String>> writer = () -> edits(scene, all, name);
        writers.add(threads.submit(writer));
      }
      List<String> written = new ArrayList<>(List.of("first"));
      for (Future<List<String>> writer : writers) {
        written.addAll(writer.get());
      }

      long last = 1 + WRITERS * EDITS;
      assertThat(scene.othersVault().get(id).version()).isEqualTo(last);
      assertThat(scene.othersVault().history().list(id))
          .extracting(revision -> revision.summary().version())
          .containsExactlyElementsOf(LongStream.range(0, 20).mapToObj(i -> last - 1 - i).toList());
      List<String> stored = logins(scene.othersVault(), id);
      assertThat(stored).hasSize(21).doesNotHaveDuplicates();
      assertThat(written).containsAll(stored);
      agrees(scene);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> edits(Scene scene, VaultPolicies policies, String name) {
    List<String> written = new ArrayList<>();
    try (EzyPass process = scene.local.open(b -> b.policies(policies))) {
      Vault vault = process.repository().vault(Scene.ALICE);
      while (written.size() < EDITS) {
        String login = name + ", edit " + written.size();
        vault.edit(scene.credential.id(), old -> Scene.with(old, login, login));
        written.add(login);
      }
    }
    return written;
  }

  /** Each change that touches the row of the revision, which somebody deleted beneath. */
  @ParameterizedTest
  @EnumSource(Api.class)
  void aRevisionThatSomebodyDeletedStandsInNobodysWay(Api api) {
    try (Scene scene = new Scene(api)) {
      Vault vault = scene.vault();
      CredentialId id = scene.credential.id();
      lose(scene);

      assertThat(vault.history().list(id)).isEmpty();
      assertThat(
              catchThrowableOfType(
                  RevisionNotFoundException.class, () -> vault.history().get(id, 1)))
          .isNotNull();
      assertThat(vault.edit(id, old -> ending(scene, old)).version()).isEqualTo(3);
      agrees(scene);
      assertThat(vault.edit(id, old -> Scene.with(old, "third", "third")).version()).isEqualTo(4);
      assertThat(vault.history().list(id)).hasSize(1);
      agrees(scene);
    }
    try (Scene scene = new Scene(api)) {
      CredentialId id = scene.credential.id();
      lose(scene);

      scene.vault().delete(id, 2);
      agrees(scene);
      lose(scene, scene.vault().trash().restore(id, 3).version());
      scene.vault().delete(id, 5);
      scene.vault().trash().restore(id, 6);
      agrees(scene);
      assertThat(scene.vault().trash().list(PageRequest.first(10)).items()).isEmpty();
    }
  }

  private static void lose(Scene scene) {
    lose(scene, 1);
  }

  /** Keeps that version of the credential as a revision, and deletes it. */
  private static void lose(Scene scene, long version) {
    CredentialId id = scene.credential.id();
    String password = "password " + version;
    scene.vault().update(id, version, Scene.with(scene.credential.content(), password, "next"));
    List<String> revisions =
        scene.local.inspector().partition("U#alice").stream()
            .map(item -> item.get("sk").s())
            .filter(sk -> sk.startsWith("REV#"))
            .toList();
    assertThat(revisions).hasSize(1);
    scene.local.inspector().delete("U#alice", revisions.get(0));
  }

  private static CredentialContent ending(Scene scene, CredentialContent content) {
    return content.toBuilder()
        .expiresAt(scene.local.clock().instant().plus(Duration.ofDays(10)))
        .build();
  }

  /** The logins of all versions, newest first, each read whole. */
  private static List<String> logins(Vault vault, CredentialId id) {
    List<String> logins = new ArrayList<>(List.of(vault.get(id).content().login()));
    vault.history().list(id).stream()
        .map(revision -> vault.history().get(id, revision.summary().version()))
        .forEach(version -> logins.add(version.content().login()));
    return logins;
  }

  /** Every row is one that another row says is there, and ends when that one says. */
  private static void agrees(Scene scene) {
    assertThat(scene.otherProcess.admin().repair(Scene.ALICE, Mode.DRY_RUN).findings()).isEmpty();
  }
}
