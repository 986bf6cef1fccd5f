package io.ezypass.testkit.kms;

/** The actions that {@link FakeKms} serves, named as in an IAM policy. */
public enum KmsAction {
  /** {@code kms:GenerateDataKey}. */
  GENERATE_DATA_KEY("GenerateDataKey"),
  /** {@code kms:GenerateDataKeyWithoutPlaintext}. */
  GENERATE_DATA_KEY_WITHOUT_PLAINTEXT("GenerateDataKeyWithoutPlaintext"),
  /** {@code kms:Encrypt}. */
  ENCRYPT("Encrypt"),
  /** {@code kms:Decrypt}. */
  DECRYPT("Decrypt"),
  /** {@code kms:ReEncryptFrom} and {@code kms:ReEncryptTo}, denied and allowed together. */
  RE_ENCRYPT("ReEncrypt"),
  /** {@code kms:DescribeKey}. */
  DESCRIBE_KEY("DescribeKey");

  private final String operationName;

  KmsAction(String operationName) {
    this.operationName = operationName;
  }

  /**
   * The operation's name in the AWS API, such as {@code GenerateDataKey}.
   *
   * @return the name
   */
  public String operationName() {
    return operationName;
  }
}
