package io.ezypass.internal.format.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.internal.format.v1.PendingWriteCodec.Kind;
import io.ezypass.internal.format.v1.PendingWriteCodec.Pending;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PendingWriteCodecTest {
  private static final byte[] TABLE = new byte[16];
  private static final byte[] OPERATION = new byte[16];

  static {
    Arrays.fill(TABLE, (byte) 1);
    Arrays.fill(OPERATION, (byte) 2);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void survivesAsText(Kind kind) throws MalformedException {
    CredentialId id =
        switch (kind) {
          case ADD, UPDATE, DELETE, TRASH, RESTORE, PURGE, SHARE, REVOKE ->
              CredentialId.of("A".repeat(28));
          case REGISTER, UPDATE_USER, DELETE_USER -> null;
        };
    UserId recipient =
        switch (kind) {
          case SHARE, REVOKE -> UserId.of("a.B_9:-z".repeat(16));
          default -> null;
        };
    UserId user = UserId.of("u".repeat(128));
    Pending pending = new Pending(kind, TABLE, OPERATION, user, id, Long.MAX_VALUE, recipient);
    Pending decoded =
        PendingWriteCodec.decode(PendingWrite.of(PendingWriteCodec.encode(pending).value()));
    assertThat(decoded).usingRecursiveComparison().isEqualTo(pending);
  }

  @Test
  void garbageIsMalformed() {
    byte[] bytes =
        Base64.getUrlDecoder()
            .decode(
                PendingWriteCodec.encode(
                        new Pending(Kind.UPDATE_USER, TABLE, OPERATION, UserId.of("u"), null, 1))
                    .value());
    for (int length = 1; length < bytes.length; length++) {
      refused(Arrays.copyOf(bytes, length));
    }
    refused(Arrays.copyOf(bytes, bytes.length + 1));
    byte[] format = bytes.clone();
    format[0] = 9;
    refused(format);
    byte[] kind = bytes.clone();
    kind[1] = 99;
    refused(kind);
    byte[] user = bytes.clone();
    user[user.length - 1] = '@';
    refused(user);
    assertThatThrownBy(() -> PendingWriteCodec.decode(PendingWrite.of("A")))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aGrantNamesItsRecipientToTheEnd() {
    byte[] bytes =
        Base64.getUrlDecoder()
            .decode(
                PendingWriteCodec.encode(
                        new Pending(
                            Kind.SHARE,
                            TABLE,
                            OPERATION,
                            UserId.of("u"),
                            CredentialId.of("A".repeat(28)),
                            0,
                            UserId.of("v")))
                    .value());
    refused(Arrays.copyOf(bytes, bytes.length - 1));
    refused(Arrays.copyOf(bytes, bytes.length + 1));
    byte[] recipient = bytes.clone();
    recipient[recipient.length - 1] = '#';
    refused(recipient);
    byte[] tooLong = Arrays.copyOf(bytes, bytes.length + 128);
    Arrays.fill(tooLong, bytes.length, tooLong.length, (byte) 'v');
    refused(tooLong);
  }

  private static void refused(byte[] bytes) {
    PendingWrite write =
        PendingWrite.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    assertThatThrownBy(() -> PendingWriteCodec.decode(write))
        .isInstanceOf(MalformedException.class);
  }
}
