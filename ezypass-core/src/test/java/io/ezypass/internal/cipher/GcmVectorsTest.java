package io.ezypass.internal.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The platform's AES/GCM/NoPadding against published vectors: what the library assumes of it. That
 * the library uses it as the format says is in {@link SealingTest}.
 */
class GcmVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "aes-256-gcm.csv", numLinesToSkip = 1, emptyValue = "")
  void sealsAndOpens(
      String source, String key, String iv, String plain, String aad, String sealed, String tag)
      throws GeneralSecurityException {
    byte[] whole = HEX.parseHex(text(sealed) + text(tag));
    assertThat(cipher(Cipher.ENCRYPT_MODE, key, iv, text(aad)).doFinal(HEX.parseHex(text(plain))))
        .isEqualTo(whole);
    assertThat(cipher(Cipher.DECRYPT_MODE, key, iv, text(aad)).doFinal(whole))
        .isEqualTo(HEX.parseHex(text(plain)));
    whole[whole.length - 1] ^= 1;
    assertThatThrownBy(() -> cipher(Cipher.DECRYPT_MODE, key, iv, text(aad)).doFinal(whole))
        .isInstanceOf(AEADBadTagException.class);
  }

  /** NIST CAVS 14.0, gcmDecrypt256.rsp, IVlen 96, PTlen 0, AADlen 0, Taglen 128, Count 1: FAIL. */
  @Test
  void refusesWhatNistSaysFails() throws GeneralSecurityException {
    Cipher cipher =
        cipher(
            Cipher.DECRYPT_MODE,
            "e5a8123f2e2e007d4e379ba114a2fb66e6613f57c72d4e4f024964053028a831",
            "51e43385bf533e168427e1ad",
            "");
    assertThatThrownBy(() -> cipher.doFinal(HEX.parseHex("38fe845c66e66bdd884c2aecafd280e6")))
        .isInstanceOf(AEADBadTagException.class);
  }

  private static String text(@Nullable String hex) {
    return hex == null ? "" : hex;
  }

  private static Cipher cipher(int mode, String key, String iv, String aad)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(HEX.parseHex(key), "AES"),
        new GCMParameterSpec(128, HEX.parseHex(iv)));
    cipher.updateAAD(HEX.parseHex(aad));
    return cipher;
  }
}
