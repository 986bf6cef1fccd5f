package io.ezypass.testkit.dynamodb;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The rules and actions of a {@link Faults}, and what came of them. Thread safe. */
final class FaultPlan {
  private final List<FaultRule> rules = new ArrayList<>();
  private final List<Action> actions = new ArrayList<>();
  private final List<InjectedFault> log = new ArrayList<>();
  private int calls;

  /** When an action runs. */
  enum Moment {
    BEFORE_SEND,
    AFTER_SEND
  }

  private record Action(String operation, Moment moment, Runnable task) {}

  synchronized void add(FaultRule rule) {
    rules.add(rule);
  }

  synchronized void add(String operation, Moment moment, Runnable task) {
    actions.add(new Action(operation, moment, task));
  }

  synchronized void clear() {
    rules.clear();
    actions.clear();
  }

  synchronized List<InjectedFault> log() {
    return List.copyOf(log);
  }

  /** Numbers a new call, from 1. */
  synchronized int nextCall() {
    return ++calls;
  }

  /** The fault that hits this attempt, or this call as a whole if it is attempt 0. */
  synchronized @Nullable Fault decide(
      int call, int attempt, String operation, RandomGenerator random) {
    for (FaultRule rule : rules) {
      Fault fault = rule.decide(call, operation, random);
      if (fault != null && fault.hitsAttempt() == (attempt > 0) && fault.canHit(operation)) {
        rule.injected(call);
        rules.removeIf(FaultRule::spent);
        log.add(new InjectedFault(call, attempt, operation, fault));
        return fault;
      }
    }
    return null;
  }

  /** Runs the actions due, each for the last time, without holding a lock. */
  void run(String operation, Moment moment) {
    take(operation, moment).forEach(Runnable::run);
  }

  private synchronized List<Runnable> take(String operation, Moment moment) {
    List<Runnable> due = new ArrayList<>();
    for (Iterator<Action> all = actions.iterator(); all.hasNext(); ) {
      Action action = all.next();
      if (action.moment == moment && action.operation.equals(operation)) {
        all.remove();
        due.add(action.task);
      }
    }
    return due;
  }
}
