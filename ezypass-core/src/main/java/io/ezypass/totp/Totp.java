package io.ezypass.totp;

import io.ezypass.internal.cipher.OtpHmac;
import io.ezypass.model.Credential;
import io.ezypass.model.Secret;
import java.nio.CharBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the time-based one-time passwords of RFC 6238 out of what a credential stores: the {@code
 * otpauth://totp/…} URI of a QR code, or the bare secret that a site shows.
 *
 * <pre>{@code
 * try (Totp totp = Totp.from(credential).orElseThrow();
 *     TotpCode now = totp.code(Instant.now())) {
 *   show(now.code(), now.secondsLeft());
 * }
 * }</pre>
 *
 * <p>A URI follows the <a
 * href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format">key URI format</a>. A
 * bare secret, and a URI that says nothing else, means SHA-1, 6 digits and 30 seconds. Secrets are
 * base32 (RFC 4648) in either case, with or without padding; white space and hyphens between the
 * characters are passed over. So are parameters of a URI that the format does not have. Storing a
 * credential checks none of this: what is stored may be older, or of another kind.
 *
 * <p>It holds the key until it is closed, and sends nothing. Thread safe. No character of the
 * secret and no code passes through a {@link String}.
 */
public final class Totp implements AutoCloseable {
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /** The hash in the HMAC that a code is made of. */
  public enum Algorithm {
    /** What nearly all sites use. */
    SHA1(OtpHmac.SHA1),
    /** SHA-256. */
    SHA256(OtpHmac.SHA256),
    /** SHA-512. */
    SHA512(OtpHmac.SHA512);

    private final OtpHmac hmac;

    Algorithm(OtpHmac hmac) {
      this.hmac = hmac;
    }
  }

  private final Otpauth settings;
  private boolean closed;

  private Totp(Otpauth settings) {
    this.settings = settings;
  }

  /**
   * Reads what a credential stores.
   *
   * @param stored an {@code otpauth://totp/…} URI or a bare secret; copied
   * @return the generator, the caller's to close
   * @throws IllegalArgumentException if the text is null; or not a URI of that kind nor base32; or
   *     names a secret, issuer, algorithm, number of digits or period twice, or one that there is
   *     not. No message shows any of it
   * @throws IllegalStateException if the secret is closed
   */
  public static Totp of(Secret stored) {
    return new Totp(present("totp", stored).use(Totp::read));
  }

  /**
   * Reads what a credential stores, if it stores any.
   *
   * @param credential with its secrets open
   * @return the generator, the caller's to close; empty if the credential has none
   * @throws IllegalArgumentException as {@link #of}
   * @throws IllegalStateException if the credential is closed
   */
  public static Optional<Totp> from(Credential credential) {
    return Optional.ofNullable(present("credential", credential).content().secrets().totp())
        .map(Totp::of);
  }

  /**
   * The code of a moment.
   *
   * @param at when; a site takes the code by its own clock, and most take the one before or after
   *     as well
   * @return the code, the caller's to close
   * @throws IllegalArgumentException if the time is null or outside of the years 1970 to 9999
   * @throws IllegalStateException if this is closed
   */
  public TotpCode code(Instant at) {
    long second = present("time", at).getEpochSecond();
    if (second < 0 || second > LATEST) {
      throw new IllegalArgumentException("time must be in the years 1970 to 9999");
    }
    long counter = second / settings.period();
    long next = (counter + 1) * settings.period();
    byte[] key = openKey();
    try {
      return new TotpCode(
          Hotp.code(settings.algorithm().hmac, key, counter, settings.digits()),
          Instant.ofEpochSecond(next),
          (int) (next - second));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * The hash that codes are made with.
   *
   * @return the algorithm
   */
  public Algorithm algorithm() {
    return settings.algorithm();
  }

  /**
   * How long codes are.
   *
   * @return 6 to 8
   */
  public int digits() {
    return settings.digits();
  }

  /**
   * How long a code is good for.
   *
   * @return whole seconds, at least 1
   */
  public Duration period() {
    return Duration.ofSeconds(settings.period());
  }

  /**
   * Who the code is for. The parameter goes before what the label says.
   *
   * @return the issuer, or null if the text names none
   */
  public @Nullable String issuer() {
    return settings.issuer();
  }

  /**
   * Whose account the code is for.
   *
   * @return the account, or null if the text names none
   */
  public @Nullable String account() {
    return settings.account();
  }

  /** Wipes the key. Closing twice is fine. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(settings.key(), (byte) 0);
  }

  /** Shows how codes are made, and nothing that the user or the site wrote. */
  @Override
  public String toString() {
    return "Totp[" + algorithm() + ", " + digits() + " digits, " + period().toSeconds() + " s]";
  }

  static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " must not be null");
    }
    return value;
  }

  private static Otpauth read(char[] stored) {
    int start = 0;
    int end = stored.length;
    while (start < end && isBlank(stored[start])) {
      start++;
    }
    while (start < end && isBlank(stored[end - 1])) {
      end--;
    }
    CharBuffer text = CharBuffer.wrap(stored, start, end - start);
    return Otpauth.isUri(text) ? Otpauth.parse(text) : Otpauth.bare(Base32.decode(text));
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private synchronized byte[] openKey() {
    if (closed) {
      throw new IllegalStateException("the TOTP generator is closed");
    }
    return settings.key().clone();
  }
}
