package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/** Which ARNs beside a wrapped key are accepted: the configured one, and replicas of it. */
final class ArnVectors {
  private static final String MULTI_REGION =
      "arn:aws:kms:eu-central-1:123456789012:key/mrk-1234abcd";
  private static final String SINGLE_REGION = "arn:aws:kms:eu-central-1:123456789012:key/1234";

  private ArnVectors() {}

  /**
   * Adds them for one item.
   *
   * @param given a reading of a changed item
   * @param expect what is read if the ARN is accepted
   */
  static void add(
      VectorFile file, JsonNode item, UnaryOperator<ObjectNode> given, JsonNode expect) {
    String replica = MULTI_REGION.replace("eu-central-1", "us-east-2");
    file.opens(
        "arn-multi-region",
        "a multi-Region key itself",
        reading(item, given, MULTI_REGION, MULTI_REGION),
        expect);
    file.opens(
        "arn-replica",
        "a replica: the Region alone differs, and the key id begins with mrk-",
        reading(item, given, MULTI_REGION, replica),
        expect);
    refused(file, "region", reading(item, given, SINGLE_REGION, region(SINGLE_REGION)));
    refused(
        file,
        "replica-account",
        reading(item, given, MULTI_REGION, replica.replace("123456789012", "210987654321")));
    refused(
        file,
        "replica-partition",
        reading(item, given, MULTI_REGION, replica.replace("arn:aws:", "arn:aws-cn:")));
    refused(
        file, "replica-key", reading(item, given, MULTI_REGION, replica.replace("1234a", "1234b")));
    refused(file, "replica-longer", reading(item, given, MULTI_REGION, replica + ":"));
    String alias = "arn:aws:kms:eu-central-1:123456789012:alias/mrk-1234abcd";
    refused(file, "replica-alias", reading(item, given, alias.replace("alias/", "key/"), alias));
  }

  private static void refused(VectorFile file, String id, ObjectNode given) {
    file.refused(
        "arn-of-another-" + id, "no replica of the accepted key", given, "key-unavailable");
  }

  private static String region(String arn) {
    return arn.replace("eu-central-1", "us-east-2");
  }

  private static ObjectNode reading(
      JsonNode item, UnaryOperator<ObjectNode> given, String accepted, String stored) {
    return given.apply(VectorWriter.with(item, "k", "S", stored)).put("acceptedArn", accepted);
  }
}
