package io.ezypass.testkit.kms;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What Encrypt answers and Decrypt takes: format byte, key id, nonce, and AES-256-GCM over the
 * plaintext with the head and the encryption context as additional data.
 */
final class CiphertextBlob {
  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final String keyId;
  private final byte[] head;
  private final byte[] nonce;
  private final byte[] sealed;

  private CiphertextBlob(String keyId, byte[] nonce, byte[] sealed) {
    this.keyId = keyId;
    this.head = head(keyId);
    this.nonce = nonce;
    this.sealed = sealed;
  }

  /** The id of the key that this blob says it is encrypted under. */
  String keyId() {
    return keyId;
  }

  static SdkBytes encrypt(
      String keyId,
      SecretKey secret,
      Map<String, String> context,
      byte[] plaintext,
      SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] head = head(keyId);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, secret, nonce, head, context).doFinal(plaintext);
      ByteBuffer blob = ByteBuffer.allocate(head.length + nonce.length + sealed.length);
      return SdkBytes.fromByteArrayUnsafe(blob.put(head).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not usable in this JVM", e);
    }
  }

  /** Throws InvalidCiphertextException if this is no blob of ours. */
  static CiphertextBlob parse(SdkBytes bytes) {
    ByteBuffer in = bytes.asByteBuffer();
    if (in.remaining() < 2 || in.get() != FORMAT) {
      throw KmsErrors.invalidCiphertext();
    }
    int idLength = Byte.toUnsignedInt(in.get());
    if (in.remaining() < idLength + NONCE_BYTES + TAG_BYTES) {
      throw KmsErrors.invalidCiphertext();
    }
    byte[] id = new byte[idLength];
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(id).get(nonce);
    byte[] sealed = new byte[in.remaining()];
    in.get(sealed);
    return new CiphertextBlob(new String(id, StandardCharsets.US_ASCII), nonce, sealed);
  }

  /** Throws InvalidCiphertextException unless key, context and every byte are the original ones. */
  byte[] decrypt(SecretKey secret, Map<String, String> context) {
    try {
      return cipher(Cipher.DECRYPT_MODE, secret, nonce, head, context).doFinal(sealed);
    } catch (GeneralSecurityException e) {
      throw KmsErrors.invalidCiphertext();
    }
  }

  private static byte[] head(String keyId) {
    byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(2 + id.length).put(FORMAT).put((byte) id.length).put(id).array();
  }

  private static Cipher cipher(
      int mode, SecretKey secret, byte[] nonce, byte[] head, Map<String, String> context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, secret, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(head);
    cipher.updateAAD(EncryptionContext.canonical(context));
    return cipher;
  }
}
