package io.ezypass.internal.format.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every codec: round trips, bytes pinned, and nothing but MalformedException on garbage. */
class FormatTest {
  private static final UserId OWNER = UserId.of("user-1");
  private static final byte[] TAG = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9};
  private static final Instant CREATED = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final Audit AUDIT = Audit.created(CREATED, Actor.user(OWNER));

  @Test
  void metaKeepsEveryField() throws MalformedException {
    CredentialContent full = full();
    Audit audit =
        new Audit(CREATED, Actor.of("importer"), CREATED.plusMillis(5), Actor.user(OWNER));
    MetaCodec.Decoded decoded =
        MetaCodec.decode(
            OWNER, MetaCodec.encode(OWNER, TAG, full.meta(), audit, Lifecycle.NEW), false);
    assertThat(decoded.meta()).isEqualTo(full.meta());
    assertThat(decoded.audit()).isEqualTo(audit);
    assertThat(decoded.creationTag()).isEqualTo(TAG);
  }

  @Test
  void metaKeepsRevisionsAndDeletion() throws MalformedException {
    List<Lifecycle.Kept> kept = new ArrayList<>();
    for (long version = 20; version > 0; version--) {
      kept.add(new Lifecycle.Kept(version, version % 2 == 0 ? null : 1_700_000_000L + version));
    }
    for (Lifecycle lifecycle :
        List.of(
            Lifecycle.NEW,
            new Lifecycle(kept, null),
            new Lifecycle(kept, new Lifecycle.Deletion(CREATED, Actor.user(OWNER), null)),
            new Lifecycle(
                List.of(),
                new Lifecycle.Deletion(CREATED, Actor.of("operator"), 1_800_000_000L)))) {
      byte[] padded = MetaCodec.encode(OWNER, TAG, full().meta(), AUDIT, lifecycle);
      assertThat(MetaCodec.decode(OWNER, padded, false).lifecycle()).isEqualTo(lifecycle);
    }
  }

  @Test
  void revisionsAreOlderThanTheRowThatListsThemAndMarkedInItsHeader() {
    Lifecycle kept = new Lifecycle(List.of(new Lifecycle.Kept(8, null)), null);
    assertThat(kept.belongsTo(9, Header.REVISIONS)).isTrue();
    assertThat(kept.belongsTo(9, Header.REVISIONS | 0x20)).isTrue();
    assertThat(kept.belongsTo(8, Header.REVISIONS)).isFalse();
    assertThat(kept.belongsTo(9, 0x20)).isFalse();
    assertThat(Lifecycle.NEW.belongsTo(1, 0x20)).isTrue();
    assertThat(Lifecycle.NEW.belongsTo(1, Header.REVISIONS)).isFalse();
  }

  @Test
  void metaOfAPlainCredentialIsPinned() {
    CredentialContent content =
        CredentialContent.builder().website("github.com").login("tahir").build();
    byte[] padded = MetaCodec.encode(OWNER, TAG, content.meta(), AUDIT, Lifecycle.NEW);
    assertThat(HexFormat.of().formatHex(padded))
        .isEqualTo(
            "0109010203040506070809" // creation tag
                + "020b686769746875622e636f6d" // "h" and the host
                + "0406018bcfe56800" // created at, milliseconds
                + "08057461686972" // login
                + "80" // padding
                + "00".repeat(64 - 11 - 13 - 8 - 7 - 1));
  }

  @Test
  void secretsKeepEveryField() throws MalformedException {
    CredentialContent full = full();
    assertThat(SecretsCodec.decode(SecretsCodec.encode(full.secrets()), false))
        .isEqualTo(full.secrets());
  }

  @Test
  void profileKeepsEveryField() throws MalformedException {
    UserProfile profile = new UserProfile("Tahir", "Tahir@example.com", "T. \u00fc \ud83d\ude00");
    ProfileCodec.Decoded decoded =
        ProfileCodec.decode(OWNER, ProfileCodec.encode(OWNER, profile, AUDIT), false);
    assertThat(decoded.profile()).isEqualTo(profile);
    assertThat(decoded.audit()).isEqualTo(AUDIT);
  }

  @Test
  void keysKeepOlderGenerations() throws MalformedException {
    byte[] index = filled(1);
    byte[] page = filled(2);
    byte[] older = filled(3);
    KeysCodec.Decoded decoded =
        KeysCodec.decode(
            KeysCodec.encode(
                new KeysCodec.Decoded(
                    index,
                    page,
                    List.of(
                        new KeysCodec.Generation(1, CREATED, older),
                        new KeysCodec.Generation(2, CREATED.plusSeconds(1), null)))),
            false);
    assertThat(decoded.indexKey()).isEqualTo(index);
    assertThat(decoded.pageTokenKey()).isEqualTo(page);
    assertThat(decoded.generations().get(0).key()).isEqualTo(older);
    assertThat(decoded.generations().get(1).key()).isNull();
    assertThat(decoded.generations().get(1).activatedAt()).isEqualTo(CREATED.plusSeconds(1));
  }

  @Test
  void headerKeepsFourEarlierOperations() throws MalformedException {
    Header header = new Header(0, 513, new byte[16], filled(4), List.of());
    for (int i = 1; i <= 6; i++) {
      byte[] id = new byte[16];
      Arrays.fill(id, (byte) i);
      header = new Header(0, 513, id, filled(4), header.earlierOfNext());
    }
    Header decoded = Header.decode(header.encode());
    assertThat(decoded.encode()).isEqualTo(header.encode()).hasSize(52 + 4 * 8);
    assertThat(decoded.generation()).isEqualTo(513);
    for (int i = 2; i <= 6; i++) {
      byte[] id = new byte[16];
      Arrays.fill(id, (byte) i);
      assertThat(decoded.names(id)).isTrue();
    }
    byte[] fifthBefore = new byte[16];
    Arrays.fill(fifthBefore, (byte) 1);
    assertThat(decoded.names(fifthBefore)).isFalse();
  }

  @Test
  void anUnknownFormatIsToldApart() {
    byte[] bytes = new Header(0, 1, new byte[16], filled(4), List.of()).encode();
    bytes[0] = 2;
    assertThatThrownBy(() -> Header.decode(bytes)).isInstanceOf(UnknownFormatException.class);
    for (int length = 0; length < 52; length++) {
      byte[] cut =
          Arrays.copyOf(new Header(0, 1, new byte[16], filled(4), List.of()).encode(), length);
      assertThatThrownBy(() -> Header.decode(cut)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void noTwoContextsHaveTheSameBytes() {
    SealContext context = SealContext.of(new byte[16], "user", SealContext.Kind.PROFILE, 1, 1);
    assertThat(
            List.of(
                context.encode(),
                SealContext.of(new byte[16], "use", SealContext.Kind.PROFILE, 1, 1).encode(),
                SealContext.of(new byte[16], "user", SealContext.Kind.KEYS, 1, 1).encode(),
                SealContext.of(new byte[16], "user", SealContext.Kind.PROFILE, 2, 1).encode(),
                SealContext.of(new byte[16], "user", SealContext.Kind.PROFILE, 1, 2).encode(),
                SealContext.of(filled(1), "user", SealContext.Kind.PROFILE, 1, 1).encode(),
                context.withOperationId(new byte[16]).encode(),
                context.with(new Header(1, 1, new byte[0], new byte[32], List.of())).encode(),
                context
                    .with(new Header(0, 1, new byte[0], new byte[32], List.of(new byte[8])))
                    .encode()))
        .doesNotHaveDuplicates();
  }

  @Test
  void paddingHidesLengthsAndIsChecked() throws MalformedException {
    for (int length = 0; length < 100; length++) {
      byte[] padded = Padding.pad(new byte[length]);
      assertThat(padded.length % 32).isZero();
      assertThat(Padding.unpaddedLength(padded)).isEqualTo(length);
      padded[padded.length - 1] ^= 1;
      assertThatThrownBy(() -> Padding.unpaddedLength(padded))
          .isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> Padding.unpaddedLength(new byte[64]))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void unknownFieldsAreRefusedUnlessAFeatureBitAnnouncesThem() throws MalformedException {
    FieldWriter out = new FieldWriter();
    out.chars(1, "pw".toCharArray());
    out.field(60, new byte[] {1});
    byte[] padded = out.padded();
    assertThatThrownBy(() -> SecretsCodec.decode(padded.clone(), false))
        .isInstanceOf(MalformedException.class);
    assertThat(SecretsCodec.decode(padded.clone(), true).password()).isEqualTo(Secret.of("pw"));
  }

  @Test
  void fieldsOutOfOrderTwiceOrTooLongAreRefused() {
    refused("0201610101620880");
    refused("010161010162");
    refused("0105616263");
    refused("01ffffffff0f");
    refused("0181");
    refused("018100" + "61".repeat(1));
    refused("0101c3");
  }

  @Test
  void decodersThrowNothingElseOnGarbage() {
    long seed = Long.getLong("ezypass.seed", System.nanoTime());
    Random random = new Random(seed);
    byte[][] valid = {
      MetaCodec.encode(OWNER, TAG, full().meta(), AUDIT, Lifecycle.NEW),
      SecretsCodec.encode(full().secrets()),
      ProfileCodec.encode(OWNER, new UserProfile("a", "a@b", "c"), AUDIT),
      PageTokenCodec.encode(new PageTokenCodec.Position(CREATED, 3, "after"))
    };
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = valid[random.nextInt(valid.length)].clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      boolean lenient = random.nextBoolean();
      onlyMalformed(seed, () -> MetaCodec.decode(OWNER, bytes.clone(), lenient));
      onlyMalformed(seed, () -> SecretsCodec.decode(bytes.clone(), lenient));
      onlyMalformed(seed, () -> ProfileCodec.decode(OWNER, bytes.clone(), lenient));
      onlyMalformed(seed, () -> KeysCodec.decode(bytes.clone(), lenient));
      onlyMalformed(seed, () -> PageTokenCodec.decode(bytes.clone()));
      onlyMalformed(seed, () -> Header.decode(bytes));
    }
  }

  private interface Decoding {
    Object run() throws MalformedException;
  }

  private static void onlyMalformed(long seed, Decoding decoding) {
    try {
      decoding.run();
    } catch (MalformedException expected) {
      // The one that decoders may throw.
    } catch (RuntimeException e) {
      throw new AssertionError("replay with -Dezypass.seed=" + seed, e);
    }
  }

  private static void refused(String plainHex) {
    byte[] padded = Padding.pad(HexFormat.of().parseHex(plainHex));
    assertThatThrownBy(() -> SecretsCodec.decode(padded, false))
        .isInstanceOf(MalformedException.class);
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static CredentialContent full() {
    return CredentialContent.builder()
        .website("https://www.GitHub.com/login")
        .login("tahir")
        .title("Git \u00fc \ud83d\ude00")
        .urls(List.of("https://github.com/login", "https://github.com"))
        .description("two\nlines")
        .tags(List.of("work", "code"))
        .field("plan", "team")
        .field("empty", "")
        .hiddenField("pin", Secret.of("1234"))
        .hiddenField("puk", Secret.of(""))
        .favourite(true)
        .rotateBy(LocalDate.of(1969, 12, 31))
        .expiresAt(CREATED.plusSeconds(60))
        .password(Secret.of("correct horse \ud83d\udc34"))
        .notes(Secret.of("a note\nof two lines"))
        .totp(Secret.of("otpauth://totp/x?secret=ABC"))
        .build();
  }
}
