package io.ezypass.testkit.kms;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KmsRequest;

/**
 * One call that reached {@link FakeKms}, whether it then succeeded or not. Immutable.
 *
 * @param action what was asked for
 * @param keyId the key identifier exactly as the caller sent it, an alias for example; null if none
 *     was sent; the destination key of a ReEncrypt
 * @param encryptionContext the encryption context as sent, empty if none; that of the destination
 *     for a ReEncrypt
 * @param grantTokens the grant tokens as sent, empty if none
 * @param request the whole request; its {@code toString} leaves plaintext out
 */
public record KmsCall(
    KmsAction action,
    @Nullable String keyId,
    Map<String, String> encryptionContext,
    List<String> grantTokens,
    KmsRequest request) {

  /**
   * Copies the encryption context and the grant tokens.
   *
   * @param action see above
   * @param keyId see above
   * @param encryptionContext see above
   * @param grantTokens see above
   * @param request see above
   */
  public KmsCall {
    encryptionContext = Map.copyOf(encryptionContext);
    grantTokens = List.copyOf(grantTokens);
  }
}
