package io.ezypass.internal.op;

import io.ezypass.model.UserId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which KMS keys wrap, and which others are accepted. A key is named by ARN, key id or alias.
 *
 * @param tableKey wraps the table's lookup key, and users' keys unless there is a selector
 * @param perUser which key wraps a user's; null for the table's key
 * @param accepted further keys whose wrapped keys are opened; never used to wrap
 * @param grantTokens asked at every KMS call
 */
public record KmsConfig(
    String tableKey,
    @Nullable Function<UserId, String> perUser,
    List<String> accepted,
    Supplier<List<String>> grantTokens) {

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException naming what is blank
   */
  public KmsConfig {
    if (tableKey.isBlank()) {
      throw new IllegalArgumentException("kmsKey must not be blank");
    }
    for (@Nullable String id : accepted) {
      if (id == null || id.isBlank()) {
        throw new IllegalArgumentException("acceptedKmsKeys must not hold null or a blank id");
      }
    }
    accepted = List.copyOf(accepted);
  }

  /** One key for all. */
  public static KmsConfig of(String tableKey) {
    return new KmsConfig(tableKey, null, List.of(), List::of);
  }

  /** The key that wraps the keys of a user, or, given null, the table's lookup key. */
  String wrapping(@Nullable UserId user) {
    if (user == null || perUser == null) {
      return tableKey;
    }
    @Nullable String selected = perUser.apply(user);
    if (selected == null || selected.isBlank()) {
      throw new NoKmsKeyException(user);
    }
    return selected;
  }

  /**
   * The keys that may have wrapped the keys of a user, or the table's lookup key. Those that only
   * other users have are not among them: one tenant's key opens nothing of another's.
   */
  Set<String> acceptedFor(@Nullable UserId user) {
    Set<String> ids = new LinkedHashSet<>();
    ids.add(wrapping(user));
    ids.add(tableKey);
    ids.addAll(accepted);
    return ids;
  }

  /** What goes with every call; null, which is left out of the request, if there are none. */
  @Nullable List<String> tokens() {
    @Nullable List<String> tokens = grantTokens.get();
    if (tokens == null) {
      throw new IllegalArgumentException("kmsGrantTokens gave null");
    }
    return tokens.isEmpty() ? null : tokens;
  }
}
