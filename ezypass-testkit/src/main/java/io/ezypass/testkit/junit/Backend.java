package io.ezypass.testkit.junit;

/** What stands behind the repository of a test. */
public enum Backend {
  /**
   * Whatever the system property or JUnit configuration parameter {@value
   * EzyPassExtension#BACKEND_PROPERTY} names, {@link #FAKE} if it is not set.
   */
  DEFAULT,
  /** The in-memory fake: quick, and the only one that can be told to fail. */
  FAKE,
  /** The library itself on DynamoDB Local and a fake KMS, both inside the JVM. */
  DYNAMODB_LOCAL
}
