package io.ezypass.internal.cipher;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Seals up to two parts under keys that are used once, derived from a long-lived key and the
 * context; and opens them after the commitment has been checked. The wrapped key lies beside the
 * data, so without a commitment one ciphertext could open under two keys.
 *
 * <pre>
 * key --HKDF-Expand, info = label ‖ context--> meta key ‖ secret key ‖ commitment
 * meta key, secret key --AES-256-GCM, zero nonce, AAD = context ‖ part--> the sealed parts
 * </pre>
 */
public final class Sealing implements AutoCloseable {
  /** The length of an operation id. */
  public static final int OPERATION_ID = 16;

  /** The length of a commitment. */
  public static final int COMMITMENT = 32;

  private static final byte[] SEAL = "ezypass/1/seal".getBytes(StandardCharsets.US_ASCII);
  private static final String OPERATION = "ezypass/1/operation-id";
  private static final byte META = 'm';
  private static final byte SECRET = 's';

  private final byte[] derived;
  private final byte[] context;
  private final boolean again;

  private Sealing(byte[] derived, byte[] context, boolean again) {
    this.derived = derived;
    this.context = context;
    this.again = again;
  }

  /**
   * The synthetic operation id of one sealing: it depends on fresh randomness and on all that is
   * sealed, so that a cloned process that repeats its randomness with another plaintext still gets
   * another id, and with it other keys.
   *
   * @param key the long-lived key
   * @param random 32 fresh bytes
   * @param contextWithoutId the context without the operation id
   * @param meta the padded first part
   * @param secret the padded second part, if there is one
   */
  public static byte[] operationId(
      Key key, byte[] random, byte[] contextWithoutId, byte[] meta, byte @Nullable [] secret) {
    Key operation = Hmac.deriveKey(key, OPERATION);
    try {
      byte[] mac =
          Hmac.sha256(
              operation,
              random,
              length(contextWithoutId),
              contextWithoutId,
              length(meta),
              meta,
              length(secret),
              secret == null ? new byte[0] : secret);
      return Arrays.copyOf(mac, OPERATION_ID);
    } finally {
      operation.wipe();
    }
  }

  /** Derives the keys of one sealing, in order to seal. */
  public static Sealing forSealing(Key key, byte[] context) {
    return new Sealing(derive(key, context), context, false);
  }

  /**
   * Derives the keys of one sealing, in order to seal what is bound to an operation id that it had
   * before. Others may do the same at the same time, or this process again: all of them seal the
   * plaintext that belongs to the operation id, so these keys, too, seal one plaintext only.
   */
  public static Sealing forResealing(Key key, byte[] context) {
    return new Sealing(derive(key, context), context, true);
  }

  /** Derives the keys of one sealing, in order to open it. */
  public static Sealing forOpening(Key key, byte[] context, byte[] commitment)
      throws NotAuthenticException {
    Sealing sealing = forSealing(key, context);
    if (!Hmac.equal(sealing.commitment(), commitment)) {
      sealing.close();
      throw new NotAuthenticException();
    }
    return sealing;
  }

  /** What commits the sealing to its key and context; stored in the clear. */
  public byte[] commitment() {
    return Arrays.copyOfRange(derived, 2 * Key.LENGTH, 2 * Key.LENGTH + COMMITMENT);
  }

  /** Seals the first part; once. */
  public byte[] sealMeta(byte[] padded) {
    return seal(metaKey(), padded, META);
  }

  /** Seals the second part; once. */
  public byte[] sealSecret(byte[] padded) {
    return seal(secretKey(), padded, SECRET);
  }

  /** Opens the first part. */
  public byte[] openMeta(byte[] sealed) throws NotAuthenticException {
    return AesGcm.open(metaKey(), sealed, context, META);
  }

  /** Opens the second part. */
  public byte[] openSecret(byte[] sealed) throws NotAuthenticException {
    return AesGcm.open(secretKey(), sealed, context, SECRET);
  }

  /** Wipes the derived keys. */
  @Override
  public void close() {
    Arrays.fill(derived, (byte) 0);
  }

  private byte[] seal(byte[] key, byte[] padded, byte part) {
    return again
        ? AesGcm.sealAgain(key, padded, context, part)
        : AesGcm.seal(key, padded, context, part);
  }

  private static byte[] derive(Key key, byte[] context) {
    byte[] info = Arrays.copyOf(SEAL, SEAL.length + context.length);
    System.arraycopy(context, 0, info, SEAL.length, context.length);
    return Hmac.expand(key, info, 2 * Key.LENGTH + COMMITMENT);
  }

  private byte[] metaKey() {
    return Arrays.copyOfRange(derived, 0, Key.LENGTH);
  }

  private byte[] secretKey() {
    return Arrays.copyOfRange(derived, Key.LENGTH, 2 * Key.LENGTH);
  }

  private static byte[] length(byte @Nullable [] part) {
    return ByteBuffer.allocate(4).putInt(part == null ? -1 : part.length).array();
  }
}
