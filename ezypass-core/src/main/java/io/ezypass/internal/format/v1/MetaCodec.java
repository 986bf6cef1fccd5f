package io.ezypass.internal.format.v1;

import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialMeta;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The payload of a credential's meta part. */
public final class MetaCodec {
  /** The length of a site tag. */
  public static final int TAG = 9;

  private static final int CREATION_TAG = 1;
  private static final int WEBSITE = 2;
  private static final int WEBSITE_WRITTEN = 3;
  private static final int LOGIN = 8;
  private static final int TITLE = 9;
  private static final int URL = 10;
  private static final int DESCRIPTION = 11;
  private static final int LABEL = 12;
  private static final int FAVOURITE = 14;
  private static final int ROTATE_BY = 15;
  private static final int EXPIRES_AT = 16;

  private MetaCodec() {}

  /**
   * What a meta part holds.
   *
   * @param creationTag the site tag that the credential was created with; its id begins with it
   */
  public record Decoded(
      byte[] creationTag, CredentialMeta meta, Audit audit, Lifecycle lifecycle) {}

  /** The padded payload. */
  public static byte[] encode(
      UserId owner, byte[] creationTag, CredentialMeta meta, Audit audit, Lifecycle lifecycle) {
    return encode(
        creationTag,
        meta,
        out -> new AuditCodec(owner).write(out, audit),
        out -> lifecycle.write(out, Actor.user(owner)));
  }

  /** The padded payload of what the user wrote alone: fields 2, 3, 8 to 16, 21 and 22. */
  public static byte[] content(CredentialMeta meta) {
    return encode(null, meta, out -> {}, out -> {});
  }

  private static byte[] encode(
      byte @Nullable [] creationTag,
      CredentialMeta meta,
      Consumer<FieldWriter> audit,
      Consumer<FieldWriter> lifecycle) {
    try (FieldWriter out = new FieldWriter()) {
      if (creationTag != null) {
        out.field(CREATION_TAG, creationTag);
      }
      Website website = meta.website();
      out.text(WEBSITE, letter(website.kind()) + website.value());
      if (!website.written().equals(website.value())) {
        out.text(WEBSITE_WRITTEN, website.written());
      }
      audit.accept(out);
      text(out, LOGIN, meta.login());
      text(out, TITLE, meta.title());
      meta.urls().forEach(url -> out.text(URL, url));
      text(out, DESCRIPTION, meta.description());
      meta.tags().forEach(tag -> out.text(LABEL, tag));
      CustomFieldCodec.writeTexts(out, meta.fields());
      if (meta.favourite()) {
        out.field(FAVOURITE, new byte[0]);
      }
      LocalDate rotateBy = meta.rotateBy();
      if (rotateBy != null) {
        out.field(ROTATE_BY, ByteBuffer.allocate(8).putLong(rotateBy.toEpochDay()).array());
      }
      Instant expiresAt = meta.expiresAt();
      if (expiresAt != null) {
        out.number(EXPIRES_AT, expiresAt.getEpochSecond());
      }
      lifecycle.accept(out);
      CustomFieldCodec.writeOthers(out, meta.fields());
      return out.padded();
    }
  }

  /** The feature bits that the header of such a meta part has. */
  public static int features(CredentialMeta meta) {
    return CustomFieldCodec.features(meta);
  }

  /**
   * Reads a padded payload, which is wiped.
   *
   * @param lenient whether unknown fields are passed over
   */
  public static Decoded decode(UserId owner, byte[] padded, boolean lenient)
      throws MalformedException {
    byte @Nullable [] creationTag = null;
    @Nullable String website = null;
    @Nullable String written = null;
    @Nullable String login = null;
    @Nullable String title = null;
    @Nullable String description = null;
    boolean favourite = false;
    @Nullable LocalDate rotateBy = null;
    @Nullable Instant expiresAt = null;
    List<String> urls = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    CustomFieldCodec fields = new CustomFieldCodec();
    AuditCodec audit = new AuditCodec(owner);
    Lifecycle.Reader lifecycle = new Lifecycle.Reader(Actor.user(owner));
    try (FieldReader in =
        new FieldReader(
            padded, URL, LABEL, CustomFieldCodec.TEXTS, Lifecycle.KEPT, CustomFieldCodec.OTHERS)) {
      while (in.next()) {
        switch (in.number()) {
          case CREATION_TAG -> creationTag = in.value(TAG);
          case WEBSITE -> website = in.text();
          case WEBSITE_WRITTEN -> written = in.text();
          case LOGIN -> login = in.text();
          case TITLE -> title = in.text();
          case URL -> urls.add(in.text());
          case DESCRIPTION -> description = in.text();
          case LABEL -> tags.add(in.text());
          case FAVOURITE -> favourite = in.value(0).length == 0;
          case ROTATE_BY -> rotateBy = LocalDate.ofEpochDay(ByteBuffer.wrap(in.value(8)).getLong());
          case EXPIRES_AT -> expiresAt = Instant.ofEpochSecond(in.longValue());
          default -> {
            if (!audit.read(in) && !lifecycle.read(in) && !fields.read(in) && !lenient) {
              throw new MalformedException("unknown field");
            }
          }
        }
      }
      if (creationTag == null || website == null || website.length() < 2) {
        throw new MalformedException("missing field");
      }
      String value = website.substring(1);
      Website site = new Website(kind(website.charAt(0)), value, written == null ? value : written);
      return new Decoded(
          creationTag,
          new CredentialMeta(
              site,
              login,
              title,
              urls,
              description,
              tags,
              fields.fields(),
              favourite,
              rotateBy,
              expiresAt),
          audit.audit(),
          lifecycle.lifecycle());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedException("value");
    }
  }

  /** What a website is hashed as: the kind, then the normalised value. */
  public static byte[] websiteBytes(Website website) {
    return (letter(website.kind()) + website.value())
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static void text(FieldWriter out, int number, @Nullable String value) {
    if (value != null) {
      out.text(number, value);
    }
  }

  static String letter(Website.Kind kind) {
    return switch (kind) {
      case HOST -> "h";
      case APP -> "a";
      case NAME -> "n";
    };
  }

  private static Website.Kind kind(char letter) throws MalformedException {
    return switch (letter) {
      case 'h' -> Website.Kind.HOST;
      case 'a' -> Website.Kind.APP;
      case 'n' -> Website.Kind.NAME;
      default -> throw new MalformedException("website kind");
    };
  }
}
