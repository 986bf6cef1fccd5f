package io.ezypass.internal.op;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;

/**
 * The KMS key that wraps, and which stored keys are accepted for unwrapping: a writer of the table
 * could otherwise point it at a key of their own. Thread safe.
 */
public final class KmsKeys {
  private static final long RESOLVE_AGAIN = Duration.ofMinutes(1).toNanos();

  private final String configured;
  private final LongSupplier nanoTime;
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Long> resolvedAt = new AtomicReference<>();

  /**
   * Uses one key.
   *
   * @param configured an ARN, a key id or an alias
   */
  public KmsKeys(String configured, LongSupplier nanoTime) {
    this.configured = configured;
    this.nanoTime = nanoTime;
    if (isKeyArn(configured)) {
      accepted.add(configured);
    }
  }

  /** A key wrapped by KMS, with the ARN of the key that did it. */
  record Wrapped(byte[] bytes, String keyArn) {
    boolean isSameAs(Wrapped other) {
      return keyArn.equals(other.keyArn) && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public String toString() {
      return "Wrapped[redacted]";
    }
  }

  /** What a wrapped key is for; part of KMS's encryption context, which CloudTrail shows. */
  static Map<String, String> context(byte[] tableId, @Nullable UserId user) {
    Map<String, String> context = new TreeMap<>();
    context.put("ezypass:format", "1");
    context.put("ezypass:table", Base64.getUrlEncoder().withoutPadding().encodeToString(tableId));
    context.put("ezypass:purpose", user == null ? "lookup-key" : "vault-key");
    if (user != null) {
      context.put("ezypass:user", user.value());
    }
    return context;
  }

  /** Makes a key of 32 bytes; they are wiped when {@code then} returns. */
  <R> Plan<R> generate(Map<String, String> context, BiFunction<byte[], Wrapped, Plan<R>> then) {
    return Plan.call(
        Op.GENERATE_DATA_KEY,
        GenerateDataKeyRequest.builder()
            .keyId(configured)
            .keySpec(DataKeySpec.AES_256)
            .encryptionContext(context)
            .build(),
        response -> {
          accepted.add(response.keyId());
          byte[] plaintext = response.plaintext().asByteArrayUnsafe();
          try {
            return then.apply(
                plaintext, new Wrapped(response.ciphertextBlob().asByteArray(), response.keyId()));
          } finally {
            Arrays.fill(plaintext, (byte) 0);
          }
        },
        failure -> {
          throw Failures.kms("The KMS key", failure);
        });
  }

  /**
   * Unwraps a key; the bytes are wiped when {@code then} returns.
   *
   * @param onRefusal goes on after an answer that waiting does not help; null to fail
   */
  <R> Plan<R> unwrap(
      String item,
      Wrapped wrapped,
      Map<String, String> context,
      Function<byte[], Plan<R>> then,
      @Nullable Function<RuntimeException, Plan<R>> onRefusal) {
    return accept(wrapped.keyArn())
        .then(
            keyId ->
                Plan.call(
                    Op.DECRYPT,
                    DecryptRequest.builder()
                        .keyId(keyId)
                        .ciphertextBlob(SdkBytes.fromByteArray(wrapped.bytes()))
                        .encryptionContext(context)
                        .build(),
                    response -> {
                      byte[] plaintext = response.plaintext().asByteArrayUnsafe();
                      try {
                        if (plaintext.length != 32) {
                          throw new TamperedItemException(item);
                        }
                        return then.apply(plaintext);
                      } finally {
                        Arrays.fill(plaintext, (byte) 0);
                      }
                    },
                    failure -> {
                      RuntimeException mapped = Failures.kms(item, failure);
                      if (onRefusal != null && Failures.closes(failure)) {
                        return onRefusal.apply(mapped);
                      }
                      throw mapped;
                    }));
  }

  /** The key id to send for a stored ARN, if it is accepted. */
  private Plan<String> accept(String storedArn) {
    // Asked first: what another thread resolves from here on is seen below.
    boolean mayResolve = mayResolve();
    String known = accepted(storedArn);
    if (known != null) {
      return Plan.done(known);
    }
    if (isKeyArn(configured) || !mayResolve) {
      throw new KeyUnavailableException(KeyUnavailableException.Reason.NOT_ACCEPTED);
    }
    return Plan.call(
        Op.DESCRIBE_KEY,
        DescribeKeyRequest.builder().keyId(configured).build(),
        response -> {
          accepted.add(response.keyMetadata().arn());
          resolvedAt.set(nanoTime.getAsLong());
          String now = accepted(storedArn);
          if (now == null) {
            throw new KeyUnavailableException(KeyUnavailableException.Reason.NOT_ACCEPTED);
          }
          return Plan.done(now);
        },
        failure -> {
          throw Failures.kms("The KMS key", failure);
        });
  }

  /** An alias is resolved at first use, and again at most once a minute. */
  private boolean mayResolve() {
    Long last = resolvedAt.get();
    return last == null || nanoTime.getAsLong() - last >= RESOLVE_AGAIN;
  }

  private @Nullable String accepted(String storedArn) {
    if (accepted.contains(storedArn)) {
      return storedArn;
    }
    return accepted.stream().filter(arn -> isReplica(arn, storedArn)).findFirst().orElse(null);
  }

  /** Multi-Region keys share everything of their ARN but the region. */
  private static boolean isReplica(String arn, String other) {
    String[] left = arn.split(":", -1);
    String[] right = other.split(":", -1);
    if (left.length != 6 || right.length != 6 || !left[5].startsWith("key/mrk-")) {
      return false;
    }
    left[3] = "";
    right[3] = "";
    return Arrays.equals(left, right);
  }

  private static boolean isKeyArn(String id) {
    return id.startsWith("arn:") && id.contains(":key/");
  }
}
