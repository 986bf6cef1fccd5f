package io.ezypass.testkit.tamper;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewGrant;
import io.ezypass.model.UserId;
import io.ezypass.testkit.TableInspector;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Grants and pointers in one table.
 *
 * @param shared what Alice shares with Bob, until some day
 * @param grant that grant
 * @param second her grant of another credential, also to Bob
 * @param received what Bob shares with Alice
 * @param bobsGrant that grant, in Bob's partition
 * @param pointer that Alice received it, in hers
 * @param secondPointer that she received another one of Bob
 */
record SharedRows(
    Credential shared,
    Map<String, AttributeValue> grant,
    Map<String, AttributeValue> second,
    Credential received,
    Map<String, AttributeValue> bobsGrant,
    Map<String, AttributeValue> pointer,
    Map<String, AttributeValue> secondPointer) {

  static final String SHARED = "shared.example";

  /** Shares them. */
  static SharedRows write(VaultRepository vaults, TableInspector raw, Instant end) {
    Credential shared = share(vaults, TamperScene.ALICE, TamperScene.BOB, end);
    Credential second =
        share(vaults, TamperScene.ALICE, TamperScene.BOB, end.plus(1, ChronoUnit.DAYS));
    Credential received = share(vaults, TamperScene.BOB, TamperScene.ALICE, end);
    Credential other =
        share(vaults, TamperScene.BOB, TamperScene.ALICE, end.plus(1, ChronoUnit.DAYS));
    return new SharedRows(
        shared,
        grant(raw, shared, TamperScene.BOB),
        grant(raw, second, TamperScene.BOB),
        received,
        grant(raw, received, TamperScene.ALICE),
        pointer(raw, received, TamperScene.ALICE),
        pointer(raw, other, TamperScene.ALICE));
  }

  /** The sort key of a grant. */
  static String grantKey(Credential credential, UserId recipient) {
    return "SHARE#" + credential.id() + "#" + recipient;
  }

  /** The sort key of a pointer. */
  static String pointerKey(Credential credential) {
    return "SHAREIN#" + credential.owner() + "#" + credential.id();
  }

  /** The grant ends before the credential does. */
  private static Credential share(
      VaultRepository vaults, UserId owner, UserId recipient, Instant end) {
    Vault vault = vaults.vault(owner);
    CredentialContent content =
        TamperScene.content(SHARED).toBuilder().expiresAt(end.plus(1, ChronoUnit.HOURS)).build();
    Credential credential = vault.add(content);
    vault.sharing().share(credential.id(), NewGrant.to(recipient).until(end));
    return credential;
  }

  private static Map<String, AttributeValue> grant(
      TableInspector raw, Credential credential, UserId recipient) {
    return raw.item("U#" + credential.owner(), grantKey(credential, recipient));
  }

  private static Map<String, AttributeValue> pointer(
      TableInspector raw, Credential credential, UserId recipient) {
    return raw.item("U#" + recipient, pointerKey(credential));
  }

  /** Shows ids only. */
  @Override
  public String toString() {
    return "SharedRows[shared=" + shared.id() + ", received=" + received.id() + "]";
  }
}
