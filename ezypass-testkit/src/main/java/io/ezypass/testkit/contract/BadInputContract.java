package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import org.junit.jupiter.api.Test;

/** Bad arguments are refused by name, and change nothing. */
abstract class BadInputContract extends OutcomesContract {
  @Test
  void theRepositoryRefusesEveryNull() {
    NullArguments.assertRefused(VaultRepository.class, vaults());

    assertThat(Given.allPages(vaults()::listUsers, 10)).isEmpty();
  }

  @Test
  void aVaultRefusesEveryNull() {
    Vault vault = newVault();

    NullArguments.assertRefused(Vault.class, vault);

    assertThat(vault.open()).isEmpty();
  }

  @Test
  void theVaultOfAnUnknownUserRefusesEveryNullToo() {
    NullArguments.assertRefused(Vault.class, vaults().vault(Given.UNKNOWN_USER));
  }
}
