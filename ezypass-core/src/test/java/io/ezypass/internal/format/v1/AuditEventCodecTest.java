package io.ezypass.internal.format.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.internal.format.v1.AuditEventCodec.Decoded;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventCodecTest {
  private static final UserId OWNER = UserId.of("owner");
  private static final CredentialId ID = CredentialId.of("AbCdEfGhIjKlMnOpQrStUvWxYz_-");
  private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);

  /** Time, and one change: the owner was registered. */
  private static final String AT_HEX = "0106018bcfe5687b";

  private static final String REGISTER_HEX = "0309" + "01" + "0000000000000001";

  @ParameterizedTest
  @EnumSource(Action.class)
  void everyActionIsReadAsItWasWritten(Action action) throws MalformedException {
    Decoded event = event(Actor.of("support"), List.of(change(action, 7)));

    Decoded read = decode(AuditEventCodec.encode(OWNER, event));

    assertThat(read.changes()).isEqualTo(event.changes());
    assertThat(read.at()).isEqualTo(AT);
    assertThat(read.actor()).isEqualTo(Actor.of("support"));
    assertThat(read.endAt()).isEqualTo(1_800_000_000L);
    assertThat(read.ahead()).isEqualTo(filled());
    assertThat(read.aheadEndAt()).isEqualTo(1_790_000_000L);
  }

  @Test
  void whatIsLeftOutMeansTheOwnerForEverAndTheFirst() throws MalformedException {
    Decoded event =
        new Decoded(AT, Actor.user(OWNER), List.of(change(Action.REGISTER, 1)), null, null, null);
    byte[] padded = AuditEventCodec.encode(OWNER, event);

    assertThat(padded).isEqualTo(Padding.pad(HexFormat.of().parseHex(AT_HEX + REGISTER_HEX)));
    Decoded read = decode(padded);
    assertThat(read.actor()).isEqualTo(Actor.user(OWNER));
    assertThat(read.endAt()).isNull();
    assertThat(read.ahead()).isNull();
    assertThat(read.aheadEndAt()).isNull();
  }

  @Test
  void aBatchHasManyChanges() throws MalformedException {
    List<AuditedChange> changes = Collections.nCopies(100, change(Action.ADD, 1));

    assertThat(decode(AuditEventCodec.encode(OWNER, event(Actor.user(OWNER), changes))).changes())
        .isEqualTo(changes);
  }

  @Test
  void moreChangesThanATransactionHasAreRefused() {
    List<AuditedChange> changes = Collections.nCopies(101, change(Action.ADD, 1));
    byte[] padded = AuditEventCodec.encode(OWNER, event(Actor.user(OWNER), changes));

    assertThatThrownBy(() -> decode(padded)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        AT_HEX, // no change
        REGISTER_HEX, // no time
        AT_HEX + "030801" + "00000000000001", // version too short
        AT_HEX + "0309" + "00" + "0000000000000001", // no such action
        AT_HEX + "0309" + "0c" + "0000000000000001", // no such action
        AT_HEX + "0309" + "01" + "ffffffffffffffff", // negative version
        AT_HEX + "0309" + "03" + "0000000000000001", // an addition of nothing
        AT_HEX + "030a" + "01" + "0000000000000001" + "61", // a registration shared
        AT_HEX + REGISTER_HEX + "060401020304", // an end of nothing ahead
        AT_HEX + REGISTER_HEX + "05020102", // a short hash
        AT_HEX + "0200" + REGISTER_HEX, // an empty actor
        AT_HEX + "02010a" + REGISTER_HEX, // a control character as actor
        AT_HEX + REGISTER_HEX + "070101", // unknown field
        REGISTER_HEX + AT_HEX // order
      })
  void whatNoWriterWritesIsRefused(String hex) {
    byte[] padded = Padding.pad(HexFormat.of().parseHex(hex));

    assertThatThrownBy(() -> decode(padded)).isInstanceOf(MalformedException.class);
  }

  @Test
  void aChangeOfACredentialHasNoRecipientAndAGrantHasOne() {
    String id = "00".repeat(21);
    refused("031f" + "03" + "0000000000000001" + id + "61");
    refused("031e" + "0a" + "0000000000000001" + id);
    refused("031f" + "0a" + "0000000000000001" + id + "20");
    refused("031f" + "0a" + "0000000000000001" + id + "e4");
  }

  @Test
  void aNewerVersionMayAddFieldsAndPutItsChangesThere() throws MalformedException {
    byte[] padded = Padding.pad(HexFormat.of().parseHex(AT_HEX + "070101"));

    Decoded read = AuditEventCodec.decode(OWNER, padded, true);

    assertThat(read.changes()).isEmpty();
    assertThat(read.at()).isEqualTo(AT);
  }

  @Test
  void theHashIsOfNumberAndContent() throws MalformedException {
    byte[] one =
        AuditEventCodec.encode(OWNER, event(Actor.user(OWNER), List.of(change(Action.UPDATE, 2))));
    byte[] other =
        AuditEventCodec.encode(OWNER, event(Actor.user(OWNER), List.of(change(Action.UPDATE, 3))));

    assertThat(AuditEventCodec.hash(1, one)).hasSize(32).isEqualTo(AuditEventCodec.hash(1, one));
    assertThat(
            Stream.of(
                    AuditEventCodec.hash(1, one),
                    AuditEventCodec.hash(2, one),
                    AuditEventCodec.hash(1, other))
                .map(HexFormat.of()::formatHex))
        .doesNotHaveDuplicates();
  }

  @Test
  void anEventShowsNothingOfItself() {
    assertThat(event(Actor.of("support"), List.of(change(Action.ADD, 1))).toString())
        .isEqualTo("Decoded[redacted]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aLinkIsReadFromAToken(int kind) throws MalformedException {
    AuditLink link =
        new AuditLink(7, AT, kind == 0 ? null : filled(), kind == 2 ? 1_800_000_000L : null);

    AuditLink read = AuditLink.decode(link.encode());

    assertThat(read.number()).isEqualTo(7);
    assertThat(read.at()).isEqualTo(AT);
    assertThat(read.ahead()).isEqualTo(link.ahead());
    assertThat(read.aheadEndAt()).isEqualTo(link.aheadEndAt());
    assertThat(read).hasToString("AuditLink[7]");
  }

  @Test
  void aLinkOfAnotherLengthIsRefused() {
    for (int length : new int[] {0, 15, 17, 47, 49, 55, 57}) {
      assertThatThrownBy(() -> AuditLink.decode(new byte[length]))
          .isInstanceOf(MalformedException.class);
    }
  }

  private static void refused(String changeHex) {
    byte[] padded = Padding.pad(HexFormat.of().parseHex(AT_HEX + changeHex));
    assertThatThrownBy(() -> decode(padded)).isInstanceOf(MalformedException.class);
  }

  private static Decoded decode(byte[] padded) throws MalformedException {
    return AuditEventCodec.decode(OWNER, padded, false);
  }

  private static Decoded event(Actor actor, List<AuditedChange> changes) {
    return new Decoded(AT, actor, changes, 1_800_000_000L, filled(), 1_790_000_000L);
  }

  private static AuditedChange change(Action action, long version) {
    @Nullable CredentialId credential =
        action == Action.REGISTER || action == Action.UPDATE_USER ? null : ID;
    @Nullable UserId recipient =
        action == Action.SHARE || action == Action.REVOKE ? UserId.of("bob") : null;
    return new AuditedChange(action, credential, version, recipient);
  }

  private static byte[] filled() {
    byte[] hash = new byte[32];
    Arrays.fill(hash, (byte) 5);
    return hash;
  }
}
