package io.ezypass.internal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/** The table that the library needs: how to ask for it, and how a given one differs. */
public final class TableDefinition {
  private final String table;

  /** The definition under one name. */
  public TableDefinition(String table) {
    this.table = table;
  }

  /** Creates it with on-demand billing. */
  public CreateTableRequest create(
      boolean deletionProtection, @Nullable String encryptionKey, Map<String, String> tags) {
    CreateTableRequest.Builder create =
        CreateTableRequest.builder()
            .tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attribute(ItemKey.PK), attribute(ItemKey.SK))
            .keySchema(key(ItemKey.PK, KeyType.HASH), key(ItemKey.SK, KeyType.RANGE))
            .deletionProtectionEnabled(deletionProtection);
    if (encryptionKey != null) {
      create.sseSpecification(
          SSESpecification.builder()
              .enabled(true)
              .sseType(SSEType.KMS)
              .kmsMasterKeyId(encryptionKey)
              .build());
    }
    if (!tags.isEmpty()) {
      create.tags(
          tags.entrySet().stream()
              .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
              .toList());
    }
    return create.build();
  }

  /** Describes it. */
  public DescribeTableRequest describe() {
    return DescribeTableRequest.builder().tableName(table).build();
  }

  /** Describes its TTL setting. */
  public DescribeTimeToLiveRequest describeTtl() {
    return DescribeTimeToLiveRequest.builder().tableName(table).build();
  }

  /** Switches its TTL on. */
  public UpdateTimeToLiveRequest enableTtl() {
    return UpdateTimeToLiveRequest.builder()
        .tableName(table)
        .timeToLiveSpecification(
            TimeToLiveSpecification.builder().attributeName(Item.TTL).enabled(true).build())
        .build();
  }

  /** Switches its point-in-time recovery on. */
  public UpdateContinuousBackupsRequest enableRecovery() {
    return UpdateContinuousBackupsRequest.builder()
        .tableName(table)
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
        .build();
  }

  /** Whether a table can be used. */
  public static boolean isActive(TableDescription description) {
    return description.tableStatus() == TableStatus.ACTIVE
        || description.tableStatus() == TableStatus.UPDATING;
  }

  /** What is wrong with a table. */
  public static List<String> problems(TableDescription description) {
    List<String> problems = new ArrayList<>();
    if (!isActive(description)) {
      problems.add(
          "The table's status is " + description.tableStatusAsString() + ": wait for ACTIVE.");
    }
    checkKey(problems, description, ItemKey.PK, KeyType.HASH, "partition key");
    checkKey(problems, description, ItemKey.SK, KeyType.RANGE, "sort key");
    return problems;
  }

  /** What is wrong with a TTL setting. */
  public static List<String> problems(@Nullable TimeToLiveDescription ttl) {
    if (ttl != null
        && Item.TTL.equals(ttl.attributeName())
        && (ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLED
            || ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLING)) {
      return List.of();
    }
    return List.of(
        "TTL is not enabled on the attribute '" + Item.TTL + "': enable it on exactly that one.");
  }

  private static void checkKey(
      List<String> problems, TableDescription description, String name, KeyType type, String role) {
    boolean inSchema =
        description.keySchema().stream()
            .anyMatch(key -> key.keyType() == type && key.attributeName().equals(name));
    if (!inSchema) {
      problems.add("The " + role + " must be the attribute '" + name + "': create the table anew.");
      return;
    }
    boolean isString =
        description.attributeDefinitions().stream()
            .anyMatch(
                attribute ->
                    attribute.attributeName().equals(name)
                        && attribute.attributeType() == ScalarAttributeType.S);
    if (!isString) {
      problems.add("The " + role + " '" + name + "' must be a string (S): create the table anew.");
    }
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
