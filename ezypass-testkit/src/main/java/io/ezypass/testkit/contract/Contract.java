package io.ezypass.testkit.contract;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Makes and closes targets. The topics of the contract are classes of which each extends the one
 * before: that way every test is inherited by, and reported under, the target's own class. Nested
 * classes would all be reported under the name of the contract, interfaces would make every test
 * method public.
 */
abstract class Contract {
  private final List<ContractTarget> others = new ArrayList<>();
  private @Nullable ContractTarget target;

  /**
   * Makes a target with an empty table. Called before each test, and again by tests that need a
   * second table.
   *
   * @return the target, closed after the test
   */
  protected abstract ContractTarget newTarget();

  /**
   * The target of the running test.
   *
   * @return the target, closed after the test
   */
  protected final ContractTarget target() {
    ContractTarget current = target;
    if (current == null) {
      throw new IllegalStateException("no test is running");
    }
    return current;
  }

  @BeforeEach
  final void makeTarget() {
    target = newTarget();
  }

  @AfterEach
  final void closeTargets() {
    ContractTarget current = target;
    target = null;
    others.forEach(ContractTarget::close);
    others.clear();
    if (current != null) {
      current.close();
    }
  }

  /** Another table of the same kind, closed after the test. */
  final ContractTarget anotherTarget() {
    ContractTarget other = newTarget();
    others.add(other);
    return other;
  }

  final VaultRepository vaults() {
    return target().repository();
  }

  final MutableClock clock() {
    return target().clock();
  }

  final void moveClockTo(Instant time) {
    clock().advance(Duration.between(clock().instant(), time));
  }

  /** The empty vault of a user registered for it. */
  final Vault newVault() {
    return vaults().vault(vaults().register(NewUser.withId(UserId.random())).id());
  }
}
