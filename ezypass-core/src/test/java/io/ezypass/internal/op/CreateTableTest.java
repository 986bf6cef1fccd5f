package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.admin.TableCheck;
import io.ezypass.admin.TableOptions;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.internal.table.TableDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/**
 * What DynamoDB Local does not know: recovery, tags, encryption at rest, a table that takes time.
 */
class CreateTableTest {
  private final TableDefinition definition = new TableDefinition("vault");
  private final CheckTable check =
      new CheckTable(definition, new Table(Fixtures.environment(), null));
  private final CreateTable create = new CreateTable(definition, check);
  private final Script script = new Script();

  @Test
  void asksForEverythingThatProductionWants() {
    script
        .answer(CreateTableResponse.builder().build())
        .fail(ResourceNotFoundException.builder().build())
        .answer(table(TableStatus.CREATING, "pk", "sk", "S"))
        .answer(table(TableStatus.ACTIVE, "pk", "sk", "S"))
        .answer(UpdateTimeToLiveResponse.builder().build())
        .answer(UpdateContinuousBackupsResponse.builder().build())
        .answer(table(TableStatus.ACTIVE, "pk", "sk", "S"))
        .answer(ttl(TimeToLiveStatus.ENABLING, "ttl"))
        .answer(GetItemResponse.builder().build());
    TableCheck result =
        script.run(
            create.plan(
                TableOptions.production()
                    .encryptedBy("alias/at-rest")
                    .tagged(Map.of("team", "identity"))));
    assertThat(result.problems()).isEmpty();
    assertThat(result.initialised()).isFalse();
    assertThat(script.pauses()).hasSize(2);
    CreateTableRequest request = (CreateTableRequest) script.requests().get(0);
    assertThat(request.billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(request.deletionProtectionEnabled()).isTrue();
    assertThat(request.sseSpecification().sseType()).isEqualTo(SSEType.KMS);
    assertThat(request.sseSpecification().kmsMasterKeyId()).isEqualTo("alias/at-rest");
    assertThat(request.tags()).containsExactly(Tag.builder().key("team").value("identity").build());
    assertThat(script.requests())
        .filteredOn(UpdateContinuousBackupsRequest.class::isInstance)
        .singleElement()
        .extracting(
            backups ->
                ((UpdateContinuousBackupsRequest) backups)
                    .pointInTimeRecoverySpecification()
                    .pointInTimeRecoveryEnabled())
        .isEqualTo(true);
  }

  @Test
  void leavesATableThatIsThereAsItIs() {
    script
        .fail(ResourceInUseException.builder().build())
        .answer(table(TableStatus.ACTIVE, "id", "sk", "S"));
    TableCheck result = script.run(create.plan(TableOptions.production()));
    assertThat(result.problems())
        .containsExactly("The partition key must be the attribute 'pk': create the table anew.");
    assertThat(script.sent()).containsExactly("CreateTable", "DescribeTable");
  }

  @Test
  void givesUpOnATableThatNeverGetsActive() {
    script.answer(CreateTableResponse.builder().build());
    for (int i = 0; i <= 300; i++) {
      script.answer(table(TableStatus.CREATING, "pk", "sk", "S"));
    }
    assertThatThrownBy(() -> script.run(create.plan(TableOptions.minimal())))
        .isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  void saysWhatIsWrongWithATable() {
    script.fail(ResourceNotFoundException.builder().build());
    assertThat(script.run(check.plan()).problems())
        .containsExactly("The table does not exist: create it.");
    script.answer(table(TableStatus.ACTIVE, "pk", "sort", "S"));
    assertThat(script.run(check.plan()).problems())
        .containsExactly("The sort key must be the attribute 'sk': create the table anew.");
    script.answer(table(TableStatus.ACTIVE, "pk", "sk", "B"));
    assertThat(script.run(check.plan()).problems()).hasSize(2).allMatch(p -> p.contains("(S)"));
    script
        .answer(table(TableStatus.ACTIVE, "pk", "sk", "S"))
        .answer(ttl(TimeToLiveStatus.ENABLED, "expires"))
        .answer(GetItemResponse.builder().build());
    assertThat(script.run(check.plan()).problems())
        .singleElement()
        .asString()
        .contains("TTL", "'ttl'");
  }

  private static DescribeTableResponse table(
      TableStatus status, String hash, String range, String type) {
    return DescribeTableResponse.builder()
        .table(
            TableDescription.builder()
                .tableStatus(status)
                .keySchema(
                    KeySchemaElement.builder().attributeName(hash).keyType("HASH").build(),
                    KeySchemaElement.builder().attributeName(range).keyType("RANGE").build())
                .attributeDefinitions(
                    AttributeDefinition.builder().attributeName(hash).attributeType(type).build(),
                    AttributeDefinition.builder().attributeName(range).attributeType(type).build())
                .build())
        .build();
  }

  private static DescribeTimeToLiveResponse ttl(TimeToLiveStatus status, String attribute) {
    return DescribeTimeToLiveResponse.builder()
        .timeToLiveDescription(
            TimeToLiveDescription.builder()
                .timeToLiveStatus(status)
                .attributeName(attribute)
                .build())
        .build();
  }
}
