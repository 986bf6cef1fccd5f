package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.DueWrite.DAY;
import static io.ezypass.testkit.promises.DueWrite.LATER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.CredentialId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever changes or deletes what is due at once: the due list says what is sealed. */
class DueRacesTest {
  private static final LocalDate LATEST = DAY.plusDays(180);
  private static final int WRITERS = 4;
  private static final int EDITS = 6;

  @ParameterizedTest
  @EnumSource(Api.class)
  void ofTwoEditsThatMoveTheDayTheLastOneStandsAlone(Api api) {
    try (Scene scene = due(api)) {
      meanwhile(scene, "TransactWriteItems", () -> move(scene.othersVault(), scene, LATER));

      assertThat(move(scene.vault(), scene, LATEST)).isEqualTo(4);

      assertThat(day(scene)).isEqualTo(LATEST);
      DueWrite.agrees(scene);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anUpdateThatAnotherDayOvertakesIsAConflict(Api api) {
    try (Scene scene = due(api)) {
      meanwhile(scene, "TransactWriteItems", () -> move(scene.othersVault(), scene, LATER));

      conflict(() -> scene.vault().update(id(scene), 2, DueWrite.due("mine", LATEST)));

      assertThat(day(scene)).isEqualTo(LATER);
      DueWrite.agrees(scene);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aDeletionThatAnotherDayOvertakesIsAConflict(Api api) {
    try (Scene scene = due(api)) {
      meanwhile(scene, "TransactWriteItems", () -> move(scene.othersVault(), scene, LATER));

      conflict(() -> scene.vault().delete(id(scene), 2));

      assertThat(day(scene)).isEqualTo(LATER);
      DueWrite.agrees(scene);
    }
  }

  /** Before it knows of the row in the due list, and afterwards. */
  @ParameterizedTest
  @ValueSource(strings = {"DeleteItem", "TransactWriteItems"})
  void aDeletionForGoodThatAnotherDayOvertakesIsAConflict(String request) {
    for (Api api : Api.values()) {
      try (Scene scene = prepared(new Scene(api, b -> b.policies(Scene.KEEP_NOTHING)))) {
        meanwhile(scene, request, () -> move(scene.othersVault(), scene, LATER));

        conflict(() -> scene.vault().delete(id(scene), 2));

        assertThat(day(scene)).isEqualTo(LATER);
        DueWrite.agrees(scene);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anotherDayThatADeletionOvertakesIsNotFoundAndLeavesNothing(Api api) {
    try (Scene scene = due(api)) {
      meanwhile(scene, "TransactWriteItems", () -> scene.othersVault().delete(id(scene), 2));
      notFound(() -> move(scene.vault(), scene, LATER));
      DueWrite.agrees(scene);
    }
    try (Scene scene = due(api);
        EzyPass deleter = scene.local.open(b -> b.policies(Scene.KEEP_NOTHING))) {
      Vault vault = deleter.repository().vault(Scene.ALICE);
      meanwhile(scene, "TransactWriteItems", () -> vault.delete(id(scene), 2));
      notFound(() -> move(scene.vault(), scene, LATER));
      DueWrite.agrees(scene);
      assertThat(scene.local.inspector().partition("U#alice")).hasSize(2);
    }
  }

  @Test
  void ofManyWhoMoveTheDayAtOnceOneRowIsLeft() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try (Scene scene = due(Api.SYNC)) {
      List<Future<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        Callable<Boolean> moving = () -> moves(scene, writer);
        writers.add(threads.submit(moving));
      }
      for (Future<Boolean> writer : writers) {
        assertThat(writer.get()).isTrue();
      }

      assertThat(scene.othersVault().get(id(scene)).version()).isEqualTo(2 + WRITERS * EDITS);
      DueWrite.agrees(scene);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Two of three times to a day, otherwise to none. */
  private static boolean moves(Scene scene, int writer) {
    try (EzyPass process = scene.local.open(b -> b)) {
      Vault vault = process.repository().vault(Scene.ALICE);
      for (int i = 0; i < EDITS; i++) {
        @Nullable LocalDate day = i % 3 == 2 ? null : DAY.plusDays(10L * writer + i);
        vault.edit(id(scene), old -> old.toBuilder().rotateBy(day).build());
      }
    }
    return true;
  }

  private static Scene due(Api api) {
    return prepared(new Scene(api));
  }

  private static Scene prepared(Scene scene) {
    DueWrite.UPDATE_DUE.prepare(scene);
    return scene;
  }

  private static CredentialId id(Scene scene) {
    return scene.credential.id();
  }

  private static long move(Vault vault, Scene scene, LocalDate day) {
    return vault.edit(id(scene), old -> old.toBuilder().rotateBy(day).build()).version();
  }

  private static @Nullable LocalDate day(Scene scene) {
    return scene.othersVault().get(id(scene)).content().meta().rotateBy();
  }

  private static void meanwhile(Scene scene, String operation, Runnable what) {
    scene.local.faults().beforeSend(operation, what);
  }

  private static void conflict(Runnable call) {
    VersionConflictException conflict =
        catchThrowableOfType(VersionConflictException.class, call::run);
    assertThat(conflict).isNotNull();
    assertThat(conflict.stored()).isEqualTo(3);
  }

  private static void notFound(Runnable call) {
    assertThat(catchThrowableOfType(CredentialNotFoundException.class, call::run)).isNotNull();
  }
}
