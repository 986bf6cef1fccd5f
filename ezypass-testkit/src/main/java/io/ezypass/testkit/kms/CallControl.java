package io.ezypass.testkit.kms;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.kms.model.KmsResponse;

/** Records the calls of a {@link FakeKms}, holds them, and lets them fail. Thread safe. */
final class CallControl {
  private final List<KmsCall> calls = new ArrayList<>();
  private final Map<KmsAction, Integer> failed = new EnumMap<>(KmsAction.class);
  private final Set<KmsAction> denied = EnumSet.noneOf(KmsAction.class);
  private final List<Failure> failures = new ArrayList<>();
  private final List<KmsGate> gates = new ArrayList<>();

  /** Counts the call, waits at the gates, and then runs it unless it is to fail. */
  KmsResponse run(KmsCall call, Supplier<KmsResponse> operation) {
    try {
      for (KmsGate gate : arrive(call)) {
        gate.pass(call.action());
      }
      RuntimeException refusal = refusal(call.action());
      if (refusal != null) {
        throw refusal;
      }
      return operation.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      countFailure(call.action());
      throw AbortedException.create("Thread was interrupted", e);
    } catch (RuntimeException e) {
      countFailure(call.action());
      throw e;
    }
  }

  private synchronized List<KmsGate> arrive(KmsCall call) {
    calls.add(call);
    gates.removeIf(KmsGate::isOpen);
    return List.copyOf(gates);
  }

  private synchronized @Nullable RuntimeException refusal(KmsAction action) {
    for (Iterator<Failure> rules = failures.iterator(); rules.hasNext(); ) {
      Failure rule = rules.next();
      if (rule.actions.contains(action)) {
        if (--rule.left == 0) {
          rules.remove();
        }
        return rule.exception.get();
      }
    }
    return denied.contains(action) ? KmsErrors.accessDenied(action) : null;
  }

  private synchronized void countFailure(KmsAction action) {
    failed.merge(action, 1, Integer::sum);
  }

  synchronized void deny(KmsAction action) {
    denied.add(action);
  }

  synchronized void allow(KmsAction action) {
    denied.remove(action);
  }

  synchronized void fail(
      Collection<KmsAction> actions, int times, Supplier<RuntimeException> exception) {
    if (times < 1) {
      throw new IllegalArgumentException("calls must be at least 1: " + times);
    }
    failures.add(new Failure(EnumSet.copyOf(actions), times, exception));
  }

  synchronized void clearFailures() {
    failures.clear();
  }

  synchronized KmsGate hold(Collection<KmsAction> actions) {
    KmsGate gate = new KmsGate(EnumSet.copyOf(actions));
    gates.add(gate);
    return gate;
  }

  synchronized List<KmsCall> calls() {
    return List.copyOf(calls);
  }

  synchronized Map<KmsAction, Integer> counts() {
    Map<KmsAction, Integer> counts = new EnumMap<>(KmsAction.class);
    calls.forEach(call -> counts.merge(call.action(), 1, Integer::sum));
    return counts;
  }

  synchronized Map<KmsAction, Integer> failedCounts() {
    return new EnumMap<>(failed);
  }

  synchronized void resetCalls() {
    calls.clear();
    failed.clear();
  }

  private static final class Failure {
    final Set<KmsAction> actions;
    final Supplier<RuntimeException> exception;
    int left;

    Failure(Set<KmsAction> actions, int times, Supplier<RuntimeException> exception) {
      this.actions = actions;
      this.left = times;
      this.exception = exception;
    }
  }
}
