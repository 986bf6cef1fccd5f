package io.ezypass.testkit.model;

import io.ezypass.EzyPass;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.contract.BlockingVaultRepository;
import io.ezypass.testkit.fake.InMemoryVaultRepository;
import io.ezypass.testkit.model.Side.View.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The fake and the library, which go by one clock. */
final class Sides implements AutoCloseable {
  /** Always the same, so that a seed draws the same dates. */
  private static final Instant START = Instant.parse("2031-03-01T12:00:00.250Z");

  private final EzyPassLocal local = EzyPassLocal.start();
  private final Map<VaultPolicies, EzyPass> processes = new HashMap<>();
  private final InMemoryVaultRepository memory = InMemoryVaultRepository.create(local.clock());
  private final Side fake =
      new Side(
          (policies, style) ->
              style == Style.SYNC
                  ? memory.with(policies)
                  : BlockingVaultRepository.of(memory.with(policies).async()));
  private final Side library =
      new Side(
          (policies, style) ->
              style == Style.SYNC
                  ? process(policies).repository()
                  : BlockingVaultRepository.of(process(policies).asyncRepository()));

  Sides() {
    local.clock().advance(Duration.between(local.clock().instant(), START));
  }

  InMemoryVaultRepository memory() {
    return memory;
  }

  Side fake() {
    return fake;
  }

  Side library() {
    return library;
  }

  /**
   * A process that still has the keys of a deleted user can write for a while, as the deletion's
   * contract says. The fake has no keys to cache, so here no process keeps them.
   */
  void forgetDeleted() {
    for (UserId user : World.USERS) {
      if (memory.findUser(user).isEmpty()) {
        processes.values().forEach(process -> process.evict(user));
      }
    }
  }

  @Override
  public void close() {
    processes.values().forEach(EzyPass::close);
    local.close();
  }

  private EzyPass process(VaultPolicies policies) {
    return processes.computeIfAbsent(
        policies, key -> local.open(builder -> builder.policies(policies)));
  }
}
