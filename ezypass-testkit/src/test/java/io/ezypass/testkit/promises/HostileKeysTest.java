package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static io.ezypass.testkit.promises.HostileScene.BOB;
import static io.ezypass.testkit.promises.HostileScene.tampered;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.testkit.kms.KmsAction;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** Somebody who may write to the table damages, swaps or forges keys and profiles. */
class HostileKeysTest {
  private final HostileScene scene = new HostileScene();
  private final Map<String, Runnable> open = Map.of("open", () -> scene.vaults.vault(ALICE).open());

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void keysWithAttributesMissingOfAnotherTypeOrLengthOpenNothing() {
    scene.refuseCold(new Tampering(keys()).malformed("v", "h", "m", "w", "k"), open, tampered());
  }

  @Test
  void everyBitOfTheHeaderOfKeysCounts() {
    scene.refuseCold(
        new Tampering(keys()).flipped("h", 1),
        open,
        what ->
            what.matches("h bit [0-7] flipped")
                ? UnsupportedFormatException.class
                : TamperedItemException.class);
  }

  @Test
  void bitsOfSealedAndOfWrappedKeysCount() {
    scene.refuseCold(new Tampering(keys()).flipped("m", 31).flipped("w", 31), open, tampered());
  }

  @Test
  void damagedKeysAreRefusedByEveryCall() {
    Map<String, AttributeValue> bobs = scene.item("U#bob", "KEYS");
    Tampering tampering =
        new Tampering(keys())
            .flippedBit("w", 500)
            .flippedBit("m", 5)
            .flippedBit("h", 8 * 30)
            .bytes("unknown format", "h", bytes -> set(bytes, 0, 9))
            .bytes("unknown feature", "h", bytes -> set(bytes, 1, 1))
            .bytes("unknown generation", "h", bytes -> set(bytes, 3, 2))
            .mixed("wrapped key of another user", bobs, "w")
            .mixed("sealed keys of another user", bobs, "h", "m")
            .mixed("all keys of another user", bobs, "v", "h", "m", "w", "k", "d");

    scene.refuseCold(
        tampering,
        scene.usingKeys(),
        what ->
            what.equals("unknown format")
                ? UnsupportedFormatException.class
                : TamperedItemException.class);
  }

  @Test
  void aKmsKeyThatIsNotTheTablesIsNeverUsed() {
    String attackers = scene.local.kms().createKey();
    // As good as it gets: wrapped by a key of the attacker's, for this table and this user.
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
    Tampering tampering =
        new Tampering(keys())
            .with("another key", "k", AttributeValue.fromS(attackers))
            .with("no key", "k", AttributeValue.fromS(""))
            .with("an alias", "k", AttributeValue.fromS("alias/attackers"))
            .with(
                "another region",
                "k",
                AttributeValue.fromS(scene.local.kmsKey().replace("us-east-1", "eu-west-1")))
            .with(
                "another account",
                "k",
                AttributeValue.fromS(scene.local.kmsKey().replace("123456789012", "999999999999")));
    Map<String, AttributeValue> forged = new HashMap<>(keys());
    forged.put("k", AttributeValue.fromS(attackers));
    forged.put("w", AttributeValue.fromB(wrapped.ciphertextBlob()));
    tampering.mixed("another key that did wrap", forged, "k", "w");
    scene.local.kms().resetCalls();

    scene.refuseCold(tampering, scene.usingKeys(), what -> KeyUnavailableException.class);

    assertThat(scene.local.kms().calls())
        .filteredOn(call -> call.action() == KmsAction.DECRYPT)
        .extracting(call -> call.keyId())
        .containsOnly(scene.local.kmsKey());
  }

  @Test
  void aKeyWrappedByAnotherKmsKeyUnderTheNameOfTheTablesIsRefused() {
    String attackers = scene.local.kms().createKey();
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

    scene.refuseCold(
        new Tampering(keys())
            .with("wrapped by another", "w", AttributeValue.fromB(wrapped.ciphertextBlob())),
        scene.usingKeys(),
        tampered());
  }

  @Test
  void aKeyWrappedForAnotherUserOrForTheTableIsRefused() {
    Tampering tampering = new Tampering(keys());
    tampering.mixed("for the table", scene.item("TABLE", "ROOT"), "w", "k");
    tampering.mixed("for bob", scene.item("U#bob", "KEYS"), "w", "k");

    scene.refuseCold(tampering, scene.usingKeys(), tampered());
  }

  @Test
  void keysThatAreGoneOrBuriedSayThatThereIsNoSuchUser() {
    Map<String, AttributeValue> keys = keys();
    scene.inspector.delete("U#alice", "KEYS");
    scene.local.ezypass().evict(ALICE);
    scene.refuses("deleted", () -> scene.vaults.vault(ALICE).open(), UserNotFoundException.class);

    Map<String, AttributeValue> buried = new HashMap<>(keys);
    buried.put("z", AttributeValue.fromN("1"));
    scene.inspector.put(buried);
    scene.refuses(
        "buried",
        () -> scene.vaults.vault(ALICE).add(HostileScene.content("github.com")),
        UserNotFoundException.class);
    assertThat(scene.vaults.findUser(ALICE)).isEmpty();
    assertThat(scene.vaults.vault(BOB).open()).hasSize(1);
  }

  @Test
  void profilesThatAreDamagedSwappedOrForgedAreRefused() {
    Map<String, AttributeValue> profile = scene.item("U#alice", "PROFILE");
    Map<String, AttributeValue> bobs = scene.item("U#bob", "PROFILE");
    Tampering tampering =
        new Tampering(profile)
            .malformed("v", "h", "m")
            .flipped("h", 23)
            .flipped("m", 71)
            .bytes("unknown format", "h", bytes -> set(bytes, 0, 0))
            .bytes("unknown feature", "h", bytes -> set(bytes, 1, 4))
            .bytes("unknown generation", "h", bytes -> set(bytes, 2, 1))
            .mixed("sealed part of another user", bobs, "h", "m")
            .mixed("all of another user", bobs, "v", "h", "m", "e", "n")
            .mixed("that of the keys", keys(), "v", "h", "m");
    Function<String, Class<?>> expected =
        what ->
            what.equals("unknown format") || what.equals("h bit 0 flipped")
                ? UnsupportedFormatException.class
                : TamperedItemException.class;

    scene.refuse(tampering, scene.readingProfile(), expected);
  }

  @Test
  void aCredentialInThePlaceOfAProfileOrOfKeysIsRefused() {
    Map<String, AttributeValue> profile = scene.item("U#alice", "PROFILE");
    scene.refuse(
        new Tampering(profile).mixed("credential", scene.item(scene.github), "v", "h", "m"),
        scene.readingProfile(),
        tampered());
    scene.refuseCold(
        new Tampering(keys()).mixed("credential", scene.item(scene.github), "v", "h", "m"),
        scene.usingKeys(),
        tampered());
  }

  private Map<String, AttributeValue> keys() {
    return scene.item("U#alice", "KEYS");
  }

  private static byte[] set(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    return bytes;
  }
}
