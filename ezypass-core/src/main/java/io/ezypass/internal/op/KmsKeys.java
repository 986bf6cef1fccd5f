package io.ezypass.internal.op;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.KeyUnavailableException.Reason;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.UserId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Queue;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;

/**
 * The calls to KMS: which key wraps, and which stored keys are accepted for unwrapping. A writer of
 * the table could otherwise point it at a key of their own. Thread safe.
 */
public final class KmsKeys {
  private final KmsConfig config;
  private final KeyArns arns;

  /** Uses the keys of the configuration. */
  public KmsKeys(KmsConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.arns = new KeyArns(config.acceptedFor(null), nanoTime);
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

  /** What a wrapped key is for; null as user for the table's lookup key. */
  static EncryptionContext context(byte[] tableId, @Nullable UserId user) {
    return new EncryptionContext(tableId, user);
  }

  /** Makes a key of 32 bytes; they are wiped when {@code then} returns. */
  <R> Plan<R> generate(EncryptionContext context, BiFunction<byte[], Wrapped, Plan<R>> then) {
    String id = config.wrapping(context.user());
    return Plan.call(
        Op.GENERATE_DATA_KEY,
        GenerateDataKeyRequest.builder()
            .keyId(id)
            .keySpec(DataKeySpec.AES_256)
            .encryptionContext(context.pairs())
            .grantTokens(config.tokens())
            .build(),
        response -> {
          arns.used(id, response.keyId());
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
      EncryptionContext context,
      Function<byte[], Plan<R>> then,
      @Nullable Function<RuntimeException, Plan<R>> onRefusal) {
    return accept(wrapped, context.user())
        .then(
            keyId ->
                Plan.call(
                    Op.DECRYPT,
                    DecryptRequest.builder()
                        .keyId(keyId)
                        .ciphertextBlob(SdkBytes.fromByteArray(wrapped.bytes()))
                        .encryptionContext(context.pairs())
                        .grantTokens(config.tokens())
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

  /**
   * Wraps a key anew without seeing it.
   *
   * @param acceptedArn what {@link #accept} gave for it
   * @param target the ARN of the key that shall wrap it
   */
  Plan<Wrapped> reEncrypt(
      String item, Wrapped wrapped, String acceptedArn, String target, EncryptionContext context) {
    return Plan.call(
        Op.RE_ENCRYPT,
        ReEncryptRequest.builder()
            .ciphertextBlob(SdkBytes.fromByteArray(wrapped.bytes()))
            .sourceKeyId(acceptedArn)
            .sourceEncryptionContext(context.pairs())
            .destinationKeyId(target)
            .destinationEncryptionContext(context.pairs())
            .grantTokens(config.tokens())
            .build(),
        response ->
            Plan.done(new Wrapped(response.ciphertextBlob().asByteArray(), response.keyId())),
        failure -> {
          throw Failures.kms(item, failure);
        });
  }

  /**
   * The ARN of the key that wraps for a user, or for the table, from now on. An alias or key id is
   * resolved at first use and then at most once a minute.
   */
  Plan<String> target(@Nullable UserId user) {
    String id = config.wrapping(user);
    String latest = arns.latest(id);
    if (latest != null && !arns.mayAsk(id)) {
      return Plan.done(latest);
    }
    return Plan.call(
        Op.DESCRIBE_KEY,
        describe(id),
        response -> {
          String arn = response.keyMetadata().arn();
          arns.answered(id, arn);
          return Plan.done(arn);
        },
        failure -> {
          throw Failures.kms("The KMS key", failure);
        });
  }

  /** The ARN to ask KMS under for a wrapped key, if the key that wrapped it is accepted. */
  Plan<String> accept(Wrapped wrapped, @Nullable UserId user) {
    Collection<String> ids = config.acceptedFor(user);
    // Asked first: what another thread resolves from here on is seen below.
    Queue<String> unresolved = new ArrayDeque<>(ids.stream().filter(arns::mayAsk).toList());
    return accept(wrapped.keyArn(), ids, unresolved, null);
  }

  /**
   * Asks for one id after the other until one is it. An id that cannot be resolved does not keep
   * the others from being asked, and one that does not exist stands for no key.
   *
   * @param failure of an id that could not be resolved and might have been it
   */
  private Plan<String> accept(
      String storedArn,
      Collection<String> ids,
      Queue<String> unresolved,
      @Nullable KeyUnavailableException failure) {
    String accepted = arns.accepted(ids, storedArn);
    if (accepted != null) {
      return Plan.done(accepted);
    }
    String id = unresolved.poll();
    if (id == null) {
      throw failure == null ? new KeyUnavailableException(Reason.NOT_ACCEPTED) : failure;
    }
    return Plan.call(
        Op.DESCRIBE_KEY,
        describe(id),
        response -> {
          arns.answered(id, response.keyMetadata().arn());
          return accept(storedArn, ids, unresolved, failure);
        },
        thrown -> {
          if (thrown instanceof NotFoundException) {
            arns.answered(id, null);
            return accept(storedArn, ids, unresolved, failure);
          }
          RuntimeException mapped = Failures.kms("The KMS key", thrown);
          if (mapped instanceof KeyUnavailableException unavailable) {
            return accept(storedArn, ids, unresolved, moreHopeful(failure, unavailable));
          }
          throw mapped;
        });
  }

  /** What waiting helps against goes first: cached keys stay for it. */
  private static KeyUnavailableException moreHopeful(
      @Nullable KeyUnavailableException one, KeyUnavailableException other) {
    return one == null || one.reason() == Reason.DENIED ? other : one;
  }

  private DescribeKeyRequest describe(String id) {
    return DescribeKeyRequest.builder().keyId(id).grantTokens(config.tokens()).build();
  }
}
