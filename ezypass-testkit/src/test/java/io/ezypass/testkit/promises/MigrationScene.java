package io.ezypass.testkit.promises;

import io.ezypass.EzyPass;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.kms.FakeKms;

/** A table whose wrapped keys are to move from one KMS key to another. */
final class MigrationScene implements AutoCloseable {
  final EzyPassLocal local = EzyPassLocal.start();
  final FakeKms kms = local.kms();
  final String old = local.kmsKey();
  final String next = kms.createKey();

  /** A process that wraps under the new key and accepts the old one. */
  EzyPass switched() {
    return local.open(builder -> builder.kmsKey(next).acceptedKmsKeys(old));
  }

  /** A user with one credential, under the old key. */
  UserId register(String id) {
    UserId user = UserId.of(id);
    local.repository().register(NewUser.withId(user).username(id));
    local.repository().vault(user).add(Scene.content("github.com", id));
    local.resetCounts();
    return user;
  }

  /** The ARN of the KMS key that the table names for a user. */
  String arn(UserId user) {
    return local.inspector().item("U#" + user, "KEYS").get("k").s();
  }

  String rootArn() {
    return local.inspector().item("TABLE", "ROOT").get("k").s();
  }

  @Override
  public void close() {
    local.close();
  }
}
