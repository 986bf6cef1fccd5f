package io.ezypass.testkit.contract;

/**
 * Every promise of {@link io.ezypass.VaultRepository} and {@link io.ezypass.Vault} as a test. A
 * subclass names a target, and needs nothing else:
 *
 * <pre>{@code
 * class MyContractTest extends VaultRepositoryContract {
 *   @Override
 *   protected ContractTarget newTarget() {
 *     return new MyTarget();
 *   }
 * }
 * }</pre>
 *
 * <p>Each test gets a target of its own. No test sleeps or measures time. Random tests report their
 * seed; the system property {@value #SEED_PROPERTY} repeats it.
 */
public abstract class VaultRepositoryContract extends OriginRegressionsContract {
  /** The system property that names the seed of random tests. */
  public static final String SEED_PROPERTY = "ezypass.testkit.seed";

  /** For subclasses. */
  protected VaultRepositoryContract() {}
}
