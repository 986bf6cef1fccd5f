package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.table.Requests;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What the tests of plans work in. */
final class Fixtures {
  static final UserId USER = UserId.of("f3b1c9d2-0a4e-4c1f-9a57-3d2e1b0c9a88");
  static final byte[] TABLE_ID = new byte[16];
  static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  static final String KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/1234";

  private Fixtures() {}

  static Environment environment() {
    return environment(KmsConfig.of(KEY_ARN));
  }

  static Environment environment(KmsConfig kms) {
    return new Environment(
        new Requests("vault", Duration.ofMinutes(1)),
        new KmsKeys(kms, () -> 0),
        () -> NOW,
        () -> 0,
        new SecureRandom(),
        Duration.ofMinutes(1),
        VaultPolicies.defaults());
  }

  static UserKeys userKeys() {
    return new UserKeys(
        USER,
        TABLE_ID,
        1,
        filled(1),
        new KeysCodec.Decoded(
            filled(2), filled(3), List.of(new KeysCodec.Generation(1, NOW, null))),
        true,
        null,
        0);
  }

  static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
