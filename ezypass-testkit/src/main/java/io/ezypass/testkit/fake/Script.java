package io.ezypass.testkit.fake;

import io.ezypass.error.VaultException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.WriteOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What a test asked to go wrong, and what became of the writes that did. Guarded by the table. */
final class Script {
  /** Which half of a write gets lost. */
  enum Loss {
    REQUEST,
    RESPONSE
  }

  private final RandomText random;
  private final Deque<VaultException> failures = new ArrayDeque<>();
  private final Deque<Loss> losses = new ArrayDeque<>();
  private final Map<PendingWrite, WriteOutcome> outcomes = new HashMap<>();

  Script(RandomText random) {
    this.random = random;
  }

  void failNextCall(VaultException failure) {
    failures.add(failure);
  }

  void loseNext(Loss loss) {
    losses.add(loss);
  }

  void beforeCall() {
    VaultException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  /** The one place through which state changes. */
  void commit(Runnable change) {
    Loss loss = losses.poll();
    if (loss != Loss.REQUEST) {
      change.run();
    }
    if (loss != null) {
      PendingWrite pending = PendingWrite.of(random.pendingWrite());
      outcomes.put(pending, loss == Loss.REQUEST ? WriteOutcome.NOT_APPLIED : WriteOutcome.APPLIED);
      throw new WriteOutcomeUnknownException(pending);
    }
  }

  WriteOutcome outcome(PendingWrite pending) {
    WriteOutcome outcome = outcomes.get(pending);
    if (outcome == null) {
      throw new IllegalArgumentException("pending write is not one of this table");
    }
    return outcome;
  }

  void forget(PendingWrite pending) {
    outcome(pending);
    outcomes.put(pending, WriteOutcome.UNKNOWN);
  }
}
