package io.ezypass.model;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field of a credential's content, for telling two versions apart without showing either. */
public enum ContentField {
  /** The website, also as it was written. */
  WEBSITE(content -> content.meta().website()),
  /** The login name. */
  LOGIN(content -> content.meta().login()),
  /** The title. */
  TITLE(content -> content.meta().title()),
  /** The URLs, in their order. */
  URLS(content -> content.meta().urls()),
  /** The description. */
  DESCRIPTION(content -> content.meta().description()),
  /** The tags, in their order. */
  TAGS(content -> content.meta().tags()),
  /** The custom fields that lists show, in their order. */
  FIELDS(content -> content.meta().fields()),
  /** Whether the user marked it. */
  FAVOURITE(content -> content.meta().favourite()),
  /** The date by which the user wants to change the password. */
  ROTATE_BY(content -> content.meta().rotateBy()),
  /** When the credential ends. */
  EXPIRES_AT(content -> content.meta().expiresAt()),
  /** The password. */
  PASSWORD(content -> content.secrets().password()),
  /** The notes. */
  NOTES(content -> content.secrets().notes()),
  /** The TOTP secret. */
  TOTP(content -> content.secrets().totp()),
  /** The hidden custom fields, in their order. */
  HIDDEN_FIELDS(content -> content.secrets().hiddenFields());

  @SuppressWarnings("ImmutableEnumChecker") // method references without state
  private final Function<CredentialContent, @Nullable Object> value;

  ContentField(Function<CredentialContent, @Nullable Object> value) {
    this.value = value;
  }

  /**
   * In which fields two contents differ. Secrets are compared in constant time.
   *
   * @param one one content, whose secrets are open
   * @param other the other, whose secrets are open
   * @return the fields, in the order of this enum; empty if the contents are equal
   * @throws IllegalStateException if a secret is closed
   */
  public static Set<ContentField> differing(CredentialContent one, CredentialContent other) {
    Checks.present("one", one);
    Checks.present("other", other);
    EnumSet<ContentField> fields = EnumSet.noneOf(ContentField.class);
    for (ContentField field : values()) {
      if (!Objects.equals(field.value.apply(one), field.value.apply(other))) {
        fields.add(field);
      }
    }
    return fields;
  }
}
