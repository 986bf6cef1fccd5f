package io.ezypass.testkit.kms;

import java.time.Instant;
import javax.crypto.SecretKey;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * One symmetric key of the fake in one region. Immutable: a change of state makes a new one.
 *
 * @param arn its ARN
 * @param id the last part of the ARN; the same in every region for a multi-Region key
 * @param multiRegion whether it may be replicated
 * @param secret the backing key; replicas share it
 * @param created when it was made
 * @param state enabled, disabled or waiting for deletion
 */
record KmsKey(
    String arn, String id, boolean multiRegion, SecretKey secret, Instant created, KeyState state) {

  KmsKey in(KeyState newState) {
    return new KmsKey(arn, id, multiRegion, secret, created, newState);
  }

  KmsKey at(String otherArn) {
    return new KmsKey(otherArn, id, multiRegion, secret, created, KeyState.ENABLED);
  }

  /** Itself if it may be used for cryptography now; else AWS's exception for its state. */
  KmsKey usable() {
    return switch (state) {
      case ENABLED -> this;
      case DISABLED -> throw KmsErrors.disabled(arn);
      default -> throw KmsErrors.invalidState(arn);
    };
  }

  /** Leaves the backing key out. */
  @Override
  public String toString() {
    return "KmsKey[" + arn + ", " + state + "]";
  }
}
