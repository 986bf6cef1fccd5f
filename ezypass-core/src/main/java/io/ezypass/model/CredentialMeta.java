package io.ezypass.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a credential that a list shows. It is sealed apart from the {@link
 * CredentialSecrets}, so that listing decrypts no secret. An empty text is the same as none.
 *
 * @param website where the credential is used
 * @param login the login name, at most 1,024 characters
 * @param title at most 1,024 characters
 * @param urls at most 64, each of at most 2,048 characters
 * @param description at most 10,000 characters, may have line breaks
 * @param tags at most 64, each of at most 128 characters
 * @param fields at most 128 shown custom fields
 * @param favourite whether the user marked it
 * @param rotateBy the date by which the user wants to change the password
 * @param expiresAt when the credential ends, in whole seconds; from then on no reader sees it
 */
public record CredentialMeta(
    Website website,
    @Nullable String login,
    @Nullable String title,
    List<String> urls,
    @Nullable String description,
    List<String> tags,
    List<CustomField> fields,
    boolean favourite,
    @Nullable LocalDate rotateBy,
    @Nullable Instant expiresAt) {

  static final int MAX_TAGS = 64;
  static final int MAX_TAG_CHARS = 128;

  /**
   * Checks every field; callers use {@link CredentialContent#builder()}.
   *
   * @throws IllegalArgumentException naming the field that is missing, too long or malformed
   */
  public CredentialMeta {
    Checks.present("website", website);
    login = Checks.line("login", login, 1_024);
    title = Checks.line("title", title, 1_024);
    urls = Checks.list("urls", urls, 64);
    urls.forEach(url -> Checks.requiredLine("url", url, 2_048));
    description = Checks.lines("description", description, 10_000);
    tags = Checks.list("tags", tags, MAX_TAGS);
    tags.forEach(tag -> Checks.requiredLine("tag", tag, MAX_TAG_CHARS));
    fields = Checks.list("custom fields", fields, 128);
    expiresAt = Checks.expiry(expiresAt);
  }

  /** Shows nothing that the user wrote. */
  @Override
  public String toString() {
    return "CredentialMeta[redacted]";
  }
}
