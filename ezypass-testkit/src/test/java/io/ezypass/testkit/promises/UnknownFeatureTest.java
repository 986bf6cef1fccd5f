package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.Padding;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.model.Credential;
import io.ezypass.model.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items that a later version of the library sealed, with a feature bit and a field that this one
 * does not know: it reads them and never writes them. Here they are sealed with the real vault key.
 */
class UnknownFeatureTest {
  private static final int NEW_FEATURE = 0x80;
  private static final byte[] NEW_FIELD = {60, 3, 1, 2, 3};

  private final HostileScene scene = new HostileScene();

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void aCredentialWithANewFeatureIsReadAndNeverWritten() throws Exception {
    byte[] rand = Base64.getUrlDecoder().decode(scene.github.id().value().substring(12));
    scene.inspector.put(
        resealed(scene.item(scene.github), SealContext.Kind.CREDENTIAL, rand, NEW_FEATURE));

    try (Credential read = scene.vaults.vault(ALICE).get(scene.github.id())) {
      assertThat(read.content().website().value()).isEqualTo("github.com");
      assertThat(read.content().password()).isEqualTo(Secret.of("canary-password"));
    }
    assertThat(scene.vaults.vault(ALICE).open()).hasSize(3);
    Map<String, Runnable> writes = new LinkedHashMap<>(scene.reading(scene.github.id()));
    writes.keySet().removeAll(List.of("get", "credentials"));
    writes.forEach((name, call) -> scene.refuses(name, call, UnsupportedFormatException.class));
  }

  @Test
  void aProfileWithANewFeatureIsReadAndNeverWritten() throws Exception {
    Map<String, AttributeValue> profile = scene.item("U#alice", "PROFILE");
    scene.inspector.put(resealed(profile, SealContext.Kind.PROFILE, new byte[0], NEW_FEATURE));

    assertThat(scene.vaults.findUser(ALICE).orElseThrow().email()).isEqualTo("alice@example.com");
    for (String call : List.of("update user", "change of e-mail")) {
      scene.refuses(call, scene.readingProfile().get(call), UnsupportedFormatException.class);
    }
  }

  @Test
  void keysWithANewFeatureOpenTheVaultAndNothingIsWrittenUnderThem() throws Exception {
    Map<String, AttributeValue> keys = scene.item("U#alice", "KEYS");
    scene.inspector.put(resealed(keys, SealContext.Kind.KEYS, new byte[0], NEW_FEATURE));
    scene.local.ezypass().evict(ALICE);

    assertThat(scene.vaults.vault(ALICE).open()).hasSize(3);
    Map<String, Runnable> writes = new LinkedHashMap<>(scene.usingKeys());
    writes.keySet().retainAll(List.of("add", "update", "edit", "change of website", "update user"));
    assertThat(writes).hasSize(5);
    writes.forEach((name, call) -> scene.refuses(name, call, UnsupportedFormatException.class));
  }

  @Test
  void aNewFieldWithoutItsFeatureBitIsRefused() throws Exception {
    byte[] rand = Base64.getUrlDecoder().decode(scene.github.id().value().substring(12));
    scene.inspector.put(resealed(scene.item(scene.github), SealContext.Kind.CREDENTIAL, rand, 0));
    scene
        .reading(scene.github.id())
        .forEach((name, call) -> scene.refuses(name, call, TamperedItemException.class));

    Map<String, AttributeValue> keys = scene.item("U#alice", "KEYS");
    scene.inspector.put(resealed(keys, SealContext.Kind.KEYS, new byte[0], 0));
    scene.local.ezypass().evict(ALICE);
    scene.refuses("keys", () -> scene.vaults.vault(ALICE).open(), TamperedItemException.class);
  }

  /** The item as somebody who has the vault key seals it again, with one field more. */
  private Map<String, AttributeValue> resealed(
      Map<String, AttributeValue> item, SealContext.Kind kind, byte[] rand, int features)
      throws Exception {
    Key key = vaultKey();
    Header header = Header.decode(item.get("h").b().asByteArray());
    SealContext context =
        new SealContext(
            0,
            scene.local.tableId().bytes(),
            ALICE.value(),
            kind,
            rand,
            SealContext.State.LIVE,
            Long.parseLong(item.get("v").n()),
            header.generation(),
            new byte[0],
            header.earlier());
    byte[] meta;
    byte[] secret;
    try (Sealing opening =
        Sealing.forOpening(key, context.with(header).encode(), header.commitment())) {
      meta = withNewField(opening.openMeta(item.get("m").b().asByteArray()));
      secret = item.containsKey("s") ? opening.openSecret(item.get("s").b().asByteArray()) : null;
    }
    byte[] operation = new byte[16];
    Arrays.fill(operation, (byte) 7);
    Header next = new Header(features, header.generation(), operation, new byte[32], List.of());
    Map<String, AttributeValue> resealed = new HashMap<>(item);
    try (Sealing sealing = Sealing.forSealing(key, context.with(next).encode())) {
      Header full =
          new Header(features, header.generation(), operation, sealing.commitment(), List.of());
      resealed.put("h", AttributeValue.fromB(SdkBytes.fromByteArray(full.encode())));
      resealed.put("m", AttributeValue.fromB(SdkBytes.fromByteArray(sealing.sealMeta(meta))));
      if (secret != null) {
        resealed.put("s", AttributeValue.fromB(SdkBytes.fromByteArray(sealing.sealSecret(secret))));
      }
    }
    return resealed;
  }

  private Key vaultKey() {
    Map<String, AttributeValue> keys = scene.item("U#alice", "KEYS");
    byte[] plaintext =
        scene
            .local
            .kms()
            .client()
            .decrypt(
                decrypt ->
                    decrypt
                        .keyId(scene.local.kmsKey())
                        .ciphertextBlob(keys.get("w").b())
                        .encryptionContext(scene.kmsContext(ALICE)))
            .plaintext()
            .asByteArray();
    return Key.copyOf(plaintext);
  }

  private static byte[] withNewField(byte[] padded) {
    int length = padded.length - 1;
    while (padded[length] == 0) {
      length--;
    }
    byte[] plain = Arrays.copyOf(padded, length + NEW_FIELD.length);
    System.arraycopy(NEW_FIELD, 0, plain, length, NEW_FIELD.length);
    return Padding.pad(plain);
  }
}
