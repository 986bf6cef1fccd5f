package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.OperationEvent;
import io.ezypass.internal.plan.Op;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricCollector;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/** What one operation takes, by scripted answers: DynamoDB Local's figures are not all right. */
final class OperationMeterTest {
  private final ManualTime time = new ManualTime();
  private final OperationMeter meter = new OperationMeter(new ClientMetrics(null, null), time);

  @Test
  void capacityIsReadOrWrittenByTheKindOfRequest() {
    meter.answered(Op.GET_ITEM, GetItemResponse.builder().consumedCapacity(units(1)).build());
    meter.answered(Op.QUERY, QueryResponse.builder().consumedCapacity(units(2)).build());
    meter.answered(Op.SCAN, ScanResponse.builder().consumedCapacity(units(4)).build());
    meter.answered(
        Op.BATCH_GET_ITEM,
        BatchGetItemResponse.builder().consumedCapacity(units(8), units(0.5)).build());
    assertThat(event().readUnits()).isEqualTo(15.5);
    assertThat(event().writeUnits()).isZero();

    meter.answered(Op.PUT_ITEM, PutItemResponse.builder().consumedCapacity(units(3)).build());
    meter.answered(Op.UPDATE_ITEM, UpdateItemResponse.builder().consumedCapacity(units(4)).build());
    assertThat(event().readUnits()).isEqualTo(15.5);
    assertThat(event().writeUnits()).isEqualTo(7);
  }

  @Test
  void anAnswerThatDoesNotTellCostsNothing() {
    meter.answered(Op.GET_ITEM, GetItemResponse.builder().build());
    meter.answered(Op.TRANSACT_WRITE, TransactWriteItemsResponse.builder().build());
    meter.answered(Op.DECRYPT, DecryptResponse.builder().build());
    meter.answered(Op.GET_ITEM, null);
    assertThat(event().readUnits()).isZero();
    assertThat(event().writeUnits()).isZero();
    assertThat(event().reconciledWrites()).isZero();
  }

  @Test
  void aTransactionThatConsumedReadsOnlyHadBeenDoneUnderItsToken() {
    meter.answered(Op.TRANSACT_WRITE, transaction(null, 6.0));
    assertThat(event().writeUnits()).isEqualTo(6);
    assertThat(event().reconciledWrites()).isZero();

    meter.answered(Op.TRANSACT_WRITE, transaction(4.0, null));
    assertThat(event().readUnits()).isEqualTo(4);
    assertThat(event().writeUnits()).isEqualTo(6);
    assertThat(event().reconciledWrites()).isEqualTo(1);
  }

  @Test
  void aTransactionThatChecksAndWritesWasDoneNow() {
    meter.answered(Op.TRANSACT_WRITE, transaction(2.0, 6.0));
    assertThat(event().readUnits()).isEqualTo(2);
    assertThat(event().writeUnits()).isEqualTo(6);
    assertThat(event().reconciledWrites()).isZero();
  }

  @Test
  void requestsAndKmsCallsAreCountedApart() {
    meter.sending(Op.GET_ITEM, GetItemRequest.builder().build());
    meter.sending(Op.GET_ITEM, GetItemRequest.builder().build());
    meter.sending(Op.DECRYPT, DecryptRequest.builder().build());
    assertThat(event().requests()).isEqualTo(Map.of("GetItem", 2));
    assertThat(event().kmsCalls()).isEqualTo(Map.of("Decrypt", 1));
  }

  @Test
  void attemptsOfTheSdkCountOnceHoweverTheyAreTold() {
    ProvisionedThroughputExceededException failure =
        ProvisionedThroughputExceededException.builder().numAttempts(4).build();
    meter.sending(Op.GET_ITEM, GetItemRequest.builder().build());
    meter.failed(failure);
    assertThat(event().retries()).isEqualTo(3);

    meter.sending(Op.GET_ITEM, GetItemRequest.builder().build());
    meter.publish(metrics(3));
    meter.failed(failure);
    assertThat(event().retries()).isEqualTo(6);

    meter.sending(Op.GET_ITEM, GetItemRequest.builder().build());
    meter.publish(metrics(1));
    meter.answered(Op.GET_ITEM, GetItemResponse.builder().build());
    assertThat(event().retries()).isEqualTo(7);

    meter.sending(Op.GET_ITEM, GetItemRequest.builder().build());
    meter.failed(new IllegalStateException());
    assertThat(event().retries()).isEqualTo(7);
  }

  @Test
  void timeIsThatOfTheClock() {
    time.advance(Duration.ofSeconds(3));
    assertThat(event().elapsed()).isEqualTo(Duration.ofSeconds(3));
  }

  /** Every request that can ask for its capacity does, also those that are still to come. */
  @Test
  void everyRequestAsksForItsCapacity() throws ReflectiveOperationException {
    List<String> asking = new ArrayList<>();
    for (Field field : Op.class.getFields()) {
      Class<?> type =
          (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
      AwsRequest.Builder builder = (AwsRequest.Builder) type.getMethod("builder").invoke(null);
      AwsRequest measured = new ClientMetrics(null, null).measured(builder.build(), meter);
      for (SdkField<?> member : measured.sdkFields()) {
        if (member.memberName().equals("ReturnConsumedCapacity")) {
          assertThat(member.getValueOrDefault(measured)).as(field.getName()).isEqualTo("TOTAL");
          asking.add(field.getName());
        }
      }
    }
    assertThat(asking).contains("GET_ITEM", "TRANSACT_WRITE").hasSizeGreaterThanOrEqualTo(8);
  }

  @Test
  void aClientsPublishersAndTheRequestsTimeoutStay() {
    MetricPublisher theirs = new OperationMeter(new ClientMetrics(null, null), time);
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName("t")
            .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofSeconds(7)))
            .build();

    GetItemRequest measured = new ClientMetrics(List.of(theirs), null).measured(request, meter);
    assertThat(measured.tableName()).isEqualTo("t");
    assertThat(measured.overrideConfiguration().orElseThrow().metricPublishers())
        .containsExactly(theirs, meter);
    assertThat(measured.overrideConfiguration().orElseThrow().apiCallTimeout())
        .contains(Duration.ofSeconds(7));

    GetItemRequest ofASilentClient = new ClientMetrics(null, null).measured(request, meter);
    assertThat(ofASilentClient.overrideConfiguration().orElseThrow().metricPublishers()).isEmpty();
  }

  @Test
  void withoutAnObserverRequestsAreSentAsTheyAre() {
    Telemetry silent = new Telemetry(null, time);
    GetItemRequest request = GetItemRequest.builder().build();
    assertThat(silent.start(null)).isSameAs(Meter.OFF);
    assertThat(Meter.OFF.sending(Op.GET_ITEM, request)).isSameAs(request);
  }

  private OperationEvent event() {
    return meter.event("test", OperationEvent.Outcome.SUCCESS);
  }

  private static ConsumedCapacity units(double units) {
    return ConsumedCapacity.builder().tableName("t").capacityUnits(units).build();
  }

  private static TransactWriteItemsResponse transaction(
      @Nullable Double read, @Nullable Double written) {
    return TransactWriteItemsResponse.builder()
        .consumedCapacity(
            units(0).toBuilder()
                .capacityUnits((read == null ? 0 : read) + (written == null ? 0 : written))
                .readCapacityUnits(read)
                .writeCapacityUnits(written)
                .build())
        .build();
  }

  private static MetricCollection metrics(int retries) {
    MetricCollector collector = MetricCollector.create("ApiCall");
    collector.reportMetric(CoreMetric.RETRY_COUNT, retries);
    return collector.collect();
  }
}
