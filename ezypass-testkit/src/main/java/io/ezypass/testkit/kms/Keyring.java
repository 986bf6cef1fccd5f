package io.ezypass.testkit.kms;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeyState;

/** The keys and aliases of one AWS account in all its regions. Thread safe. */
final class Keyring {
  private static final String ALIAS_PREFIX = "alias/";

  private final String accountId;
  private final NewKeys newKeys;
  private final Map<String, KmsKey> keysByArn = new HashMap<>();
  private final Set<String> issuedIds = new HashSet<>();
  private final Map<String, String> keyArnsByAliasArn = new HashMap<>();

  /** An account without keys. */
  Keyring(String accountId, NewKeys newKeys) {
    this.accountId = accountId;
    this.newKeys = newKeys;
  }

  /** Makes a single-Region key, and answers its ARN. */
  synchronized String createKey(String region) {
    NewKeys.Material material = newKeys.next();
    return add(region, material.keyId(), false, material);
  }

  /** Makes a multi-Region key, and answers the ARN of its primary. */
  synchronized String createMultiRegionKey(String region) {
    NewKeys.Material material = newKeys.next();
    return add(region, material.multiRegionKeyId(), true, material);
  }

  /** Copies a multi-Region key to another region, and answers the replica's ARN. */
  synchronized String replicate(String keyArn, String region) {
    KmsKey primary = key(keyArn);
    if (!primary.multiRegion()) {
      throw new IllegalArgumentException("Not a multi-Region key: " + keyArn);
    }
    KmsKey replica = primary.at(arn(region, "key/" + primary.id()));
    if (keysByArn.putIfAbsent(replica.arn(), replica) != null) {
      throw new IllegalArgumentException("The key is in " + region + " already");
    }
    return replica.arn();
  }

  /** Lets the alias point at this key of the region, whether it existed before or not. */
  synchronized void pointAlias(String region, String aliasName, String keyArn) {
    if (!aliasName.startsWith(ALIAS_PREFIX)) {
      throw new IllegalArgumentException("An alias name starts with alias/: " + aliasName);
    }
    key(keyArn);
    keyArnsByAliasArn.put(arn(region, aliasName), keyArn);
  }

  /** Changes the state of a key. */
  synchronized void change(String keyArn, KeyState state) {
    keysByArn.put(keyArn, key(keyArn).in(state));
  }

  /** Forgets a key and its backing key, as at the end of the waiting period. */
  synchronized void delete(String keyArn) {
    key(keyArn);
    keysByArn.remove(keyArn);
    keyArnsByAliasArn.values().removeIf(keyArn::equals);
  }

  /** How many keys there are. */
  synchronized int size() {
    return keysByArn.size();
  }

  /** Whether a key of this id ever was in the account, in whatever region. */
  synchronized boolean hasIssued(String id) {
    return issuedIds.contains(id);
  }

  /** The key that a key id, key ARN, alias name or alias ARN names in this region. */
  synchronized KmsKey resolve(String region, @Nullable String identifier) {
    if (identifier == null) {
      throw KmsErrors.validation("1 validation error detected: keyId must not be null");
    }
    boolean isArn = identifier.startsWith("arn:");
    if (isArn && !identifier.startsWith(arn(region, ""))) {
      throw KmsErrors.notFound("Invalid arn " + region);
    }
    String resource = isArn ? identifier.substring(arn(region, "").length()) : identifier;
    return resource.startsWith(ALIAS_PREFIX)
        ? resolveAlias(arn(region, resource))
        : resolveKey(isArn ? identifier : arn(region, "key/" + resource));
  }

  private KmsKey resolveAlias(String aliasArn) {
    String keyArn = keyArnsByAliasArn.get(aliasArn);
    if (keyArn == null) {
      throw KmsErrors.notFound("Alias " + aliasArn + " is not found.");
    }
    return resolveKey(keyArn);
  }

  private KmsKey resolveKey(String keyArn) {
    KmsKey key = keysByArn.get(keyArn);
    if (key == null) {
      throw KmsErrors.notFound("Key '" + keyArn + "' does not exist");
    }
    return key;
  }

  private String add(String region, String id, boolean multiRegion, NewKeys.Material material) {
    String arn = arn(region, "key/" + id);
    SecretKeySpec backingKey = new SecretKeySpec(material.secret(), "AES");
    issuedIds.add(id);
    keysByArn.put(
        arn, new KmsKey(arn, id, multiRegion, backingKey, Instant.now(), KeyState.ENABLED));
    return arn;
  }

  private KmsKey key(String keyArn) {
    KmsKey key = keysByArn.get(keyArn);
    if (key == null) {
      throw new IllegalArgumentException("No such key: " + keyArn);
    }
    return key;
  }

  private String arn(String region, String resource) {
    return "arn:aws:kms:" + region + ":" + accountId + ":" + resource;
  }

  String accountId() {
    return accountId;
  }
}
