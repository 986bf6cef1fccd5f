package io.ezypass.internal.cipher;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with a 128-bit tag and an all-zero nonce, which is safe only
 * because every key seals once.
 */
final class AesGcm {
  static final int TAG = 16;
  private static final GCMParameterSpec ZERO_NONCE = new GCMParameterSpec(8 * TAG, new byte[12]);
  private static final Key.JceKey NO_KEY = new Key.JceKey("AES", new byte[Key.LENGTH]);
  // A Cipher that is reused is several times faster than a new one per call.
  private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(AesGcm::newCipher);

  private AesGcm() {}

  /** Seals, and wipes the key given. */
  static byte[] seal(byte[] key, byte[] plaintext, byte[] context, byte part) {
    try {
      return run(CIPHER.get(), Cipher.ENCRYPT_MODE, key, plaintext, context, part);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM seals every input of this size", e);
    }
  }

  /** Opens, and wipes the key given. */
  static byte[] open(byte[] key, byte[] sealed, byte[] context, byte part)
      throws NotAuthenticException {
    if (sealed.length < TAG) {
      throw new NotAuthenticException();
    }
    try {
      return run(CIPHER.get(), Cipher.DECRYPT_MODE, key, sealed, context, part);
    } catch (AEADBadTagException e) {
      throw new NotAuthenticException();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM opens every input of this size", e);
    }
  }

  private static byte[] run(
      Cipher cipher, int mode, byte[] key, byte[] input, byte[] context, byte part)
      throws GeneralSecurityException {
    try {
      cipher.init(mode, new Key.JceKey("AES", key), ZERO_NONCE);
      try {
        cipher.updateAAD(context);
        cipher.updateAAD(new byte[] {part});
        return cipher.doFinal(input);
      } finally {
        forget(cipher, mode);
      }
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * A Cipher keeps its key, and the JDK's keeps the last one that it encrypted with apart, so as to
   * refuse it the next time. Only another key in the same mode replaces both.
   */
  private static void forget(Cipher cipher, int mode) throws GeneralSecurityException {
    cipher.init(mode, NO_KEY, ZERO_NONCE);
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM/NoPadding", e);
    }
  }
}
