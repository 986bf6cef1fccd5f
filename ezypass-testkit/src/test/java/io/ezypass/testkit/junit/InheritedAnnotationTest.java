package io.ezypass.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.VaultRepository;
import io.ezypass.testkit.fake.InMemoryVaultRepository;
import org.junit.jupiter.api.Test;

class InheritedAnnotationTest extends AnnotatedBase {
  @Test
  void aSubclassHasTheBackendOfItsBase(VaultRepository vaults) {
    assertThat(vaults).isInstanceOf(InMemoryVaultRepository.class);
  }
}

@EzyPassTest(backend = Backend.FAKE)
abstract class AnnotatedBase {}
