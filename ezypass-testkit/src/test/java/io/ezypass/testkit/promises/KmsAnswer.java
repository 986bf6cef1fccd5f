package io.ezypass.testkit.promises;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.KeyUnavailableException.Reason;
import io.ezypass.error.TamperedItemException;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.kms.FakeKms;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsErrors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What KMS may say when it is asked for a key, and what is thrown for it. */
enum KmsAnswer {
  OK("the key", null) {
    @Override
    void begin(EzyPassLocal local) {}
  },
  ACCESS_DENIED("AccessDenied", Reason.DENIED) {
    @Override
    void begin(EzyPassLocal local) {
      local.kms().deny(KmsAction.DECRYPT);
      local.kms().deny(KmsAction.GENERATE_DATA_KEY);
    }

    @Override
    void end(EzyPassLocal local) {
      local.kms().allow(KmsAction.DECRYPT);
      local.kms().allow(KmsAction.GENERATE_DATA_KEY);
    }
  },
  DISABLED("Disabled", Reason.REVOKED) {
    @Override
    void begin(EzyPassLocal local) {
      local.kms().disable(local.kmsKey());
    }

    @Override
    void end(EzyPassLocal local) {
      local.kms().enable(local.kmsKey());
    }
  },
  PENDING_DELETION("KMSInvalidState (pending deletion)", Reason.REVOKED) {
    @Override
    void begin(EzyPassLocal local) {
      local.kms().scheduleDeletion(local.kmsKey());
    }

    @Override
    void end(EzyPassLocal local) {
      local.kms().cancelDeletion(local.kmsKey());
      local.kms().enable(local.kmsKey());
    }
  },
  NOT_FOUND("NotFound", Reason.REVOKED) {
    @Override
    void begin(EzyPassLocal local) {
      failing(local.kms(), () -> KmsErrors.notFound("Key does not exist"));
    }
  },
  NOT_ACCEPTED("not asked: the stored ARN is not accepted", Reason.NOT_ACCEPTED) {
    @Override
    void begin(EzyPassLocal local) {
      name(local, local.kms().createKey());
    }

    @Override
    void end(EzyPassLocal local) {
      name(local, local.kmsKey());
    }

    private void name(EzyPassLocal local, String arn) {
      AttributeValue value = AttributeValue.fromS(arn);
      local.inspector().change("U#" + Scene.ALICE, "KEYS", keys -> keys.put("k", value));
      local.inspector().change("TABLE", "ROOT", root -> root.put("k", value));
    }
  },
  INVALID_CIPHERTEXT("InvalidCiphertext", null) {
    @Override
    void begin(EzyPassLocal local) {
      failing(local.kms(), KmsErrors::invalidCiphertext);
    }
  },
  INCORRECT_KEY("IncorrectKey", null) {
    @Override
    void begin(EzyPassLocal local) {
      failing(local.kms(), KmsErrors::incorrectKey);
    }
  },
  THROTTLED("Throttling", Reason.THROTTLED) {
    @Override
    void begin(EzyPassLocal local) {
      failing(local.kms(), KmsErrors::throttled);
    }
  },
  INTERNAL_ERROR("KMSInternal, status 5xx", Reason.UNREACHABLE) {
    @Override
    void begin(EzyPassLocal local) {
      failing(local.kms(), KmsErrors::internalError);
    }
  },
  UNREACHABLE("none: no connection", Reason.UNREACHABLE) {
    @Override
    void begin(EzyPassLocal local) {
      failing(local.kms(), KmsErrors::unreachable);
    }
  };

  /** As the document calls it. */
  final String title;

  private final @Nullable Reason reason;

  KmsAnswer(String title, @Nullable Reason reason) {
    this.title = title;
    this.reason = reason;
  }

  /** From now on KMS says so. */
  abstract void begin(EzyPassLocal local);

  /** KMS is as before. */
  void end(EzyPassLocal local) {
    local.kms().clearFailures();
  }

  boolean refuses() {
    return this != OK;
  }

  /** Whether waiting might help, so that keys which are cached stay until their TTL. */
  boolean isTransient() {
    return reason == Reason.THROTTLED || reason == Reason.UNREACHABLE;
  }

  /** The failure that callers get, as the document calls it. */
  String refusal() {
    return reason == null ? TamperedItemException.class.getSimpleName() : reason.name();
  }

  /** The same of a failure that was thrown. */
  static String refusal(@Nullable Throwable failure) {
    return failure instanceof KeyUnavailableException unavailable
        ? unavailable.reason().name()
        : String.valueOf(failure == null ? null : failure.getClass().getSimpleName());
  }

  private static void failing(FakeKms kms, Supplier<RuntimeException> failure) {
    for (KmsAction action : KmsAction.values()) {
      kms.failNext(action, 1_000, failure);
    }
  }
}
