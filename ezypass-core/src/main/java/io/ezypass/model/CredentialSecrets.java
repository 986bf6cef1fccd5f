package io.ezypass.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a credential that only reading it whole decrypts.
 *
 * @param password the password
 * @param notes free text
 * @param totp the secret or {@code otpauth://} URI of a one-time password generator
 * @param hiddenFields at most 128 hidden custom fields
 */
public record CredentialSecrets(
    @Nullable Secret password,
    @Nullable Secret notes,
    @Nullable Secret totp,
    List<HiddenField> hiddenFields)
    implements AutoCloseable {

  /**
   * Takes the secrets as they are, without copying them. An empty secret is the same as none.
   *
   * @throws IllegalArgumentException if there are too many hidden fields
   */
  public CredentialSecrets {
    password = presentOrNull(password);
    notes = presentOrNull(notes);
    totp = presentOrNull(totp);
    hiddenFields = Checks.list("hidden fields", hiddenFields, 128);
  }

  /**
   * Copies of all secrets, to be closed on their own.
   *
   * @return the copy
   * @throws IllegalStateException if a secret is closed
   */
  public CredentialSecrets copy() {
    return new CredentialSecrets(
        copy(password),
        copy(notes),
        copy(totp),
        hiddenFields.stream().map(f -> new HiddenField(f.name(), f.value().copy())).toList());
  }

  /** Wipes every secret. */
  @Override
  public void close() {
    Stream.concat(
            Stream.of(password, notes, totp).filter(Objects::nonNull),
            hiddenFields.stream().map(HiddenField::value))
        .forEach(Secret::close);
  }

  /** Shows nothing that the user wrote. */
  @Override
  public String toString() {
    return "CredentialSecrets[redacted]";
  }

  private static @Nullable Secret presentOrNull(@Nullable Secret secret) {
    return secret == null || secret.length() == 0 ? null : secret;
  }

  private static @Nullable Secret copy(@Nullable Secret secret) {
    return secret == null ? null : secret.copy();
  }
}
