package io.ezypass.testkit.tamper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.ezypass.EzyPass;
import io.ezypass.model.Credential;
import io.ezypass.model.Secret;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Somebody who may write to the table changes items of every kind, and the library refuses each of
 * them: every bit and every shorter length of every binary attribute, other types, numbers and
 * characters, missing attributes, attributes of other versions, items, users and tables, copies
 * under other keys. A refusal has the type that the format's description gives, one message for all
 * refusals of that type of one item, no cause, nothing of what users wrote and no key; and it comes
 * before anything is written.
 *
 * <pre>{@code
 * class OurTamperTest extends TamperSuite {
 *   @Override
 *   protected EzyPass.Builder configure(EzyPass.Builder builder) {
 *     return builder.keyCacheTtl(Duration.ofMinutes(1)); // as in production
 *   }
 * }
 * }</pre>
 *
 * <p>The table is one of DynamoDB Local's, with a KMS fake. Most damaged items are shown to the
 * library without being stored, which is what makes so many of them affordable; a sample of every
 * attack is stored. What is not refused, such as a whole item put back, is not in here: see the
 * library's security document. How many items were damaged and refused is published as a report
 * entry. Each refusal is a warning in the log as well, of a logger below {@code io.ezypass}. Takes
 * well under a minute, and runs on one thread.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
public abstract class TamperSuite {
  private static final int THROUGH_EVERY_READ = 4;
  private static final int STORED = 2;

  private @Nullable TamperScene scene;
  private @Nullable Refusals refusals;

  /** For subclasses. */
  protected TamperSuite() {}

  /**
   * Changes the configuration under test; by default, nothing.
   *
   * @param builder with clock, table and KMS key set
   * @return the builder; clients and policies that it sets are replaced
   */
  protected EzyPass.Builder configure(EzyPass.Builder builder) {
    return builder;
  }

  @BeforeAll
  final void openTables() {
    TamperScene opened = new TamperScene(this::configure);
    scene = opened;
    refusals = new Refusals(opened);
  }

  @AfterAll
  final void closeTables(TestReporter reporter) {
    reporter.publishEntry("TamperSuite", summary());
    scene().close();
  }

  /**
   * How many items were damaged so far, and how many calls on them were refused.
   *
   * @return one line
   */
  protected final String summary() {
    return refusals().summary();
  }

  @TestFactory
  final Stream<DynamicNode> everyDamageToEveryAttribute() {
    return eachTarget(
        target -> damage(target),
        (target, attack) ->
            refusals()
                .refuse(target, attack, List.of(target.caller()), List.of(target.cheapest())));
  }

  @TestFactory
  final Stream<DynamicNode> everyMixtureOfItems() {
    return eachTarget(
        target -> mixtures(target),
        (target, attack) ->
            refusals()
                .refuse(target, attack, List.of(target.caller()), List.of(target.cheapest())));
  }

  @TestFactory
  final Stream<DynamicNode> aSampleThroughEveryReadColdAndWarmBlockingAndAsync() {
    return eachTarget(
        target -> sample(target, THROUGH_EVERY_READ),
        (target, attack) ->
            refusals().refuse(target, attack, target.callers(), target.pathsThatSee(attack)));
  }

  @TestFactory
  final Stream<DynamicNode> aSampleStoredInTheTable() {
    return eachTarget(
        target -> sample(target, STORED),
        (target, attack) ->
            refusals()
                .refuseStored(
                    target.name(), attack, List.of(target.caller()), List.of(target.cheapest())));
  }

  @TestFactory
  final Stream<DynamicNode> copiesUnderOtherKeys() {
    return Copies.of(scene().stored, scene().other).stream()
        .map(
            copy ->
                dynamicTest(
                    copy.attack().name(),
                    () -> {
                      refusals()
                          .refuseStored(
                              copy.attack().name(),
                              copy.attack(),
                              List.of(Caller.WARM, Caller.COLD, Caller.ASYNC_WARM),
                              copy.paths());
                      originalsOpen();
                    }));
  }

  @TestFactory
  final Stream<DynamicNode> whatNothingAuthenticatesChangesNothing() {
    return eachTarget(
        target -> Loose.changes(target), (target, attack) -> refusals().ignore(target, attack));
  }

  private interface Check {
    void accept(Target target, Attack attack);
  }

  private Stream<DynamicNode> eachTarget(
      Function<Target, Stream<Attack.Group>> groups, Check check) {
    return new Targets(scene().stored)
        .all().stream()
            .map(
                target ->
                    dynamicContainer(
                        target.name(),
                        groups.apply(target).map(group -> test(target, group, check))));
  }

  private static DynamicNode test(Target target, Attack.Group group, Check check) {
    return dynamicTest(
        "%s (%,d)".formatted(group.name(), group.attacks().size()),
        () -> {
          assertThat(group.attacks()).isNotEmpty();
          group.attacks().forEach(attack -> check.accept(target, attack));
        });
  }

  private static Stream<Attack.Group> damage(Target target) {
    return target.authentic().stream()
        .flatMap(attribute -> Damage.to(target.item(), attribute).stream());
  }

  private Stream<Attack.Group> mixtures(Target target) {
    return new Sources(scene().stored, scene().other).of(target).stream();
  }

  private Stream<Attack.Group> sample(Target target, int most) {
    return Stream.concat(damage(target), mixtures(target))
        .map(group -> new Attack.Group(group.name(), group.sample(most)));
  }

  /** What is not damaged opens, also while a copy was there. */
  private void originalsOpen() {
    try (Credential read =
        scene()
            .ezypass
            .repository()
            .vault(TamperScene.ALICE)
            .get(scene().stored.credential().id())) {
      assertThat(read.content().password()).isEqualTo(Secret.of(TamperScene.CANARY + "-password"));
    }
  }

  private TamperScene scene() {
    return opened(scene);
  }

  private Refusals refusals() {
    return opened(refusals);
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("no test is running");
    }
    return part;
  }
}
