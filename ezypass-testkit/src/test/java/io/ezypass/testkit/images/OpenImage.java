package io.ezypass.testkit.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.TableOptions;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TableId;
import io.ezypass.model.UserId;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.kms.FakeKms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** An image restored into a fresh table under another name, and opened at the time of writing. */
final class OpenImage implements AutoCloseable {
  private static final int BATCH = 25;

  private final DynamoDbClient client = DynamoDbLocal.shared().client();
  private final String table = DynamoDbLocal.shared().newTableName("restored");
  private final TableInspector inspector = new TableInspector(client, table);
  private final FakeKms kms;
  private final String kmsKey;
  private final TableId tableId;
  private final MutableClock clock;
  private final EzyPass ezypass;

  OpenImage(TableImage image) {
    kms = FakeKms.seeded(image.kmsSeed());
    String lastKey = "";
    for (String arn : image.kmsKeys()) {
      lastKey = kms.createKey();
      assertThat(lastKey).isEqualTo(arn);
    }
    kmsKey = lastKey;
    tableId = image.tableId();
    clock = MutableClock.startingAt(image.clock());
    ezypass = process();
    ezypass.admin().createTable(TableOptions.minimal());
    restore(image.items());
  }

  /** Another process that knows nothing yet. */
  EzyPass process() {
    return EzyPass.builder()
        .clients(client, kms.client())
        .table(table)
        .tableId(tableId)
        .kmsKey(kmsKey)
        .clock(clock)
        .build();
  }

  private void restore(List<Map<String, AttributeValue>> items) {
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

  /** All pages of a list, in small ones. */
  static <T> List<T> pages(Function<PageRequest, Page<T>> list) {
    List<T> all = new ArrayList<>();
    PageRequest request = PageRequest.first(5);
    while (true) {
      Page<T> page = list.apply(request);
      all.addAll(page.items());
      if (page.next() == null) {
        return all;
      }
      request = PageRequest.after(page.next(), 5);
    }
  }

  @Override
  public void close() {
    ezypass.close();
  }
}
