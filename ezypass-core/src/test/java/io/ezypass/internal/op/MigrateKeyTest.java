package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.admin.JobOptions;
import io.ezypass.admin.JobProgress;
import io.ezypass.admin.MigrationReport;
import io.ezypass.admin.MigrationReport.State;
import io.ezypass.admin.Mode;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** What a migration does when its keys change under it, and when it does not hear what it did. */
class MigrateKeyTest {
  private static final String OLD = "arn:aws:kms:eu-central-1:123456789012:key/old";
  private static final String NEXT = Fixtures.KEY_ARN;

  private final Script script = new Script();
  private final List<JobProgress> steps = new ArrayList<>();

  private MigrationReport migrate() {
    return script.run(useCase().user(Fixtures.USER, Mode.APPLY, job()));
  }

  private static MigrateKey useCase() {
    Environment env = Fixtures.environment(new KmsConfig(NEXT, null, List.of(OLD), List::of));
    return new MigrateKey(env, new Table(env, null));
  }

  private Job job() {
    return new Job(JobOptions.unpaced().observedBy(steps::add), () -> 0);
  }

  private static GetItemResponse root() {
    Map<String, AttributeValue> root = new HashMap<>();
    root.put("pk", AttributeValue.fromS("TABLE"));
    root.put("sk", AttributeValue.fromS("ROOT"));
    root.put("t", binary(Fixtures.TABLE_ID));
    root.put("c", AttributeValue.fromN("16"));
    return GetItemResponse.builder().item(root).build();
  }

  private static Map<String, AttributeValue> item(int header, String wrapped, String arn) {
    Map<String, AttributeValue> keys = new HashMap<>();
    keys.put("pk", AttributeValue.fromS("U#" + Fixtures.USER));
    keys.put("sk", AttributeValue.fromS("KEYS"));
    keys.put("h", binary(header(0, header)));
    keys.put("w", AttributeValue.fromB(SdkBytes.fromUtf8String(wrapped)));
    keys.put("k", AttributeValue.fromS(arn));
    return keys;
  }

  private static byte[] header(int features, int last) {
    byte[] header = new byte[52];
    header[0] = 1;
    header[1] = (byte) features;
    header[3] = 1;
    header[51] = (byte) last;
    return header;
  }

  private static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  private Script reads(int header, String wrapped, String arn) {
    return reads(item(header, wrapped, arn));
  }

  private Script reads(Map<String, AttributeValue> item) {
    return script.answer(GetItemResponse.builder().item(item).build());
  }

  private Script reEncrypts(String wrapped) {
    return script.answer(
        ReEncryptResponse.builder()
            .ciphertextBlob(SdkBytes.fromUtf8String(wrapped))
            .keyId(NEXT)
            .build());
  }

  private Script writes() {
    return script.answer(UpdateItemResponse.builder().build());
  }

  private Script isRefused(int attempts, Map<String, AttributeValue> stored) {
    return script.fail(
        ConditionalCheckFailedException.builder().item(stored).numAttempts(attempts).build());
  }

  @Test
  void replacesTheWrappedKeyAndItsArnAndNothingElse() {
    script.answer(root());
    reads(7, "w1", OLD);
    reEncrypts("w2");
    writes();

    assertThat(migrate())
        .isEqualTo(new MigrationReport(Fixtures.USER, State.MOVED, OLD, NEXT, null));
    assertThat(script.sent()).containsExactly("GetItem", "GetItem", "ReEncrypt", "UpdateItem");
    ReEncryptRequest reEncrypt = (ReEncryptRequest) script.requests().get(2);
    assertThat(reEncrypt.hasGrantTokens()).isFalse();
    UpdateItemRequest update = (UpdateItemRequest) script.requests().get(3);
    assertThat(update.updateExpression().split("[,=]", -1)).hasSize(4);
    assertThat(update.updateExpression()).startsWith("SET ").contains("#set_w", "#set_k");
    assertThat(update.conditionExpression()).isEqualTo("#a = :a AND #b = :b");
    assertThat(update.expressionAttributeNames()).containsEntry("#a", "h").containsEntry("#b", "w");
    assertThat(update.expressionAttributeValues())
        .containsEntry(":a", binary(header(0, 7)))
        .containsEntry(":b", AttributeValue.fromB(SdkBytes.fromUtf8String("w1")));
    assertThat(steps).containsExactly(new JobProgress(Fixtures.USER, 1));
  }

  @Test
  void aStepIsOneReEncryptAndStepsArePaced() {
    Job job = new Job(JobOptions.paced(10), () -> 0);
    MigrateKey useCase = useCase();
    script.answer(root());
    reads(7, "moved before", NEXT);
    reads(1, "w1", OLD);
    reEncrypts("w2");
    writes();
    reads(1, "w1", OLD);
    reEncrypts("w2");
    writes();
    for (int user = 0; user < 3; user++) {
      script.run(useCase.user(Fixtures.USER, Mode.APPLY, job));
    }
    assertThat(script.pauses()).containsExactly(Duration.ofMillis(100));
  }

  @Test
  void aRotationBetweenReadAndWriteIsMovedInItsPlace() {
    script.answer(root());
    reads(1, "generation 1", OLD);
    reEncrypts("moved 1");
    isRefused(1, item(2, "generation 2", OLD));
    reads(2, "generation 2", OLD);
    reEncrypts("moved 2");
    writes();

    assertThat(migrate().state()).isEqualTo(State.MOVED);
    UpdateItemRequest last = (UpdateItemRequest) script.requests().get(6);
    assertThat(last.expressionAttributeValues())
        .containsEntry(":a", binary(header(0, 2)))
        .containsEntry(":b", AttributeValue.fromB(SdkBytes.fromUtf8String("generation 2")))
        .containsEntry(":set_w", AttributeValue.fromB(SdkBytes.fromUtf8String("moved 2")));
    assertThat(script.pauses()).hasSize(1);
    assertThat(steps).hasSize(1);
  }

  @Test
  void aRotationThatAlreadyWrapsUnderTheTargetLeavesNothingToDo() {
    script.answer(root());
    reads(1, "generation 1", OLD);
    reEncrypts("moved 1");
    isRefused(1, item(2, "generation 2", NEXT));
    reads(2, "generation 2", NEXT);

    assertThat(migrate().state()).isEqualTo(State.ALREADY_THERE);
    assertThat(steps).isEmpty();
  }

  @Test
  void aRefusalByOnesOwnWriteIsSuccess() {
    script.answer(root());
    reads(1, "w1", OLD);
    reEncrypts("w2");
    isRefused(2, item(1, "w2", NEXT));

    assertThat(migrate().state()).isEqualTo(State.MOVED);
    assertThat(script.isUsedUp()).isTrue();
  }

  @Test
  void anUnansweredWriteIsLookedAtAndRepeatedWithTheSameBytes() {
    script.answer(root());
    reads(1, "w1", OLD);
    reEncrypts("w2");
    script.fail(SdkClientException.create("no answer"));
    reads(1, "w1", OLD);
    script.fail(SdkClientException.create("no answer"));
    reads(1, "w2", NEXT);

    assertThat(migrate())
        .isEqualTo(new MigrationReport(Fixtures.USER, State.MOVED, OLD, NEXT, null));
    assertThat(script.sent())
        .containsExactly(
            "GetItem", "GetItem", "ReEncrypt", "UpdateItem", "GetItem", "UpdateItem", "GetItem");
    assertThat(((UpdateItemRequest) script.requests().get(5)).expressionAttributeValues())
        .isEqualTo(((UpdateItemRequest) script.requests().get(3)).expressionAttributeValues());
  }

  @Test
  void aCollisionWithATransactionIsRepeatedWithTheSameBytes() {
    script.answer(root());
    reads(1, "w1", OLD);
    reEncrypts("w2");
    script.fail(TransactionConflictException.builder().numAttempts(1).build());
    reads(1, "w1", OLD);
    writes();

    assertThat(migrate().state()).isEqualTo(State.MOVED);
  }

  @Test
  void aUserWhoIsDeletedMeanwhileIsNotThere() {
    Map<String, AttributeValue> tombstone = item(1, "", OLD);
    tombstone.keySet().removeAll(List.of("h", "w", "k"));
    tombstone.put("z", AttributeValue.fromN("1"));
    script.answer(root());
    reads(1, "w1", OLD);
    reEncrypts("w2");
    isRefused(1, tombstone);
    reads(tombstone);

    assertThatThrownBy(this::migrate).isInstanceOf(UserNotFoundException.class);
  }

  @Test
  void whoAlwaysLosesGivesUp() {
    script.answer(root());
    for (int round = 0; round <= 8; round++) {
      reads(round, "w" + round, OLD);
      reEncrypts("moved");
      isRefused(1, item(round + 1, "w" + (round + 1), OLD));
    }
    assertThatThrownBy(this::migrate)
        .isInstanceOfSatisfying(
            StorageUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(StorageUnavailableException.Reason.THROTTLED));
    assertThat(script.isUsedUp()).isTrue();
  }

  @Test
  void whoNeverHearsOfItsWriteGivesUp() {
    script.answer(root());
    reads(1, "w1", OLD);
    reEncrypts("w2");
    script.fail(SdkClientException.create("no answer"));
    for (int round = 1; round <= 8; round++) {
      reads(1, "w1", OLD);
      script.fail(SdkClientException.create("no answer"));
    }
    assertThatThrownBy(this::migrate)
        .isInstanceOfSatisfying(
            StorageUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(StorageUnavailableException.Reason.UNREACHABLE));
    assertThat(script.isUsedUp()).isTrue();
  }

  @Test
  void anInterruptionEndsIt() {
    script.answer(root());
    reads(1, "w1", OLD);
    reEncrypts("w2");
    AbortedException interrupted = AbortedException.create("interrupted");
    script.fail(interrupted);
    assertThatThrownBy(this::migrate).isSameAs(interrupted);
  }

  @Test
  void whatANewerVersionWroteIsLeftToIt() {
    Map<String, AttributeValue> newer = item(1, "w1", OLD);
    newer.put("h", binary(header(0x80, 1)));
    script.answer(root());
    reads(newer);
    assertThatThrownBy(this::migrate).isInstanceOf(UnsupportedFormatException.class);
    assertThat(script.sent()).containsExactly("GetItem", "GetItem");
  }

  @Test
  void anUnknownFormatIsRefused() {
    Map<String, AttributeValue> newer = item(1, "w1", OLD);
    byte[] header = header(0, 1);
    header[0] = 2;
    newer.put("h", binary(header));
    script.answer(root());
    reads(newer);
    assertThatThrownBy(this::migrate).isInstanceOf(UnsupportedFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h", "w", "k"})
  void keysThatLackWhatTheyNeedAreRefused(String attribute) {
    Map<String, AttributeValue> keys = item(1, "w1", OLD);
    keys.remove(attribute);
    script.answer(root());
    reads(keys);
    assertThatThrownBy(this::migrate).isInstanceOf(TamperedItemException.class);
    assertThat(script.sent()).containsExactly("GetItem", "GetItem");
  }
}
