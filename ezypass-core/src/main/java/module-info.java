/**
 * A password vault in one DynamoDB table, encrypted on the client under AWS KMS.
 *
 * <p>Start at {@link io.ezypass.EzyPass}.
 */
module io.ezypass.core {
  requires static transitive org.jspecify;
  requires static org.crac;
  requires static me.gosimple.nbvcxz;
  requires transitive software.amazon.awssdk.services.dynamodb;
  requires transitive software.amazon.awssdk.services.kms;
  requires transitive software.amazon.awssdk.core;
  requires transitive org.reactivestreams;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.metrics;
  requires software.amazon.awssdk.utils;
  requires org.slf4j;

  exports io.ezypass;
  exports io.ezypass.admin;
  exports io.ezypass.error;
  exports io.ezypass.health;
  exports io.ezypass.model;
  exports io.ezypass.totp;
}
