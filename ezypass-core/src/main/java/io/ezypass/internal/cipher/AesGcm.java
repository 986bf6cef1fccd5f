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
  // A Cipher that is reused is several times faster than a new one per call. It keeps the key of
  // the one sealing that it did last, never a vault key. The JDK's own guard stays in force: a
  // Cipher refuses to encrypt twice in a row with one key and nonce.
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

  /**
   * Seals what this key may have sealed before, and wipes the key given: the same plaintext and
   * context, which give the same bytes and so tell nothing. The thread's Cipher would refuse that
   * if it happened twice in a row, hence a fresh one.
   */
  static byte[] sealAgain(byte[] key, byte[] plaintext, byte[] context, byte part) {
    try {
      return run(newCipher(), Cipher.ENCRYPT_MODE, key, plaintext, context, part);
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
      cipher.updateAAD(context);
      cipher.updateAAD(new byte[] {part});
      return cipher.doFinal(input);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM/NoPadding", e);
    }
  }
}
