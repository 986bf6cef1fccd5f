package io.ezypass.testkit.tamper;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.UserId;
import io.ezypass.testkit.TableInspector;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Rows of the due list in one table, of a user in the first shard, which a listing meets first.
 *
 * @param row one of {@link #DAY}, which ends some day
 * @param sameDay of another credential, due on the same day
 * @param otherDay of one that is due on {@link #OTHER_DAY}
 */
record DueRows(
    Map<String, AttributeValue> row,
    Map<String, AttributeValue> sameDay,
    Map<String, AttributeValue> otherDay) {

  static final LocalDate DAY = LocalDate.of(2031, 2, 28);
  static final LocalDate OTHER_DAY = DAY.plusDays(90);

  /** Writes them. */
  static DueRows write(VaultRepository vaults, TableInspector raw, UserId user, Instant end) {
    Vault vault = vaults.vault(user);
    return new DueRows(
        of(raw, vault.add(content(DAY, end))),
        of(raw, vault.add(content(DAY, end))),
        of(raw, vault.add(content(OTHER_DAY, end))));
  }

  private static CredentialContent content(LocalDate day, Instant end) {
    return TamperScene.content("github.com").toBuilder().rotateBy(day).expiresAt(end).build();
  }

  private static Map<String, AttributeValue> of(TableInspector raw, Credential credential) {
    return raw.items().stream()
        .filter(item -> RawItem.text(item, "pk").startsWith("DUE#"))
        .filter(item -> RawItem.text(item, "i").equals(credential.id().value()))
        .findFirst()
        .orElseThrow();
  }
}
