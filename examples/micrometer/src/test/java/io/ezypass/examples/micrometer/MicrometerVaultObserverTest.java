package io.ezypass.examples.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.Vault;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.VaultUser;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.Fault;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MicrometerVaultObserverTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EzyPassLocal local =
      EzyPassLocal.start(builder -> builder.observer(new MicrometerVaultObserver(registry)));
  private Vault vault;
  private Credential github;

  @BeforeEach
  void register() {
    VaultUser ana = local.repository().register(NewUser.withEmail("ana@example.com"));
    vault = local.repository().vault(ana.id());
    github = vault.add(content("ana"));
  }

  @AfterEach
  void close() {
    local.close();
  }

  @Test
  void operationsAreTimedByOutcome() {
    vault.open();
    vault.open();
    assertThatThrownBy(() -> vault.update(github.id(), 7, content("other")))
        .isInstanceOf(VersionConflictException.class);

    assertThat(operations("open", "success")).isEqualTo(2);
    assertThat(operations("update", "version_conflict")).isEqualTo(1);
    assertThat(registry.get("ezypass.operations").timers())
        .allMatch(timer -> timer.totalTime(TimeUnit.NANOSECONDS) > 0);
  }

  @Test
  void requestsCapacityAndKmsCallsAreCounted() {
    vault.get(github.id());
    vault.update(github.id(), 1, content("other"));

    assertThat(counted("ezypass.dynamodb.requests", "operation", "get", "request", "GetItem"))
        .isEqualTo(1);
    assertThat(counted("ezypass.dynamodb.requests", "operation", "update", "request", "PutItem"))
        .isEqualTo(1);
    assertThat(counted("ezypass.dynamodb.capacity", "operation", "update", "kind", "read"))
        .isEqualTo(1);
    assertThat(counted("ezypass.dynamodb.capacity", "operation", "update", "kind", "write"))
        .isEqualTo(1);
    assertThat(counted("ezypass.kms.calls", "operation", "register", "action", "GenerateDataKey"))
        .isEqualTo(1);
  }

  @Test
  void theKeyCacheIsSeenAtWork() {
    double cached = counted("ezypass.keys", "result", "cached");
    double loaded = counted("ezypass.keys", "result", "loaded");
    vault.get(github.id());
    local.ezypass().evictAll();
    vault.get(github.id());

    assertThat(counted("ezypass.keys", "result", "cached") - cached).isEqualTo(1);
    assertThat(counted("ezypass.keys", "result", "loaded") - loaded).isEqualTo(1);
    assertThat(counted("ezypass.keys", "result", "joined")).isZero();
  }

  @Test
  void aLostAnswerIsARetryAndAReconciledWrite() {
    vault.update(github.id(), 1, content("second"));
    assertThat(counted("ezypass.retries", "operation", "update")).isZero();
    assertThat(counted("ezypass.reconciled.writes", "operation", "update")).isZero();

    local.faults().once(Fault.LOST_RESPONSE, "PutItem");
    vault.update(github.id(), 2, content("third"));
    assertThat(counted("ezypass.retries", "operation", "update")).isEqualTo(1);
    assertThat(counted("ezypass.reconciled.writes", "operation", "update")).isEqualTo(1);
  }

  @Test
  void noTagTellsWhoseVaultItIs() {
    vault.open();
    assertThat(registry.getMeters())
        .isNotEmpty()
        .extracting(Meter::getId)
        .noneMatch(id -> id.toString().contains(vault.owner().value()))
        .noneMatch(id -> id.toString().contains("ana"));
  }

  private long operations(String operation, String outcome) {
    return registry
        .get("ezypass.operations")
        .tags("operation", operation, "outcome", outcome)
        .timer()
        .count();
  }

  private double counted(String metric, String... tags) {
    return registry.get(metric).tags(tags).counter().count();
  }

  private static CredentialContent content(String login) {
    return CredentialContent.builder().website("github.com").login(login).build();
  }
}
