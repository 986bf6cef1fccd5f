package io.ezypass.internal.format.v1;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.internal.format.v1.KeysCodec.Decoded;
import io.ezypass.internal.format.v1.KeysCodec.Generation;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no writer writes is refused even where the cipher vouches for it: one spelling of it all.
 */
class StrictDecodersTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final byte[] KEY = new byte[32];

  @Test
  void twoKeysOfOneGenerationAreRefused() {
    refusedKeys(generation(1, KEY), generation(1, KEY), generation(2, null));
    refusedKeys(generation(1, KEY), generation(1, null));
  }

  @Test
  void generationsThatDoNotAscendAreRefused() {
    refusedKeys(generation(2, KEY), generation(1, KEY), generation(3, null));
    refusedKeys(generation(2, null), generation(1, KEY));
  }

  @Test
  void generationZeroIsRefused() {
    refusedKeys(generation(0, null));
    refusedKeys(generation(0, KEY), generation(1, null));
  }

  @Test
  void onlyTheLastGenerationIsWithoutItsKey() {
    refusedKeys(generation(1, null), generation(2, null));
    refusedKeys(generation(1, KEY));
    refusedKeys(generation(1, KEY), generation(2, KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0100", "0200", "0300"})
  void emptySecretsAreRefused(String plainHex) {
    byte[] padded = Padding.pad(HexFormat.of().parseHex(plainHex));
    assertThatThrownBy(() -> SecretsCodec.decode(padded, false))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0800", "0900", "0a00"})
  void emptyTextIsRefused(String plainHex) {
    byte[] padded = Padding.pad(HexFormat.of().parseHex("0406018bcfe56800" + plainHex));
    assertThatThrownBy(() -> ProfileCodec.decode(UserId.of("user"), padded, false))
        .isInstanceOf(MalformedException.class);
  }

  /** A shard that does not fit an int must not be cut to one that does. */
  @ParameterizedTest
  @ValueSource(strings = {"0205" + "0100000000", "02020400", "0208" + "ffffffffffffffff"})
  void shardsThatNoTableHasAreRefused(String shardHex) {
    byte[] padded = Padding.pad(HexFormat.of().parseHex("0106018bcfe56800" + shardHex));
    assertThatThrownBy(() -> PageTokenCodec.decode(padded)).isInstanceOf(MalformedException.class);
  }

  @Test
  void aPendingWriteHasOneSpelling() {
    // 44 bytes: the last character has two bits that must be zero.
    String text = pending(1, 1);
    String other =
        text.substring(0, text.length() - 1) + (char) (text.charAt(text.length() - 1) + 1);
    assertThatThrownBy(() -> PendingWriteCodec.decode(PendingWrite.of(other)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aPendingWriteHasNoNegativeVersion() {
    String text = pending(2, -1);
    assertThatThrownBy(() -> PendingWriteCodec.decode(PendingWrite.of(text)))
        .isInstanceOf(MalformedException.class);
  }

  private static String pending(int userLength, long version) {
    return PendingWriteCodec.encode(
            new PendingWriteCodec.Pending(
                PendingWriteCodec.Kind.UPDATE_USER,
                new byte[16],
                new byte[16],
                UserId.of("u".repeat(userLength)),
                null,
                version))
        .value();
  }

  private static Generation generation(int number, byte @Nullable [] key) {
    return new Generation(number, NOW, key);
  }

  private static void refusedKeys(Generation... generations) {
    byte[] padded = KeysCodec.encode(new Decoded(KEY, KEY, List.of(generations)));
    assertThatThrownBy(() -> KeysCodec.decode(padded, false))
        .isInstanceOf(MalformedException.class);
  }
}
