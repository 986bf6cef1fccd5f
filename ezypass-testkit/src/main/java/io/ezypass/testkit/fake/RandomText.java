package io.ezypass.testkit.fake;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes opaque texts. Lengths are multiples of three bytes, so that one text has one spelling. */
final class RandomText {
  private final SecureRandom random = new SecureRandom();

  /** As long as every credential id: 28 characters. */
  String credentialId() {
    return base64Url(21);
  }

  String pageToken() {
    return base64Url(48);
  }

  String pendingWrite() {
    return base64Url(36);
  }

  private String base64Url(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
  }
}
