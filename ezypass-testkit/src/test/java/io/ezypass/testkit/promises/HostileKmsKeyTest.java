package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VaultException;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsCall;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** Somebody who may write to the table has a KMS key, and lets the table point to it. */
class HostileKmsKeyTest {
  private final HostileScene scene = new HostileScene();
  private final String attackers = scene.local.kms().createKey();

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void aKmsKeyThatIsNotTheTablesIsNeverUsed() {
    String own = scene.local.kmsKey();
    Map<String, String> named = new LinkedHashMap<>();
    named.put("another key", attackers);
    named.put("no key", "");
    named.put("an alias", "alias/attackers");
    named.put("another region", own.replace("us-east-1", "eu-west-1"));
    named.put("another account", own.replace("123456789012", "999999999999"));
    scene.local.kms().resetCalls();

    named.forEach(
        (what, arn) ->
            refusedByEveryCall(
                what, Map.of("k", AttributeValue.fromS(arn)), KeyUnavailableException.class));
    // As good as it gets: wrapped by the attacker's key, for this table and this user.
    refusedByEveryCall(
        "another key that did wrap",
        Map.of("k", AttributeValue.fromS(attackers), "w", wrappedByAttacker()),
        KeyUnavailableException.class);

    assertThat(scene.local.kms().calls())
        .filteredOn(call -> call.action() == KmsAction.DECRYPT)
        .extracting(KmsCall::keyId)
        .doesNotContain(attackers)
        .allMatch(own::equals);
  }

  @Test
  void aKeyWrappedByAnotherKmsKeyUnderTheNameOfTheTablesIsRefused() {
    refusedByEveryCall(
        "wrapped by another", Map.of("w", wrappedByAttacker()), TamperedItemException.class);
  }

  @Test
  void aRootUnderAnotherKmsKeyIsNotAccepted() {
    scene.inspector.change("TABLE", "ROOT", item -> item.put("k", AttributeValue.fromS(attackers)));
    scene.local.kms().resetCalls();

    scene.refuseInNewProcess(
        "another key", HostileScene.usingTableKeys(), KeyUnavailableException.class);
    assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isZero();
  }

  /** Changes KEYS, makes every call that needs them, cold, and puts them back. */
  private void refusedByEveryCall(
      String what, Map<String, AttributeValue> change, Class<? extends VaultException> expected) {
    Map<String, AttributeValue> keys = scene.item("U#alice", "KEYS");
    scene.inspector.change("U#alice", "KEYS", item -> item.putAll(change));
    scene
        .usingKeys()
        .forEach(
            (name, call) -> {
              scene.local.ezypass().evict(ALICE);
              scene.refuses(what + ", " + name, call, expected);
            });
    scene.inspector.put(keys);
    scene.othersStayReadable(what);
  }

  private AttributeValue wrappedByAttacker() {
    GenerateDataKeyResponse wrapped =
        scene
            .local
            .kms()
            .client()
            .generateDataKey(
                generate ->
                    generate
                        .keyId(attackers)
                        .keySpec(DataKeySpec.AES_256)
                        .encryptionContext(scene.kmsContext(ALICE)));
    return AttributeValue.fromB(wrapped.ciphertextBlob());
  }
}
