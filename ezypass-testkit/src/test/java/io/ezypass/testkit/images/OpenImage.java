package io.ezypass.testkit.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.TableOptions;
import io.ezypass.model.UserId;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.kms.FakeKms;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** An image restored into a fresh table under another name, and opened at the time of writing. */
final class OpenImage implements AutoCloseable {
  private static final int BATCH = 25;

  private final MutableClock clock;
  private final TableInspector inspector;
  private final EzyPass ezypass;

  OpenImage(TableImage image) {
    FakeKms kms = FakeKms.seeded(image.kmsSeed());
    String kmsKey = "";
    for (String arn : image.kmsKeys()) {
      kmsKey = kms.createKey();
      assertThat(kmsKey).isEqualTo(arn);
    }
    DynamoDbClient client = DynamoDbLocal.shared().client();
    String table = DynamoDbLocal.shared().newTableName("restored");
    clock = MutableClock.startingAt(image.clock());
    inspector = new TableInspector(client, table);
    ezypass =
        EzyPass.builder()
            .clients(client, kms.client())
            .table(table)
            .tableId(image.tableId())
            .kmsKey(kmsKey)
            .clock(clock)
            .build();
    ezypass.admin().createTable(TableOptions.minimal());
    restore(client, table, image.items());
  }

  private static void restore(
      DynamoDbClient client, String table, List<Map<String, AttributeValue>> items) {
    for (int from = 0; from < items.size(); from += BATCH) {
      List<WriteRequest> batch =
          items.subList(from, Math.min(from + BATCH, items.size())).stream()
              .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
              .toList();
      assertThat(client.batchWriteItem(write -> write.requestItems(Map.of(table, batch))))
          .returns(Map.of(), BatchWriteItemResponse::unprocessedItems);
    }
  }

  MutableClock clock() {
    return clock;
  }

  TableInspector inspector() {
    return inspector;
  }

  EzyPass ezypass() {
    return ezypass;
  }

  VaultRepository vaults() {
    return ezypass.repository();
  }

  Vault vault(String user) {
    return vaults().vault(UserId.of(user));
  }

  @Override
  public void close() {
    ezypass.close();
  }
}
