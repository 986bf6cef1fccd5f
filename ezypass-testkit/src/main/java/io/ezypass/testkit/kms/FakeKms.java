package io.ezypass.testkit.kms;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * An AWS KMS in this process, for tests.
 *
 * <p>It really encrypts: a ciphertext opens only under the key that made it, with the same
 * encryption context and every byte unchanged. Keys are named by key id, key ARN, alias name or
 * alias ARN, and responses carry the key's ARN, as on AWS; so do its failures carry AWS's exception
 * classes, error codes and status. Its clients serve the request-object methods (and their
 * consumer-builder twins) of the actions in {@link KmsAction}; everything else throws
 * UnsupportedOperationException. There is no SDK behind the clients, so nothing is retried: one
 * call is one attempt.
 *
 * <p>A test can change the state of keys, deny actions, let calls fail, hold them, and read back
 * every call. Thread safe.
 */
public final class FakeKms {
  /** The account of {@link #create()}. */
  public static final String ACCOUNT_ID = "123456789012";

  private final Region region;
  private final SecureRandom random;
  private final Keyring keyring;
  private final String accountId;
  private final CallControl control = new CallControl();

  private FakeKms(Region region, String accountId, NewKeys newKeys, SecureRandom random) {
    this.region = region;
    this.accountId = accountId;
    this.random = random;
    this.keyring = new Keyring(accountId, newKeys);
  }

  /**
   * A KMS without keys in {@code us-east-1}, account {@value #ACCOUNT_ID}.
   *
   * @return a KMS without keys
   */
  public static FakeKms create() {
    return create(Region.US_EAST_1, ACCOUNT_ID);
  }

  /**
   * A KMS without keys in this region and account.
   *
   * @param region where keys are made
   * @param accountId twelve digits
   * @return a KMS without keys
   */
  public static FakeKms create(Region region, String accountId) {
    return create(region, accountId, new SecureRandom());
  }

  /**
   * A KMS without keys whose key ids, keys and nonces come from {@code random}. Ciphertext is as
   * predictable as that is: for tests only.
   *
   * @param region where keys are made
   * @param accountId twelve digits
   * @param random makes every secret, id and nonce
   * @return a KMS without keys
   */
  public static FakeKms create(Region region, String accountId, SecureRandom random) {
    return new FakeKms(region, accountId, NewKeys.random(random), random);
  }

  /**
   * A KMS without keys in {@code us-east-1}, account {@value #ACCOUNT_ID}, in which the same calls
   * of {@link #createKey} and {@link #createMultiRegionKey} in the same order make the same keys
   * with the same ARNs, in every JVM and in every later version of the testkit. So what one JVM
   * encrypted opens in another, and what was stored years ago still opens. Data keys and ciphertext
   * are as random as ever; states, aliases and permissions are not shared.
   *
   * <p>For tests only: who knows the seed has the keys.
   *
   * @param seed decides the keys
   * @return a KMS without keys
   */
  public static FakeKms seeded(long seed) {
    return new FakeKms(Region.US_EAST_1, ACCOUNT_ID, NewKeys.seeded(seed), new SecureRandom());
  }

  /**
   * The region in which keys are made and which {@link #client()} serves.
   *
   * @return the region
   */
  public Region region() {
    return region;
  }

  /**
   * A new client of the default region. Once closed it refuses calls, as a real one does.
   *
   * @return a new client
   */
  public KmsClient client() {
    return client(region);
  }

  /**
   * A new client of this region; it knows the keys of its own region only.
   *
   * @param region where
   * @return a new client
   */
  public KmsClient client(Region region) {
    return KmsClients.sync(backend(region));
  }

  /**
   * A new client of the default region, which completes its futures on a daemon thread.
   *
   * @return a new client
   */
  public KmsAsyncClient asyncClient() {
    return asyncClient(region);
  }

  /**
   * A new asynchronous client of this region.
   *
   * @param region where
   * @return a new client
   */
  public KmsAsyncClient asyncClient(Region region) {
    return KmsClients.async(backend(region));
  }

  private KmsBackend backend(Region region) {
    return new KmsBackend(keyring, random, region.id(), control);
  }

  /**
   * Makes an enabled symmetric key in the default region, and answers its ARN.
   *
   * @return the ARN
   */
  public String createKey() {
    return keyring.createKey(region.id());
  }

  /**
   * Makes an enabled multi-Region key ({@code mrk-…}), and answers the ARN of its primary.
   *
   * @return the ARN
   */
  public String createMultiRegionKey() {
    return keyring.createMultiRegionKey(region.id());
  }

  /**
   * Makes a replica of a multi-Region key, and answers the replica's ARN. It has the same key id
   * and opens the same ciphertext; its state is its own.
   *
   * @param keyArn the key's ARN
   * @param replicaRegion where the replica is made
   * @return the replica's ARN
   * @throws IllegalArgumentException if the key is not multi-Region, or in that region already
   */
  public String replicateKey(String keyArn, Region replicaRegion) {
    return keyring.replicate(keyArn, replicaRegion.id());
  }

  /**
   * Points an alias of the default region, such as {@code alias/vault}, at a key.
   *
   * @param aliasName starts with {@code alias/}
   * @param keyArn the key to point at
   */
  public void createAlias(String aliasName, String keyArn) {
    keyring.pointAlias(region.id(), aliasName, keyArn);
  }

  /**
   * Points an existing alias at another key; the same call as {@link #createAlias}.
   *
   * @param aliasName starts with {@code alias/}
   * @param keyArn the key to point at
   */
  public void updateAlias(String aliasName, String keyArn) {
    createAlias(aliasName, keyArn);
  }

  /**
   * Enables a disabled key.
   *
   * @param keyArn the key's ARN
   */
  public void enable(String keyArn) {
    keyring.change(keyArn, KeyState.ENABLED);
  }

  /**
   * Disables a key: using it fails with DisabledException.
   *
   * @param keyArn the key's ARN
   */
  public void disable(String keyArn) {
    keyring.change(keyArn, KeyState.DISABLED);
  }

  /**
   * Starts the waiting period: using the key fails with KMSInvalidStateException.
   *
   * @param keyArn the key's ARN
   */
  public void scheduleDeletion(String keyArn) {
    keyring.change(keyArn, KeyState.PENDING_DELETION);
  }

  /**
   * Ends the waiting period. As on AWS the key is then disabled, not enabled.
   *
   * @param keyArn the key's ARN
   */
  public void cancelDeletion(String keyArn) {
    keyring.change(keyArn, KeyState.DISABLED);
  }

  /**
   * Destroys a key and its aliases at once: NotFoundException from now on, for ever.
   *
   * @param keyArn the key's ARN
   */
  public void deleteNow(String keyArn) {
    keyring.delete(keyArn);
  }

  /**
   * Takes the permission for an action away: AccessDeniedException.
   *
   * @param action the action
   */
  public void deny(KmsAction action) {
    control.deny(action);
  }

  /**
   * Gives the permission for an action back.
   *
   * @param action the action
   */
  public void allow(KmsAction action) {
    control.allow(action);
  }

  /**
   * Lets the next {@code calls} calls, whatever their action, fail with ThrottlingException.
   *
   * @param calls how many, at least 1
   */
  public void throttleNext(int calls) {
    control.fail(List.of(KmsAction.values()), calls, KmsErrors::throttled);
  }

  /**
   * Lets the next {@code calls} calls of one action fail with ThrottlingException.
   *
   * @param action the action
   * @param calls how many, at least 1
   */
  public void throttleNext(KmsAction action, int calls) {
    control.fail(List.of(action), calls, KmsErrors::throttled);
  }

  /**
   * Lets the next call, whatever its action, fail with this; {@link KmsErrors} makes some.
   *
   * @param failure what it fails with
   */
  public void failNext(RuntimeException failure) {
    control.fail(List.of(KmsAction.values()), 1, () -> failure);
  }

  /**
   * Lets the next call of one action fail with this.
   *
   * @param action the action
   * @param failure what it fails with
   */
  public void failNext(KmsAction action, RuntimeException failure) {
    control.fail(List.of(action), 1, () -> failure);
  }

  /**
   * Lets the next {@code calls} calls of one action each fail with what the supplier makes.
   *
   * @param action the action
   * @param calls how many, at least 1
   * @param failure what it fails with
   */
  public void failNext(KmsAction action, int calls, Supplier<RuntimeException> failure) {
    control.fail(List.of(action), calls, failure);
  }

  /** Drops every failure that was ordered and has not happened yet. Permissions stay. */
  public void clearFailures() {
    control.clearFailures();
  }

  /**
   * Holds every call of these actions, or of all if none is named, until the gate is released.
   *
   * @param actions none for all of them
   * @return a closed gate
   */
  public KmsGate hold(KmsAction... actions) {
    return control.hold(actions.length == 0 ? List.of(KmsAction.values()) : List.of(actions));
  }

  /**
   * Every call so far in order of arrival, failed ones included. A copy.
   *
   * @return a copy
   */
  public List<KmsCall> calls() {
    return control.calls();
  }

  /**
   * How many calls of an action came in, failed ones included.
   *
   * @param action the action
   * @return the number of calls
   */
  public int callCount(KmsAction action) {
    return control.counts().getOrDefault(action, 0);
  }

  /**
   * How many calls came in altogether, failed ones included.
   *
   * @return the number of calls
   */
  public int callCount() {
    return control.calls().size();
  }

  /**
   * How many calls of an action failed, for whatever reason.
   *
   * @param action the action
   * @return the number of calls
   */
  public int failedCallCount(KmsAction action) {
    return control.failedCounts().getOrDefault(action, 0);
  }

  /**
   * How many calls came in by action, failed ones included; actions never asked for are absent.
   *
   * @return a copy
   */
  public Map<KmsAction, Integer> callCounts() {
    return control.counts();
  }

  /** Forgets the recorded calls; keys, permissions and ordered failures stay. */
  public void resetCalls() {
    control.resetCalls();
  }

  /** Names region, account and number of keys, and no key. */
  @Override
  public String toString() {
    return "FakeKms[" + region + ", " + accountId + ", " + keyring.size() + " keys]";
  }
}
