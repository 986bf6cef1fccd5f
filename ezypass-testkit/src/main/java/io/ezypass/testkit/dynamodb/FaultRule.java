package io.ezypass.testkit.dynamodb;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When to inject what. Not thread safe: {@link FaultPlan} guards it. */
interface FaultRule {
  /** The fault meant for a call of this number; {@code random} is of this decision alone. */
  @Nullable Fault decide(int call, String operation, RandomGenerator random);

  /** Takes note that the fault decided on was injected. */
  default void injected(int call) {}

  /** Whether this rule can never fire again. */
  default boolean spent() {
    return false;
  }

  /** Every time. */
  static FaultRule always(Fault fault, Predicate<String> operations) {
    return (call, operation, random) -> operations.test(operation) ? fault : null;
  }

  /** Each time with this probability, one of these. */
  static FaultRule randomly(double probability, List<Fault> faults, Predicate<String> operations) {
    return (call, operation, random) ->
        operations.test(operation) && random.nextDouble() < probability
            ? faults.get(random.nextInt(faults.size()))
            : null;
  }

  /** The next so many times. */
  static FaultRule next(int times, Fault fault, Predicate<String> operations) {
    return new FaultRule() {
      private int left = times;

      @Override
      public @Nullable Fault decide(int call, String operation, RandomGenerator random) {
        return operations.test(operation) ? fault : null;
      }

      @Override
      public void injected(int call) {
        left--;
      }

      @Override
      public boolean spent() {
        return left == 0;
      }
    };
  }

  /** Every time within the next call. */
  static FaultRule nextCall(Fault fault, Predicate<String> operations) {
    return new FaultRule() {
      private static final int NONE = 0;
      private int hitCall = NONE;

      @Override
      public @Nullable Fault decide(int call, String operation, RandomGenerator random) {
        boolean mine = hitCall == NONE ? operations.test(operation) : hitCall == call;
        return mine ? fault : null;
      }

      @Override
      public void injected(int call) {
        hitCall = call;
      }
    };
  }
}
