package io.ezypass.internal.op;

import io.ezypass.model.UserId;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a wrapped key is for: KMS's encryption context, which CloudTrail shows.
 *
 * @param tableId the table's id
 * @param user whose vault key it is; null for the table's lookup key
 */
record EncryptionContext(byte[] tableId, @Nullable UserId user) {
  Map<String, String> pairs() {
    Map<String, String> pairs = new TreeMap<>();
    pairs.put("ezypass:format", "1");
    pairs.put("ezypass:table", Base64.getUrlEncoder().withoutPadding().encodeToString(tableId));
    pairs.put("ezypass:purpose", user == null ? "lookup-key" : "vault-key");
    if (user != null) {
      pairs.put("ezypass:user", user.value());
    }
    return pairs;
  }
}
