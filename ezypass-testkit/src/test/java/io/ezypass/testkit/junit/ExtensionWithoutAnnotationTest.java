package io.ezypass.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.VaultRepository;
import io.ezypass.model.PageRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EzyPassExtension.class)
class ExtensionWithoutAnnotationTest {
  @Test
  void hasARepositoryAndLeavesOthersTheirParameters(TestInfo info, VaultRepository vaults) {
    assertThat(info.getDisplayName()).isNotEmpty();
    assertThat(vaults.listUsers(PageRequest.first(10)).items()).isEmpty();
  }
}
