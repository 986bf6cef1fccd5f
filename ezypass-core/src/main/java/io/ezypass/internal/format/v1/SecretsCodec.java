package io.ezypass.internal.format.v1;

import io.ezypass.model.CredentialSecrets;
import io.ezypass.model.HiddenField;
import io.ezypass.model.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payload of a credential's secret part. Secrets never become Strings here. */
public final class SecretsCodec {
  private static final int PASSWORD = 1;
  private static final int NOTES = 2;
  private static final int TOTP = 3;
  private static final int HIDDEN_FIELD = 4;

  private SecretsCodec() {}

  /** The padded payload. */
  public static byte[] encode(CredentialSecrets secrets) {
    try (FieldWriter out = new FieldWriter()) {
      secret(out, PASSWORD, secrets.password());
      secret(out, NOTES, secrets.notes());
      secret(out, TOTP, secrets.totp());
      for (HiddenField field : secrets.hiddenFields()) {
        field
            .value()
            .use(
                chars -> {
                  out.pair(HIDDEN_FIELD, field.name(), chars);
                  return null;
                });
      }
      return out.padded();
    }
  }

  /**
   * Reads a padded payload, which is wiped.
   *
   * @param lenient whether unknown fields are passed over
   */
  public static CredentialSecrets decode(byte[] padded, boolean lenient) throws MalformedException {
    @Nullable Secret password = null;
    @Nullable Secret notes = null;
    @Nullable Secret totp = null;
    List<HiddenField> hidden = new ArrayList<>();
    try (FieldReader in = new FieldReader(padded, HIDDEN_FIELD)) {
      while (in.next()) {
        switch (in.number()) {
          case PASSWORD -> password = secret(in.chars());
          case NOTES -> notes = secret(in.chars());
          case TOTP -> totp = secret(in.chars());
          case HIDDEN_FIELD ->
              hidden.add(in.pair((name, value) -> new HiddenField(name, secret(value))));
          default -> {
            if (!lenient) {
              throw new MalformedException("unknown field");
            }
          }
        }
      }
      return new CredentialSecrets(password, notes, totp, hidden);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("value");
    }
  }

  private static void secret(FieldWriter out, int number, @Nullable Secret secret) {
    if (secret != null) {
      secret.use(
          chars -> {
            out.chars(number, chars);
            return null;
          });
    }
  }

  private static Secret secret(char[] chars) {
    try {
      return Secret.of(chars);
    } finally {
      Arrays.fill(chars, '\0');
    }
  }
}
