package io.ezypass.internal.format.v1;

import io.ezypass.model.Audit;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import org.jspecify.annotations.Nullable;

/** The payload of a user's profile. */
public final class ProfileCodec {
  private static final int USERNAME = 8;
  private static final int EMAIL = 9;
  private static final int DISPLAY_NAME = 10;

  private ProfileCodec() {}

  /** What a profile holds. */
  public record Decoded(UserProfile profile, Audit audit) {}

  /** The padded payload. */
  public static byte[] encode(UserId user, UserProfile profile, Audit audit) {
    try (FieldWriter out = new FieldWriter()) {
      new AuditCodec(user).write(out, audit);
      text(out, USERNAME, profile.username());
      text(out, EMAIL, profile.email());
      text(out, DISPLAY_NAME, profile.displayName());
      return out.padded();
    }
  }

  /**
   * Reads a padded payload, which is wiped.
   *
   * @param lenient whether unknown fields are passed over
   */
  public static Decoded decode(UserId user, byte[] padded, boolean lenient)
      throws MalformedException {
    @Nullable String username = null;
    @Nullable String email = null;
    @Nullable String displayName = null;
    AuditCodec audit = new AuditCodec(user);
    try (FieldReader in = new FieldReader(padded)) {
      while (in.next()) {
        switch (in.number()) {
          case USERNAME -> username = in.text();
          case EMAIL -> email = in.text();
          case DISPLAY_NAME -> displayName = in.text();
          default -> {
            if (!audit.read(in) && !lenient) {
              throw new MalformedException("unknown field");
            }
          }
        }
      }
      return new Decoded(new UserProfile(username, email, displayName), audit.audit());
    } catch (IllegalArgumentException e) {
      throw new MalformedException("value");
    }
  }

  private static void text(FieldWriter out, int number, @Nullable String value) {
    if (value != null) {
      out.text(number, value);
    }
  }
}
