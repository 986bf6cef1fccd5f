package io.ezypass.internal.op;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.model.UserId;

/**
 * The selector gave no KMS key for a user. A single call fails with it; a job over many users,
 * which may meet ids that the selector does not know, reports that user and goes on.
 */
public final class NoKmsKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  NoKmsKeyException(UserId user) {
    super("kmsKeyPerUser gave no KMS key for user " + user);
  }

  /** What a job reports: the configuration has no key for this user. */
  public KeyUnavailableException reported() {
    return new KeyUnavailableException(KeyUnavailableException.Reason.NOT_ACCEPTED);
  }
}
