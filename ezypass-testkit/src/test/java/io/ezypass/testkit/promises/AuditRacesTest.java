package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.AuditScene.AUDITED;
import static io.ezypass.testkit.promises.AuditScene.actions;
import static io.ezypass.testkit.promises.AuditScene.numbers;
import static io.ezypass.testkit.promises.AuditScene.trail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.BatchOptions;
import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.BatchId;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.dynamodb.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writers of one audit trail at once, and writes whose answer is lost. */
class AuditRacesTest {
  private static final int THREADS = 8;

  @Test
  void eightThreadsOnOneCredentialLoseNothing() throws Exception {
    try (Scene scene = AuditScene.start(Api.SYNC)) {
      CredentialId id = scene.credential.id();
      atOnce(
          thread -> {
            for (int i = 0; i < 5; i++) {
              scene.vault().edit(id, seen -> Scene.with(seen, "pw", seen.login() + "."));
            }
          });

      assertThat(scene.vault().get(id).version()).isEqualTo(1 + THREADS * 5);
      assertThat(numbers(trail(scene)))
          .isEqualTo(LongStream.rangeClosed(1, 2 + THREADS * 5).boxed().toList());
      assertThat(trail(scene).stream().skip(1).map(e -> e.changes().get(0).version()))
          .isEqualTo(LongStream.rangeClosed(1, 1 + THREADS * 5).boxed().toList());
    }
  }

  @Test
  void eightThreadsOnOneVaultAllGetTheirTurn() throws Exception {
    try (Scene scene = AuditScene.start(Api.SYNC)) {
      atOnce(
          thread -> {
            Vault vault = scene.vault();
            Credential mine = vault.add(Scene.content("github.com", "thread " + thread));
            vault.edit(mine.id(), seen -> seen.toBuilder().title("t").build());
            vault.delete(mine.id(), 2);
            vault.trash().restore(mine.id(), 3);
            vault.delete(mine.id(), 4);
            vault.trash().purge(mine.id(), 5);
            vault
                .batch()
                .add(
                    BatchId.of("thread " + thread),
                    Collections.nCopies(3, Scene.content("github.com", "many")),
                    BatchOptions.standard());
          });

      assertThat(scene.vault().open()).hasSize(1 + THREADS * 3);
      assertThat(numbers(trail(scene)))
          .isEqualTo(LongStream.rangeClosed(1, 2 + THREADS * 7).boxed().toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aLostAnswerLeavesOneEvent(Api api) {
    VaultPolicies none =
        new VaultPolicies(RevisionPolicy.off(), TrashPolicy.off(), AuditPolicy.keepForever());
    for (Fault fault : List.of(Fault.LOST_RESPONSE, Fault.LOST_REQUEST)) {
      for (VaultPolicies policies : List.of(AUDITED, none)) {
        try (Scene scene = new Scene(api, builder -> builder.policies(policies))) {
          Vault vault = scene.vault();
          scene.local.faults().once(fault, "TransactWriteItems");
          vault.edit(scene.credential.id(), seen -> seen.toBuilder().title("t").build());
          scene.local.faults().once(fault, "TransactWriteItems");
          vault.add(Scene.content("a.example", "a"));
          scene.local.faults().once(fault, "TransactWriteItems");
          vault.delete(scene.credential.id(), 2);

          assertThat(actions(scene))
              .as("%s", fault)
              .containsExactly(
                  Action.REGISTER,
                  Action.ADD,
                  Action.UPDATE,
                  Action.ADD,
                  policies.equals(none) ? Action.DELETE : Action.TRASH);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aWriteOfUnknownOutcomeIsResolvedAndLeftItsEvent(Api api) {
    try (Scene scene = AuditScene.start(api)) {
      scene.local.faults().wholeCall(Fault.LOST_RESPONSE, "TransactWriteItems");
      WriteOutcomeUnknownException unknown =
          catchThrowableOfType(
              WriteOutcomeUnknownException.class,
              () -> scene.vault().update(scene.credential.id(), 1, Write.otherSecret("x")));

      assertThat(scene.others.resolve(unknown.pending())).isEqualTo(WriteOutcome.APPLIED);
      assertThat(actions(scene)).containsExactly(Action.REGISTER, Action.ADD, Action.UPDATE);
    }
  }

  /** Both are about to write the same number; only one of them has a clock that says so late. */
  @ParameterizedTest
  @EnumSource(Api.class)
  void twoWritersWhoseClocksShowDifferentMonthsLeaveOneTrail(Api api) {
    try (Scene scene = AuditScene.start(api)) {
      meanwhileInTwoMonths(scene);
      AuditScene.edit(scene);
      AuditScene.edit(scene);

      assertThat(numbers(trail(scene))).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }

  /** The policy is turned on for a vault that has no events yet. */
  @ParameterizedTest
  @EnumSource(Api.class)
  void twoWritersOfTheFirstEventLeaveOneTrailInAnyMonth(Api api) {
    try (Scene scene = new Scene(api);
        EzyPass audited = scene.local.open(builder -> builder.policies(AUDITED))) {
      Vault vault = api.of(audited).vault(Scene.ALICE);
      meanwhileInTwoMonths(scene);
      vault.edit(scene.credential.id(), seen -> seen.toBuilder().title("t").build());
      vault.edit(scene.credential.id(), seen -> seen.toBuilder().title("u").build());

      assertThat(numbers(trail(scene))).containsExactly(1L, 2L, 3L);
    }
  }

  /** After the next write was made, and before it is sent, another process adds, months later. */
  private static void meanwhileInTwoMonths(Scene scene) {
    scene
        .local
        .faults()
        .beforeSend(
            "TransactWriteItems",
            () -> {
              scene.local.clock().advance(Duration.ofDays(70));
              try (EzyPass other =
                  scene.local.open(
                      builder ->
                          builder
                              .policies(AUDITED)
                              .clients(
                                  DynamoDbLocal.shared().client(), scene.local.kms().client()))) {
                other.repository().vault(Scene.ALICE).add(Scene.content("b.example", "b")).close();
              }
            });
  }

  private interface Task {
    void run(int thread);
  }

  private static void atOnce(Task task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      tasks.add(
          () -> {
            start.await(60, TimeUnit.SECONDS);
            task.run(thread);
            return true;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
