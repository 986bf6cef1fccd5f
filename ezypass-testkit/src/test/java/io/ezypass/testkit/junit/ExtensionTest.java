package io.ezypass.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.LimitExceededException;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserKey;
import io.ezypass.model.VaultUser;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.fake.InMemoryVaultRepository;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EzyPassTest(backend = Backend.FAKE)
class ExtensionTest {
  private static final NewUser TAHIR = NewUser.withEmail("tahir@example.com");

  @Test
  void allParametersAreViewsOfOneTable(
      VaultRepository vaults,
      AsyncVaultRepository async,
      MutableClock clock,
      InMemoryVaultRepository fake) {
    VaultUser user = vaults.register(TAHIR);

    assertThat(async.findUser(user.id()).join()).contains(user);
    assertThat(fake.findUser(user.id())).contains(user);
    assertThat(user.audit().createdAt()).isEqualTo(clock.instant());
    clock.advance(Duration.ofHours(1));
    assertThat(vaults.updateUser(user.id(), 1, user.profile()).audit().updatedAt())
        .isEqualTo(clock.instant());
  }

  @Test
  void theFakeCanBeToldToFail(InMemoryVaultRepository fake, VaultRepository vaults) {
    Vault vault = vaults.vault(vaults.register(TAHIR).id());
    LimitExceededException ordered = new LimitExceededException("ordered by the test");
    CredentialContent content = CredentialContent.builder().website("github.com").build();

    fake.failNextCall(ordered);

    assertThat(assertThrows(LimitExceededException.class, () -> vault.add(content)))
        .isSameAs(ordered);
    assertThat(vault.add(content).version()).isEqualTo(1);
  }

  @RepeatedTest(3)
  void everyRepetitionHasATableOfItsOwn(VaultRepository vaults) {
    assertFresh(vaults);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two"})
  void everyInvocationHasATableOfItsOwn(String value, VaultRepository vaults) {
    assertThat(value).isNotEmpty();
    assertFresh(vaults);
  }

  @Nested
  class Hooks {
    private Optional<VaultUser> registered = Optional.empty();

    @BeforeEach
    void register(VaultRepository vaults) {
      registered = Optional.of(vaults.register(TAHIR));
    }

    @Test
    void shareTheTableWithTheirTest(VaultRepository vaults) {
      assertThat(vaults.findUserBy(UserKey.email("tahir@example.com"))).isEqualTo(registered);
    }

    @AfterEach
    void find(VaultRepository vaults) {
      assertThat(vaults.findUserBy(UserKey.email("tahir@example.com"))).isEqualTo(registered);
    }
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class OneInstanceForAll {
    @RepeatedTest(2)
    void hasATablePerTestToo(VaultRepository vaults) {
      assertFresh(vaults);
    }
  }

  @Nested
  @EzyPassTest
  class TheBackend {
    @Test
    void isTheAnnotatedOneWhateverThePropertySays() {
      assertThat(EzyPassExtension.choose(Backend.FAKE, Optional.of("dynamodb-local")))
          .isEqualTo(Backend.FAKE);
      assertThat(EzyPassExtension.choose(Backend.DYNAMODB_LOCAL, Optional.of("fake")))
          .isEqualTo(Backend.DYNAMODB_LOCAL);
      assertThat(EzyPassExtension.choose(Backend.DYNAMODB_LOCAL, Optional.empty()))
          .isEqualTo(Backend.DYNAMODB_LOCAL);
    }

    @Test
    void isThatOfThePropertyOtherwise() {
      for (String spelling : new String[] {"dynamodb-local", "DYNAMODB_LOCAL", " dynamodb_local"}) {
        assertThat(EzyPassExtension.choose(Backend.DEFAULT, Optional.of(spelling)))
            .isEqualTo(Backend.DYNAMODB_LOCAL);
      }
      assertThat(EzyPassExtension.choose(Backend.DEFAULT, Optional.of("Fake")))
          .isEqualTo(Backend.FAKE);
    }

    @Test
    void isTheFakeIfNobodySays() {
      assertThat(EzyPassExtension.choose(Backend.DEFAULT, Optional.empty()))
          .isEqualTo(Backend.FAKE);
    }

    @Test
    void mustBeOneOfThem() {
      ExtensionConfigurationException refused =
          assertThrows(
              ExtensionConfigurationException.class,
              () -> EzyPassExtension.choose(Backend.DEFAULT, Optional.of("mysql")));

      assertThat(refused)
          .hasMessageContaining("fake or dynamodb-local")
          .hasMessageContaining("mysql");
    }

    @Test
    @EzyPassTest(backend = Backend.FAKE)
    void mayBeChosenForOneMethod(VaultRepository vaults) {
      assertThat(vaults).isInstanceOf(InMemoryVaultRepository.class);
    }
  }

  private static void assertFresh(VaultRepository vaults) {
    assertThat(vaults.listUsers(PageRequest.first(10)).items()).isEmpty();
    vaults.register(TAHIR);
  }
}
