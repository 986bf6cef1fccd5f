package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.admin.Finding;
import io.ezypass.admin.Finding.Outcome;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.JobProgress;
import io.ezypass.admin.Mode;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.ItemKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What becomes of findings while others write: every look is scripted. */
class RepairRoundsTest {
  private static final TransactWriteItemsResponse DONE =
      TransactWriteItemsResponse.builder().build();

  private final Script script = new Script();
  private final Deque<List<Proposal>> looks = new ArrayDeque<>();
  private final List<JobProgress> progress = new ArrayList<>();
  private JobOptions options = JobOptions.unpaced().observedBy(progress::add);

  @Test
  void whatIsMendedAtOnceIsNotLookedAtAgain() {
    looks.add(List.of(mend(1), mend(2)));
    script.answer(DONE).answer(DONE);

    assertThat(run(Mode.APPLY)).containsExactly("1 MENDED", "2 MENDED");
    assertThat(progress)
        .containsExactly(new JobProgress(Fixtures.USER, 1), new JobProgress(Fixtures.USER, 2));
  }

  @Test
  void aDryRunSendsNothingAndTellsWhatTwoLooksShow() {
    looks.add(List.of(mend(1), report(2)));
    looks.add(List.of(mend(1), report(2)));

    assertThat(run(Mode.DRY_RUN)).containsExactly("1 WOULD_MEND", "2 REPORTED");
    assertThat(script.sent()).isEmpty();
    assertThat(progress).isEmpty();
  }

  @Test
  void whatWasOnlySeenInPassingIsNotTold() {
    looks.add(List.of(mend(1), report(2)));
    looks.add(List.of());

    assertThat(run(Mode.DRY_RUN)).isEmpty();
  }

  @Test
  void whatRestsUponOtherRowsInEachLookHasChangedMeanwhile() {
    for (int version = 1; version <= 3; version++) {
      looks.add(List.of(report(7, version)));
    }

    assertThat(run(Mode.APPLY)).containsExactly("7 CHANGED_MEANWHILE");
  }

  @Test
  void aConditionThatFailsIsLookedAtAgainAndMended() {
    looks.add(List.of(mend(1)));
    looks.add(List.of(mend(2)));
    script.fail(cancelled("ConditionalCheckFailed")).answer(DONE);

    assertThat(run(Mode.APPLY)).containsExactly("2 MENDED");
  }

  @Test
  void aConditionThatFailsBecauseNothingIsWrongAnyMoreIsNotTold() {
    looks.add(List.of(mend(1)));
    looks.add(List.of());
    script.fail(cancelled("ConditionalCheckFailed"));

    assertThat(run(Mode.APPLY)).isEmpty();
  }

  @Test
  void conditionsThatKeepFailingEndAfterThreeLooks() {
    for (int look = 1; look <= 3; look++) {
      looks.add(List.of(mend(1)));
      script.fail(cancelled("ConditionalCheckFailed"));
    }

    assertThat(run(Mode.APPLY)).containsExactly("1 CHANGED_MEANWHILE");
    assertThat(script.sent()).hasSize(3);
    assertThat(script.pauses()).hasSize(2);
  }

  @Test
  void whatWasMendedOrToldBeforeIsNotToldAgain() {
    looks.add(List.of(mend(1), report(2)));
    looks.add(List.of(report(2), mend(3)));
    script.answer(DONE).answer(DONE);

    assertThat(run(Mode.APPLY)).containsExactly("1 MENDED", "2 REPORTED", "3 MENDED");
  }

  @Test
  void anAnswerThatGotLostIsAskedForAgainUnderTheSameToken() {
    looks.add(List.of(mend(1)));
    script
        .fail(SdkClientException.builder().message("timeout").build())
        .fail(cancelled("TransactionConflict"))
        .answer(DONE);

    assertThat(run(Mode.APPLY)).containsExactly("1 MENDED");
    assertThat(script.requests()).hasSize(3).containsOnly(script.requests().get(0));
  }

  @Test
  void collisionsThatDoNotEndAreLookedAtAgain() {
    looks.add(List.of(mend(1)));
    looks.add(List.of());
    for (int i = 0; i < 9; i++) {
      script.fail(cancelled("TransactionConflict"));
    }

    assertThat(run(Mode.APPLY)).isEmpty();
    assertThat(script.isUsedUp()).isTrue();
  }

  @Test
  void aRefusalEndsIt() {
    looks.add(List.of(mend(1)));
    script.fail(
        DynamoDbException.builder()
            .statusCode(400)
            .numAttempts(1)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
            .build());

    assertThatThrownBy(() -> run(Mode.APPLY))
        .isInstanceOfSatisfying(
            StorageUnavailableException.class,
            failure ->
                assertThat(failure.reason()).isEqualTo(StorageUnavailableException.Reason.REFUSED));
  }

  @Test
  void whenCancelledNothingMoreIsSent() {
    looks.add(List.of(mend(1), mend(2)));
    script.answer(DONE);
    options = options.cancelledWhen(() -> !progress.isEmpty());

    assertThat(run(Mode.APPLY)).containsExactly("1 MENDED", "2 CHANGED_MEANWHILE");
    assertThat(script.sent()).hasSize(1);
  }

  @Test
  void asManyFindingsAsSomebodyPutsIntoAVaultNeitherFillTheStackNorTakeForEver() {
    int count = 50_000;
    for (int look = 1; look <= 2; look++) {
      looks.add(IntStream.range(0, count).mapToObj(RepairRoundsTest::report).toList());
    }

    assertThat(run(Mode.APPLY)).hasSize(count).startsWith("0 REPORTED");
  }

  private List<String> run(Mode mode) {
    RepairRun run = new RepairRun(mode, new Job(options, () -> 0));
    List<Finding> findings =
        script.run(
            new RepairRounds(Fixtures.environment())
                .plan(run, Fixtures.USER, () -> Plan.done(looks.remove())));
    assertThat(looks).isEmpty();
    assertThat(findings).allMatch(finding -> Fixtures.USER.equals(finding.user()));
    return findings.stream().map(f -> f.what() + " " + outcome(f)).toList();
  }

  private static Outcome outcome(Finding finding) {
    return finding.outcome();
  }

  private static Proposal mend(int number) {
    return new Proposal(
        Fixtures.USER,
        Finding.Kind.FORWARDING_DANGLING,
        Integer.toString(number),
        List.of(Step.delete(ItemKey.keys(Fixtures.USER), Condition.versionIs(number))));
  }

  private static Proposal report(int number) {
    return report(number, number);
  }

  private static Proposal report(int number, long version) {
    return Proposal.report(
        Fixtures.USER,
        Finding.Kind.ROW_UNREADABLE,
        Integer.toString(number),
        Step.check(ItemKey.profile(Fixtures.USER), Condition.versionIs(version)));
  }

  private static TransactionCanceledException cancelled(String code) {
    return TransactionCanceledException.builder()
        .numAttempts(1)
        .cancellationReasons(List.of(CancellationReason.builder().code(code).build()))
        .build();
  }
}
