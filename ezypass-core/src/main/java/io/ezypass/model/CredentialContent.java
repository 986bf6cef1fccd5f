package io.ezypass.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the user writes into one credential. An update replaces it whole, so nothing has to tell
 * "unchanged" from "cleared".
 *
 * @param meta what a list shows
 * @param secrets what only reading the credential whole decrypts
 */
public record CredentialContent(CredentialMeta meta, CredentialSecrets secrets) {
  /**
   * Joins both parts; callers use {@link #builder()}.
   *
   * @throws IllegalArgumentException if a part is missing
   */
  public CredentialContent {
    Checks.present("meta", meta);
    Checks.present("secrets", secrets);
  }

  /**
   * Starts an empty content; the website is the only field that must be set.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts from this content. The secrets are shared, not copied.
   *
   * @return a builder with every field set as here
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Where the credential is used.
   *
   * @return the website
   */
  public Website website() {
    return meta.website();
  }

  /**
   * The login name.
   *
   * @return the name, or null if there is none
   */
  public @Nullable String login() {
    return meta.login();
  }

  /**
   * The title.
   *
   * @return the title, or null if there is none
   */
  public @Nullable String title() {
    return meta.title();
  }

  /**
   * The password.
   *
   * @return the secret itself, not a copy, or null if there is none
   */
  public @Nullable Secret password() {
    return secrets.password();
  }

  /**
   * The notes.
   *
   * @return the secret itself, not a copy, or null if there are none
   */
  public @Nullable Secret notes() {
    return secrets.notes();
  }

  /** Shows nothing that the user wrote. */
  @Override
  public String toString() {
    return "CredentialContent[redacted]";
  }

  /**
   * Collects a content. Setters keep the given {@link Secret}s themselves; the library copies them
   * when it stores them. Not thread safe.
   */
  public static final class Builder {
    private @Nullable Website website;
    private @Nullable String login;
    private @Nullable String title;
    private List<String> urls = List.of();
    private @Nullable String description;
    private List<String> tags = List.of();
    private final List<CustomField> fields = new ArrayList<>();
    private boolean favourite;
    private @Nullable LocalDate rotateBy;
    private @Nullable Instant expiresAt;
    private @Nullable Secret password;
    private @Nullable Secret notes;
    private @Nullable Secret totp;
    private final List<HiddenField> hiddenFields = new ArrayList<>();

    private Builder() {}

    private Builder(CredentialContent from) {
      website = from.meta.website();
      login = from.meta.login();
      title = from.meta.title();
      urls = from.meta.urls();
      description = from.meta.description();
      tags = from.meta.tags();
      fields.addAll(from.meta.fields());
      favourite = from.meta.favourite();
      rotateBy = from.meta.rotateBy();
      expiresAt = from.meta.expiresAt();
      password = from.secrets.password();
      notes = from.secrets.notes();
      totp = from.secrets.totp();
      hiddenFields.addAll(from.secrets.hiddenFields());
    }

    /**
     * Sets the website from what the user wrote.
     *
     * @param written see {@link Website#of}
     * @return this builder
     * @throws IllegalArgumentException if the text is null, blank, too long or malformed
     */
    public Builder website(String written) {
      return website(Website.of(written));
    }

    /**
     * Sets the website.
     *
     * @param value the website
     * @return this builder
     */
    public Builder website(Website value) {
      website = value;
      return this;
    }

    /**
     * Sets the login name.
     *
     * @param value the name, null for none
     * @return this builder
     */
    public Builder login(@Nullable String value) {
      login = value;
      return this;
    }

    /**
     * Sets the title.
     *
     * @param value the title, null for none
     * @return this builder
     */
    public Builder title(@Nullable String value) {
      title = value;
      return this;
    }

    /**
     * Sets the URLs.
     *
     * @param values all of them, copied
     * @return this builder
     * @throws IllegalArgumentException if the list is null
     */
    public Builder urls(List<String> values) {
      urls = new ArrayList<>(Checks.present("urls", values));
      return this;
    }

    /**
     * Sets the description, which lists show; what must stay hidden belongs into the notes.
     *
     * @param value the description, null for none
     * @return this builder
     */
    public Builder description(@Nullable String value) {
      description = value;
      return this;
    }

    /**
     * Sets the tags.
     *
     * @param values all of them, copied
     * @return this builder
     * @throws IllegalArgumentException if the list is null
     */
    public Builder tags(List<String> values) {
      tags = new ArrayList<>(Checks.present("tags", values));
      return this;
    }

    /**
     * Adds a custom field of text that lists show.
     *
     * @param name its name
     * @param value its value
     * @return this builder
     */
    public Builder field(String name, String value) {
      fields.add(CustomField.ofText(name, value));
      return this;
    }

    /**
     * Adds a custom field that says yes or no and that lists show.
     *
     * @param name its name
     * @param value its value
     * @return this builder
     */
    public Builder booleanField(String name, boolean value) {
      fields.add(CustomField.ofBoolean(name, value));
      return this;
    }

    /**
     * Adds a custom field that is a link and that lists show.
     *
     * @param name its name
     * @param uri an absolute URI, see {@link CustomField.Kind#LINK}
     * @return this builder
     */
    public Builder linkField(String name, String uri) {
      fields.add(CustomField.ofLink(name, uri));
      return this;
    }

    /**
     * Adds a custom field that is sealed with the password.
     *
     * @param name its name
     * @param value its value
     * @return this builder
     */
    public Builder hiddenField(String name, Secret value) {
      hiddenFields.add(new HiddenField(name, value));
      return this;
    }

    /**
     * Removes all custom fields, shown and hidden.
     *
     * @return this builder
     */
    public Builder clearFields() {
      fields.clear();
      hiddenFields.clear();
      return this;
    }

    /**
     * Marks the credential as a favourite, or not.
     *
     * @param value the mark
     * @return this builder
     */
    public Builder favourite(boolean value) {
      favourite = value;
      return this;
    }

    /**
     * Sets the date by which the user wants to change the password.
     *
     * @param value the date, null for none
     * @return this builder
     */
    public Builder rotateBy(@Nullable LocalDate value) {
      rotateBy = value;
      return this;
    }

    /**
     * Sets when the credential ends.
     *
     * @param value the time, cut to whole seconds, null for never
     * @return this builder
     */
    public Builder expiresAt(@Nullable Instant value) {
      expiresAt = value;
      return this;
    }

    /**
     * Sets the password.
     *
     * @param value the secret, null or empty for none
     * @return this builder
     */
    public Builder password(@Nullable Secret value) {
      password = value;
      return this;
    }

    /**
     * Sets the notes.
     *
     * @param value the secret, null or empty for none
     * @return this builder
     */
    public Builder notes(@Nullable Secret value) {
      notes = value;
      return this;
    }

    /**
     * Sets the secret of a one-time password generator.
     *
     * @param value the bare secret or its {@code otpauth://} URI, null or empty for none
     * @return this builder
     */
    public Builder totp(@Nullable Secret value) {
      totp = value;
      return this;
    }

    /**
     * Checks all fields and builds the content.
     *
     * @return the content
     * @throws IllegalArgumentException naming the field that is missing, too long or malformed
     */
    public CredentialContent build() {
      return new CredentialContent(
          new CredentialMeta(
              Checks.present("website", website),
              login,
              title,
              urls,
              description,
              tags,
              fields,
              favourite,
              rotateBy,
              expiresAt),
          new CredentialSecrets(password, notes, totp, hiddenFields));
    }
  }
}
