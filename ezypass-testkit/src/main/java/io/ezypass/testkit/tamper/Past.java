package io.ezypass.testkit.tamper;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.Credential;
import io.ezypass.model.UserId;
import io.ezypass.testkit.TableInspector;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Revisions and rows of the trash in one table. Under the second generation of Alice's vault key,
 * but for what says otherwise.
 *
 * @param kept a credential of which versions 1 and 2 are kept; its own version is 3
 * @param current its row
 * @param first the row of its version 1
 * @param revision the row of its version 2, which ends some day
 * @param revisionBefore the same under the first generation
 * @param deleted what the user deleted, as it was before
 * @param live its row then, under the first generation
 * @param trash its row in the trash
 * @param trashBefore the same under the first generation
 * @param secondTrash another row of the trash
 */
record Past(
    Credential kept,
    Map<String, AttributeValue> current,
    Map<String, AttributeValue> first,
    Map<String, AttributeValue> revision,
    Map<String, AttributeValue> revisionBefore,
    Credential deleted,
    Map<String, AttributeValue> live,
    Map<String, AttributeValue> trash,
    Map<String, AttributeValue> trashBefore,
    Map<String, AttributeValue> secondTrash,
    Map<String, AttributeValue> bobsRevision,
    Map<String, AttributeValue> bobsTrash) {

  static final String KEPT = "kept.example";
  static final String DELETED = "deleted.example";

  /** The version of a row in the trash. */
  static final long TRASHED_VERSION = 2;

  /** Before the vault key rotated. */
  record Draft(
      Credential kept,
      Map<String, AttributeValue> revision,
      Credential deleted,
      Map<String, AttributeValue> live,
      Map<String, AttributeValue> trash,
      Credential second,
      Credential bobsKept,
      Credential bobsDeleted) {

    /** Afterwards. */
    Past rotated(TableInspector raw) {
      return new Past(
          kept,
          raw.item("U#alice", "CRED#" + kept.id()),
          revisionRow(raw, kept, 1),
          revisionRow(raw, kept, 2),
          revision,
          deleted,
          live,
          trashRow(raw, deleted),
          trash,
          trashRow(raw, second),
          revisionRow(raw, bobsKept, 2),
          trashRow(raw, bobsDeleted));
    }
  }

  /** Writes them. */
  static Draft write(VaultRepository vaults, TableInspector raw) {
    Credential kept = keep(vaults, TamperScene.ALICE);
    Credential deleted = vaults.vault(TamperScene.ALICE).add(TamperScene.content(DELETED));
    Map<String, AttributeValue> live = raw.item("U#alice", "CRED#" + deleted.id());
    vaults.vault(TamperScene.ALICE).delete(deleted.id(), 1);
    return new Draft(
        kept,
        revisionRow(raw, kept, 2),
        deleted,
        live,
        trashRow(raw, deleted),
        delete(vaults, TamperScene.ALICE),
        keep(vaults, TamperScene.BOB),
        delete(vaults, TamperScene.BOB));
  }

  private static Credential keep(VaultRepository vaults, UserId user) {
    Vault vault = vaults.vault(user);
    Credential credential = vault.add(TamperScene.content(KEPT));
    for (int version = 1; version <= 2; version++) {
      credential = vault.update(credential.id(), version, TamperScene.content(KEPT, "-" + version));
    }
    return credential;
  }

  private static Credential delete(VaultRepository vaults, UserId user) {
    Credential credential = vaults.vault(user).add(TamperScene.content(DELETED));
    vaults.vault(user).delete(credential.id(), 1);
    return credential;
  }

  private static Map<String, AttributeValue> revisionRow(
      TableInspector raw, Credential credential, long version) {
    return raw.item("U#" + credential.owner(), "REV#%s#%016x".formatted(rand(credential), version));
  }

  private static Map<String, AttributeValue> trashRow(TableInspector raw, Credential credential) {
    return raw.item("U#" + credential.owner(), "TRASH#" + rand(credential));
  }

  static String rand(Credential credential) {
    return credential.id().value().substring(12);
  }

  /** Shows ids only. */
  @Override
  public String toString() {
    return "Past[kept=" + kept.id() + ", deleted=" + deleted.id() + "]";
  }
}
