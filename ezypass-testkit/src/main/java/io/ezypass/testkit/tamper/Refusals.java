package io.ezypass.testkit.tamper;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.KeyUnavailableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes calls on damaged items, expects each to be refused, and counts. A refusal has exactly the
 * expected type; one message for all refusals of that type of one item; no cause; nothing of what
 * the users wrote and no key in it; and it comes before anything is written.
 */
final class Refusals {
  private final TamperScene scene;
  private final List<String> mustNotShow = new ArrayList<>();
  private final Map<String, String> messages = new ConcurrentHashMap<>();
  private final Set<Map<String, AttributeValue>> damaged = new HashSet<>();
  private long calls;
  private long refused;
  private long ignored;

  Refusals(TamperScene scene) {
    this.scene = scene;
    mustNotShow.add(TamperScene.CANARY);
    mustNotShow.add("github");
    mustNotShow.add("old.example");
    mustNotShow.add("new.example");
    mustNotShow.add(Past.KEPT);
    mustNotShow.add(Past.DELETED);
    mustNotShow.add(SharedRows.SHARED);
    addKey(scene.stored.keys(), "vault-key");
    addKey(scene.stored.root(), "lookup-key");
  }

  /** Shows the damaged item and expects its refusal on each of these ways. */
  void refuse(Target target, Attack attack, List<Caller> callers, List<ReadPath> paths) {
    damaged.add(attack.item());
    for (Caller caller : callers) {
      for (ReadPath path : paths) {
        scene.reads.show(attack.item());
        try {
          check(target.name(), attack, caller, path);
          assertThat(scene.reads.times()).as("how often %s was read", target.name()).isPositive();
          assertThat(scene.reads.writes()).as("writes").isEmpty();
        } finally {
          scene.reads.showAll();
        }
      }
    }
  }

  /** Likewise, with the item in the table itself. */
  void refuseStored(String item, Attack attack, List<Caller> callers, List<ReadPath> paths) {
    damaged.add(attack.item());
    String pk = RawItem.text(attack.item(), "pk");
    String sk = RawItem.text(attack.item(), "sk");
    Map<String, AttributeValue> before = scene.inspector.item(pk, sk);
    scene.inspector.put(attack.item());
    scene.reads.forgetWrites();
    try {
      for (Caller caller : callers) {
        for (ReadPath path : paths) {
          check(item, attack, caller, path);
        }
      }
      assertThat(scene.reads.writes()).as("%s, %s: writes", item, attack.name()).isEmpty();
    } finally {
      if (before.isEmpty()) {
        scene.inspector.delete(pk, sk);
      } else {
        scene.inspector.put(before);
      }
    }
  }

  /** Shows the changed item and expects that the same is read as without the change. */
  void ignore(Target target, Attack change) {
    ignored++;
    try {
      scene.reads.show(target.item());
      ReadPath reading = target.paths().get(0);
      Object before = target.caller().read(scene, reading);
      scene.reads.show(change.item());
      assertThat(target.caller().read(scene, reading))
          .as("%s, %s", target.name(), change.name())
          .isEqualTo(before);
      assertThat(scene.reads.times()).as("how often %s was read", target.name()).isPositive();
    } finally {
      scene.reads.showAll();
    }
  }

  /** What was counted so far. */
  String summary() {
    return ("%,d damaged items, %,d calls that read them, %,d refusals;"
            + " %,d changes that nothing authenticates, ignored")
        .formatted(damaged.size(), calls, refused, ignored);
  }

  private void check(String item, Attack attack, Caller caller, ReadPath path) {
    String what = item + ", " + attack.name() + ", " + path.name() + ", " + caller;
    calls++;
    RuntimeException refusal = refusal(what, caller, path);
    if (refusal.getClass() != attack.refusal()) {
      throw new AssertionError(what + ": expected " + attack.refusal().getSimpleName(), refusal);
    }
    String message = String.valueOf(refusal.getMessage());
    String first = messages.putIfAbsent(item + " " + attack.refusal().getSimpleName(), message);
    if (first != null && !first.equals(message)) {
      throw new AssertionError(what + ": another message than \"" + first + "\"", refusal);
    }
    for (String secret : mustNotShow) {
      if (message.contains(secret)) {
        throw new AssertionError(what + ": the message shows what is secret: " + message);
      }
    }
    if (refusal.getCause() != null || refusal.getSuppressed().length > 0) {
      throw new AssertionError(what + ": another exception inside", refusal);
    }
    if (refusal instanceof KeyUnavailableException unavailable) {
      assertThat(unavailable.reason())
          .as(what)
          .isEqualTo(KeyUnavailableException.Reason.NOT_ACCEPTED);
    }
    refused++;
  }

  private RuntimeException refusal(String what, Caller caller, ReadPath path) {
    Object read;
    try {
      read = caller.read(scene, path);
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError(what + ": was not refused, and gave " + read);
  }

  /** What KMS unwraps must not show in any spelling. */
  private void addKey(Map<String, AttributeValue> item, String purpose) {
    Map<String, String> context = new TreeMap<>();
    context.put("ezypass:format", "1");
    context.put(
        "ezypass:table",
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(RawItem.bytes(scene.stored.root(), "t")));
    context.put("ezypass:purpose", purpose);
    if (purpose.equals("vault-key")) {
      context.put("ezypass:user", TamperScene.ALICE.value());
    }
    byte[] key =
        scene
            .local
            .kms()
            .client()
            .decrypt(
                decrypt ->
                    decrypt
                        .keyId(scene.local.kmsKey())
                        .ciphertextBlob(SdkBytes.fromByteArray(RawItem.bytes(item, "w")))
                        .encryptionContext(context))
            .plaintext()
            .asByteArray();
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(key);
    mustNotShow.add(base64);
    mustNotShow.add(Base64.getUrlEncoder().withoutPadding().encodeToString(key));
    mustNotShow.add(HexFormat.of().formatHex(key));
    mustNotShow.add(Arrays.toString(key));
  }
}
