package io.ezypass.internal.op;

import io.ezypass.internal.table.Requests;
import io.ezypass.model.VaultPolicies;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What every use case works in.
 *
 * @param requests builds the requests for the table
 * @param kms the KMS keys that are used and accepted
 * @param clock tells the time of day
 * @param nanoTime tells how time passes, for deadlines
 * @param random makes keys, ids and tokens
 * @param writeDeadline how long after sealing a write may be sent or retried
 * @param policies what is kept when credentials are changed or deleted
 */
public record Environment(
    Requests requests,
    KmsKeys kms,
    InstantSource clock,
    LongSupplier nanoTime,
    SecureRandom random,
    Duration writeDeadline,
    VaultPolicies policies) {

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A version 4 UUID from the injected randomness. */
  UUID token() {
    byte[] bytes = randomBytes(16);
    bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /** Until when what is sealed now may be sent. */
  OptionalLong notAfter() {
    return OptionalLong.of(nanoTime.getAsLong() + writeDeadline.toNanos());
  }

  /** How long it is until then, at least a millisecond. */
  Duration until(OptionalLong notAfter) {
    long nanos = notAfter.isPresent() ? notAfter.getAsLong() - nanoTime.getAsLong() : 0;
    return Duration.ofNanos(Math.max(1_000_000, nanos));
  }

  /** A pause before another try, with full jitter: up to 50 ms times 2^round, at most a second. */
  Duration jitter(int round) {
    return Duration.ofMillis(random.nextLong(1, Math.min(1_000, 50L << Math.min(round, 5)) + 1));
  }
}
