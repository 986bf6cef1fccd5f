package io.ezypass.testkit.fake;

import io.ezypass.error.LimitExceededException;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialMeta;
import io.ezypass.model.CredentialSecrets;
import io.ezypass.model.CustomField;
import io.ezypass.model.HiddenField;
import io.ezypass.model.Secret;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How large a content would be as a DynamoDB item. Good to about a kilobyte: whoever needs the
 * exact edge tests on DynamoDB Local.
 */
final class ContentSize {
  private static final int MAX_BYTES = 400 * 1024;

  /** Keys, header, audit attributes, padding and tags of an item. */
  private static final int OVERHEAD = 512;

  /** Field number and length in front of each text. */
  private static final int PER_FIELD = 4;

  private ContentSize() {}

  static void check(CredentialContent content) {
    int bytes = OVERHEAD + ofMeta(content.meta()) + ofSecrets(content.secrets());
    if (bytes > MAX_BYTES) {
      throw new LimitExceededException(
          "The credential would take about "
              + bytes
              + " bytes, but DynamoDB allows "
              + MAX_BYTES
              + ". Nothing was written.");
    }
  }

  private static int ofMeta(CredentialMeta meta) {
    int bytes = of(meta.website().value()) + of(meta.website().written());
    bytes += of(meta.login()) + of(meta.title()) + of(meta.description());
    bytes += meta.urls().stream().mapToInt(ContentSize::of).sum();
    bytes += meta.tags().stream().mapToInt(ContentSize::of).sum();
    for (CustomField field : meta.fields()) {
      bytes += of(field.name()) + of(field.value());
    }
    return bytes;
  }

  private static int ofSecrets(CredentialSecrets secrets) {
    int bytes = of(secrets.password()) + of(secrets.notes()) + of(secrets.totp());
    for (HiddenField field : secrets.hiddenFields()) {
      bytes += of(field.name()) + of(field.value());
    }
    return bytes;
  }

  private static int of(@Nullable String text) {
    return text == null ? 0 : PER_FIELD + text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int of(@Nullable Secret secret) {
    return secret == null
        ? 0
        : PER_FIELD
            + secret.use(chars -> StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars)).limit());
  }
}
