package io.ezypass.admin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a new table shall have beyond what the library needs.
 *
 * @param pointInTimeRecovery whether it can be restored to any second of the last 35 days
 * @param deletionProtection whether DeleteTable is refused
 * @param encryptionKey the KMS key of DynamoDB's encryption at rest; null for the one that AWS owns
 * @param tags AWS tags
 */
public record TableOptions(
    boolean pointInTimeRecovery,
    boolean deletionProtection,
    @Nullable String encryptionKey,
    Map<String, String> tags) {

  /** Copies the tags. */
  public TableOptions {
    tags = Map.copyOf(tags);
  }

  /**
   * Nothing beyond what the library needs; good for tests.
   *
   * @return the options
   */
  public static TableOptions minimal() {
    return new TableOptions(false, false, null, Map.of());
  }

  /**
   * Point-in-time recovery and deletion protection, as production wants them.
   *
   * @return the options
   */
  public static TableOptions production() {
    return new TableOptions(true, true, null, Map.of());
  }

  /**
   * The same options with a KMS key of one's own for encryption at rest.
   *
   * @param keyId id, ARN or alias
   * @return the changed options
   */
  public TableOptions encryptedBy(String keyId) {
    return new TableOptions(pointInTimeRecovery, deletionProtection, keyId, tags);
  }

  /**
   * The same options with tags.
   *
   * @param all the tags
   * @return the changed options
   */
  public TableOptions tagged(Map<String, String> all) {
    return new TableOptions(pointInTimeRecovery, deletionProtection, encryptionKey, all);
  }
}
