package io.ezypass.internal.format.v1;

import io.ezypass.model.CredentialId;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The text of a pending write: format (1 byte), kind (1), table id (16), operation id (16), version
 * that the write would have made (8), length of the user id (1), user id, for the write of a
 * credential its id (28), and for that of a grant the recipient's id up to the end.
 */
public final class PendingWriteCodec {
  private static final int FORMAT = 1;
  private static final int FIXED = 1 + 1 + 16 + 16 + 8 + 1;
  private static final int CREDENTIAL = 28;

  private PendingWriteCodec() {}

  /** What kind of write it was. The number is stored by callers: never change it. */
  public enum Kind {
    /** A new user. */
    REGISTER(1, Of.USER),
    /** A changed profile. */
    UPDATE_USER(2, Of.USER),
    /** A new credential. */
    ADD(3, Of.CREDENTIAL),
    /** A changed credential. */
    UPDATE(4, Of.CREDENTIAL),
    /** A deleted credential. */
    DELETE(5, Of.CREDENTIAL),
    /** A deleted user. */
    DELETE_USER(6, Of.USER),
    /** A credential that goes to the trash. */
    TRASH(7, Of.CREDENTIAL),
    /** A credential that comes back from the trash. */
    RESTORE(8, Of.CREDENTIAL),
    /** A credential in the trash that is deleted for good. */
    PURGE(9, Of.CREDENTIAL),
    /** A new grant. */
    SHARE(10, Of.GRANT),
    /** A grant that is revoked. */
    REVOKE(11, Of.GRANT);

    private final int number;
    private final Of of;

    Kind(int number, Of of) {
      this.number = number;
      this.of = of;
    }
  }

  /** What a write is of, and so which ids name it. */
  private enum Of {
    USER,
    CREDENTIAL,
    GRANT
  }

  /**
   * What a pending write names.
   *
   * @param version the version that the write would have made; of what deletes for good, the one
   *     that it deletes; 0 of what makes none
   * @param recipient of a grant
   */
  public record Pending(
      Kind kind,
      byte[] tableId,
      byte[] operationId,
      UserId user,
      @Nullable CredentialId credential,
      long version,
      @Nullable UserId recipient) {
    /** That of a user or a credential. */
    public Pending(
        Kind kind,
        byte[] tableId,
        byte[] operationId,
        UserId user,
        @Nullable CredentialId credential,
        long version) {
      this(kind, tableId, operationId, user, credential, version, null);
    }
  }

  /** The text. */
  public static PendingWrite encode(Pending pending) {
    byte[] user = pending.user().value().getBytes(StandardCharsets.US_ASCII);
    CredentialId credential = pending.credential();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(FORMAT);
    out.write(pending.kind().number);
    out.writeBytes(pending.tableId());
    out.writeBytes(pending.operationId());
    out.writeBytes(ByteBuffer.allocate(8).putLong(pending.version()).array());
    out.write(user.length);
    out.writeBytes(user);
    if (credential != null) {
      out.writeBytes(credential.value().getBytes(StandardCharsets.US_ASCII));
    }
    UserId recipient = pending.recipient();
    if (recipient != null) {
      out.writeBytes(recipient.value().getBytes(StandardCharsets.US_ASCII));
    }
    return PendingWrite.of(
        Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray()));
  }

  /** Reads a text. */
  public static Pending decode(PendingWrite write) throws MalformedException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(write.value());
      if (bytes.length < FIXED
          || bytes[0] != FORMAT
          || !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(write.value())) {
        throw new MalformedException("pending write");
      }
      Kind kind = kind(bytes[1]);
      int userEnd = FIXED + (bytes[FIXED - 1] & 0xff);
      int fixedEnd = userEnd + (kind.of == Of.USER ? 0 : CREDENTIAL);
      // A user id has one character at least.
      if (kind.of == Of.GRANT ? bytes.length <= fixedEnd : bytes.length != fixedEnd) {
        throw new MalformedException("pending write");
      }
      long version = ByteBuffer.wrap(bytes, 34, 8).getLong();
      if (version < 0) {
        throw new MalformedException("pending write");
      }
      @Nullable CredentialId credential =
          kind.of == Of.USER ? null : CredentialId.of(ascii(bytes, userEnd, fixedEnd));
      return new Pending(
          kind,
          Arrays.copyOfRange(bytes, 2, 18),
          Arrays.copyOfRange(bytes, 18, 34),
          UserId.of(ascii(bytes, FIXED, userEnd)),
          credential,
          version,
          kind.of == Of.GRANT ? UserId.of(ascii(bytes, fixedEnd, bytes.length)) : null);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("pending write");
    }
  }

  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static Kind kind(byte number) throws MalformedException {
    for (Kind kind : Kind.values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new MalformedException("pending write");
  }
}
