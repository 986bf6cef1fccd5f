package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.DueCredentials;
import io.ezypass.Vault;
import io.ezypass.VaultAudit;
import io.ezypass.VaultBatch;
import io.ezypass.VaultHistory;
import io.ezypass.VaultRepository;
import io.ezypass.VaultSharing;
import io.ezypass.VaultTrash;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import org.junit.jupiter.api.Test;

/** Bad arguments are refused by name, and change nothing. */
abstract class BadInputContract extends OutcomesContract {
  @Test
  void theRepositoryRefusesEveryNull() {
    NullArguments.assertRefused(VaultRepository.class, vaults());
    NullArguments.assertRefused(DueCredentials.class, vaults().due());

    assertThat(Given.allPages(vaults()::listUsers, 10)).isEmpty();
  }

  @Test
  void aVaultRefusesEveryNull() {
    Vault vault = newVault();

    NullArguments.assertRefused(Vault.class, vault);
    NullArguments.assertRefused(VaultBatch.class, vault.batch());
    NullArguments.assertRefused(VaultHistory.class, vault.history());
    NullArguments.assertRefused(VaultTrash.class, vault.trash());
    NullArguments.assertRefused(VaultSharing.class, vault.sharing());
    NullArguments.assertRefused(VaultAudit.class, vault.audit());

    assertThat(vault.open()).isEmpty();
  }

  @Test
  void theVaultOfAnUnknownUserRefusesEveryNullToo() {
    NullArguments.assertRefused(Vault.class, vaults().vault(Given.UNKNOWN_USER));
  }

  @Test
  void aVersionBelowOneIsRefused() {
    Vault vault = newVault();
    Credential stored = vault.add(Given.login("github.com", "tahir"));
    CredentialContent lost = Given.login("github.com", "lost");
    UserProfile profile = new UserProfile("lost", null, null);

    for (long version : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> vault.update(stored.id(), version, lost));
      assertThrows(IllegalArgumentException.class, () -> vault.delete(stored.id(), version));
      assertThrows(
          IllegalArgumentException.class,
          () -> vaults().updateUser(vault.owner(), version, profile));
      assertThrows(IllegalArgumentException.class, () -> vault.history().get(stored.id(), version));
      assertThrows(
          IllegalArgumentException.class, () -> vault.history().compare(stored.id(), version, 1));
      assertThrows(
          IllegalArgumentException.class, () -> vault.history().compare(stored.id(), 1, version));
      assertThrows(
          IllegalArgumentException.class, () -> vault.history().revert(stored.id(), version, 1));
      assertThrows(
          IllegalArgumentException.class, () -> vault.history().revert(stored.id(), 1, version));
      assertThrows(
          IllegalArgumentException.class, () -> vault.trash().restore(stored.id(), version));
      assertThrows(IllegalArgumentException.class, () -> vault.trash().purge(stored.id(), version));
    }

    assertThat(vault.credentials()).containsExactly(stored);
    assertThat(vaults().findUser(vault.owner()).map(VaultUser::version)).contains(1L);
  }
}
