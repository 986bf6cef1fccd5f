package io.ezypass.testkit.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** How a test makes the fake fail, holds its calls and reads them back. */
@Timeout(value = 180, threadMode = ThreadMode.SEPARATE_THREAD)
class FakeKmsControlTest {
  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("secret");
  private static final Duration SOON = Duration.ofSeconds(60);

  private final FakeKms kms = FakeKms.create();
  private final String key = kms.createKey();
  private final KmsClient client = kms.client();
  private final KmsAsyncClient asyncClient = kms.asyncClient();

  @Test
  void keyStateDecidesWhetherItCanBeUsed() {
    SdkBytes sealed = encrypt().ciphertextBlob();

    kms.disable(key);
    assertThatThrownBy(this::encrypt).isInstanceOf(DisabledException.class);
    assertThatThrownBy(() -> decrypt(sealed)).isInstanceOf(DisabledException.class);
    assertThat(state()).isEqualTo(KeyState.DISABLED);
    kms.enable(key);
    assertThat(decrypt(sealed)).isEqualTo(SECRET);
    kms.scheduleDeletion(key);
    assertThatThrownBy(() -> decrypt(sealed)).isInstanceOf(KmsInvalidStateException.class);
    assertThat(state()).isEqualTo(KeyState.PENDING_DELETION);
    kms.cancelDeletion(key);
    assertThat(state()).isEqualTo(KeyState.DISABLED);
    kms.enable(key);
    assertThat(decrypt(sealed)).isEqualTo(SECRET);
    kms.deleteNow(key);
    assertThatThrownBy(() -> decrypt(sealed)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> client.decrypt(r -> r.ciphertextBlob(sealed)))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> kms.enable(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deniedActionFailsUntilAllowedAgain() {
    kms.deny(KmsAction.ENCRYPT);

    assertFails(this::encrypt, "AccessDeniedException", 400);
    assertThat(state()).isEqualTo(KeyState.ENABLED);
    kms.allow(KmsAction.ENCRYPT);
    encrypt();
  }

  @Test
  void orderedFailuresComeInOrderAndOnlyOnce() {
    kms.throttleNext(2);
    kms.failNext(KmsAction.ENCRYPT, KmsErrors.internalError());
    kms.failNext(KmsErrors.unreachable());

    assertFails(this::encrypt, "ThrottlingException", 400);
    assertFails(this::state, "ThrottlingException", 400);
    assertFails(this::encrypt, "KMSInternalException", 500);
    assertThatThrownBy(this::encrypt)
        .isInstanceOf(SdkClientException.class)
        .hasCauseInstanceOf(IOException.class);
    encrypt();
    kms.failNext(KmsAction.DESCRIBE_KEY, 2, KmsErrors::dependencyTimeout);
    kms.throttleNext(KmsAction.ENCRYPT, 1);
    kms.clearFailures();
    encrypt();
    state();
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(KmsErrors.accessDenied(KmsAction.DECRYPT), "AccessDeniedException", 400),
        Arguments.of(KmsErrors.throttled(), "ThrottlingException", 400),
        Arguments.of(KmsErrors.limitExceeded(), "LimitExceededException", 400),
        Arguments.of(KmsErrors.validation("x"), "ValidationException", 400),
        Arguments.of(KmsErrors.notFound("x"), "NotFoundException", 400),
        Arguments.of(KmsErrors.disabled("arn"), "DisabledException", 400),
        Arguments.of(KmsErrors.invalidState("arn"), "KMSInvalidStateException", 400),
        Arguments.of(KmsErrors.invalidCiphertext(), "InvalidCiphertextException", 400),
        Arguments.of(KmsErrors.incorrectKey(), "IncorrectKeyException", 400),
        Arguments.of(KmsErrors.internalError(), "KMSInternalException", 500),
        Arguments.of(KmsErrors.dependencyTimeout(), "DependencyTimeoutException", 503));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void errorsLookLikeThoseOfAws(KmsException error, String errorCode, int statusCode) {
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo(errorCode);
    assertThat(error.statusCode()).isEqualTo(statusCode);
    assertThat(error.requestId()).isNotNull();
    assertThat(error).hasMessageContaining("Service: Kms, Status Code: " + statusCode);
    assertThat(error.isThrottlingException()).isEqualTo(errorCode.equals("ThrottlingException"));
  }

  @Test
  void everyCallIsCountedAndRecorded() {
    kms.createAlias("alias/vault", key);
    client.encrypt(
        r -> r.keyId("alias/vault").plaintext(SECRET).encryptionContext(Map.of("user", "u1")));
    state();
    kms.deny(KmsAction.ENCRYPT);
    assertThatThrownBy(this::encrypt).isInstanceOf(KmsException.class);

    assertThat(kms.callCounts())
        .containsOnly(Map.entry(KmsAction.ENCRYPT, 2), Map.entry(KmsAction.DESCRIBE_KEY, 1));
    assertThat(kms.callCount()).isEqualTo(3);
    assertThat(kms.callCount(KmsAction.ENCRYPT)).isEqualTo(2);
    assertThat(kms.failedCallCount(KmsAction.ENCRYPT)).isEqualTo(1);
    assertThat(kms.failedCallCount(KmsAction.DESCRIBE_KEY)).isZero();
    KmsCall first = kms.calls().get(0);
    assertThat(first.action()).isEqualTo(KmsAction.ENCRYPT);
    assertThat(first.keyId()).isEqualTo("alias/vault");
    assertThat(first.encryptionContext()).isEqualTo(Map.of("user", "u1"));
    assertThat(first.toString()).doesNotContain(SECRET.asUtf8String());
    kms.resetCalls();
    assertThat(kms.calls()).isEmpty();
    assertThat(kms.failedCallCount(KmsAction.ENCRYPT)).isZero();
  }

  @Test
  void gateLinesUpCallers() throws InterruptedException {
    KmsGate gate = kms.hold(KmsAction.ENCRYPT);
    List<CompletableFuture<?>> callers = new ArrayList<>();
    callers.add(CompletableFuture.runAsync(this::encrypt));
    callers.add(asyncClient.encrypt(r -> r.keyId(key).plaintext(SECRET)));

    gate.awaitHeld(2, SOON);
    assertThat(gate.held()).isEqualTo(2);
    assertThat(kms.callCount(KmsAction.ENCRYPT)).isEqualTo(2);
    assertThat(state()).isEqualTo(KeyState.ENABLED);
    assertThat(callers).noneMatch(CompletableFuture::isDone);
    kms.disable(key);
    gate.release();

    assertThat(callers)
        .allSatisfy(
            caller -> assertThatThrownBy(caller::join).hasCauseInstanceOf(DisabledException.class));
    assertThat(gate.held()).isZero();
    kms.enable(key);
    encrypt();
    assertThatThrownBy(() -> gate.awaitHeld(1, Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void interruptedCallerIsAbortedAsBySdk() throws InterruptedException {
    AtomicReference<Object> outcome = new AtomicReference<>("none");
    try (KmsGate gate = kms.hold()) {
      Thread caller =
          new Thread(
              () -> {
                try {
                  outcome.set(encrypt());
                } catch (RuntimeException e) {
                  outcome.set(Thread.currentThread().isInterrupted() ? e : "flag lost");
                }
              });
      caller.start();
      gate.awaitHeld(1, SOON);
      caller.interrupt();
      caller.join();
    }

    assertThat(outcome.get()).isInstanceOf(AbortedException.class);
    assertThat(kms.failedCallCount(KmsAction.ENCRYPT)).isEqualTo(1);
  }

  @Test
  void asyncClientCompletesOnItsOwnDaemonThread() throws InterruptedException {
    CompletableFuture<Thread> completing;
    try (KmsGate gate = kms.hold()) {
      completing =
          asyncClient
              .encrypt(r -> r.keyId(key).plaintext(SECRET))
              .thenApply(response -> Thread.currentThread());
      gate.awaitHeld(1, SOON);
    }

    assertThat(completing.join()).isNotEqualTo(Thread.currentThread());
    assertThat(completing.join().isDaemon()).isTrue();
  }

  @Test
  void asyncFailureIsTheCauseOfCompletionException() {
    kms.failNext(KmsErrors.throttled());

    CompletableFuture<EncryptResponse> failing =
        asyncClient.encrypt(r -> r.keyId(key).plaintext(SECRET));

    assertThatThrownBy(failing::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(KmsException.class);
  }

  @Test
  void otherActionsSayThatTheyAreNotServed() {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> client.listKeys(),
            () -> client.listKeys(r -> r.limit(1)),
            () -> client.listKeysPaginator().iterator().next(),
            () -> client.createKey(r -> r.description("x")),
            () -> asyncClient.createKey(r -> r.description("x")))) {
      assertThatThrownBy(call)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageStartingWith("FakeKms does not serve ");
    }
    assertThat(client.serviceName()).isEqualTo("kms");
    assertThat(Set.of(client)).contains(client).doesNotContain(kms.client());
  }

  @Test
  void closedClientRefusesAndOthersGoOn() {
    KmsClient closed = kms.client();
    closed.close();

    assertThatThrownBy(() -> closed.describeKey(r -> r.keyId(key)))
        .isInstanceOf(IllegalStateException.class);
    encrypt();
  }

  @Test
  void manyThreadsMayCallAtOnce() {
    int callers = 64;
    List<CompletableFuture<EncryptResponse>> calls =
        IntStream.range(0, callers)
            .mapToObj(i -> asyncClient.encrypt(r -> r.keyId(key).plaintext(SECRET)))
            .toList();

    assertThat(calls)
        .allSatisfy(call -> assertThat(decrypt(call.join().ciphertextBlob())).isEqualTo(SECRET));
    assertThat(kms.callCount(KmsAction.ENCRYPT)).isEqualTo(callers);
  }

  private EncryptResponse encrypt() {
    return client.encrypt(r -> r.keyId(key).plaintext(SECRET));
  }

  private SdkBytes decrypt(SdkBytes sealed) {
    return client.decrypt(r -> r.keyId(key).ciphertextBlob(sealed)).plaintext();
  }

  private KeyState state() {
    return client.describeKey(r -> r.keyId(key)).keyMetadata().keyState();
  }

  private static void assertFails(Supplier<?> call, String errorCode, int statusCode) {
    assertThatThrownBy(call::get)
        .isInstanceOfSatisfying(
            KmsException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(errorCode);
              assertThat(e.statusCode()).isEqualTo(statusCode);
            });
  }
}
