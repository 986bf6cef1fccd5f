package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.VaultException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import io.ezypass.model.VaultPolicies;
import java.util.List;
import java.util.stream.Stream;

/** Every kind of write: how it is done, what it must return, and how to tell that it was done. */
interface Write {
  /** All of them. */
  static Stream<Write> all() {
    return Stream.of(
            UserWrite.values(),
            CredentialWrite.values(),
            TrashWrite.values(),
            DueWrite.values(),
            SharingWrite.values())
        .flatMap(Stream::of);
  }

  /** What an observer calls it. */
  String call();

  /** The DynamoDB operation that does it, and that may get lost. */
  String operation();

  /** What the process that does it keeps. */
  default VaultPolicies policies() {
    return VaultPolicies.defaults();
  }

  /** Brings about what the write presupposes. */
  default void prepare(Scene scene) {}

  /** Does it, and checks what it returns. */
  void run(Scene scene);

  /** Whether it took effect, exactly once; fails if half of it did, or more than once. */
  boolean wasApplied(Scene scene);

  /** What somebody else does so that the write cannot take effect any more, and what it ends in. */
  default Class<? extends VaultException> rival(Scene scene) {
    throw new UnsupportedOperationException(this + " has no rival");
  }

  default boolean hasRival() {
    return true;
  }

  /** Whether what the rival wrote is there. */
  boolean isStillTheRivals(Scene scene);

  static boolean isRival(Scene scene) {
    return "rival".equals(scene.othersVault().get(scene.credential.id()).content().login());
  }

  static void move(Scene scene) {
    scene.othersVault().update(scene.credential.id(), 1, Scene.content("gitlab.com", "first"));
  }

  static Class<? extends VaultException> credentialRival(Scene scene, String website, long seen) {
    scene.othersVault().update(scene.credential.id(), seen, Scene.content(website, "rival"));
    return VersionConflictException.class;
  }

  static CredentialContent otherSecret(String login) {
    return Scene.content("github.com", login).toBuilder().password(Secret.of("staple")).build();
  }

  static List<String> rows(Scene scene, String prefix) {
    return scene.local.inspector().partition("U#alice").stream()
        .map(item -> item.get("sk").s())
        .filter(sk -> sk.startsWith(prefix))
        .toList();
  }

  /** What is listed is there, and opens. */
  static void kept(Scene scene, List<Long> versions) {
    CredentialId id = scene.credential.id();
    assertThat(scene.othersVault().history().list(id))
        .extracting(revision -> revision.summary().version())
        .containsExactlyElementsOf(versions);
    for (long version : versions) {
      assertThat(scene.othersVault().history().get(id, version).version()).isEqualTo(version);
    }
    assertThat(rows(scene, "REV#")).hasSameSizeAs(versions);
  }
}
