package io.ezypass.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sizes by DynamoDB's documented rules, of what others put beside the library's attributes too. */
class ItemSizeTest {
  private static final AttributeValue TEXT = AttributeValue.fromS("grün"); // 5 bytes
  private static final AttributeValue BYTES = AttributeValue.fromB(SdkBytes.fromUtf8String("abc"));

  @Test
  void countsNamesAndValues() {
    assertThat(size(TEXT)).isEqualTo(1 + 5);
    assertThat(size(BYTES)).isEqualTo(1 + 3);
    assertThat(size(AttributeValue.fromN("1234"))).isEqualTo(1 + 3);
  }

  @Test
  void takesEveryTypeThatDynamoDbHas() {
    assertThat(size(AttributeValue.fromBool(true))).isEqualTo(1 + 1);
    assertThat(size(AttributeValue.fromNul(true))).isEqualTo(1 + 1);
    assertThat(size(AttributeValue.fromSs(List.of("a", "bc")))).isEqualTo(1 + 3);
    assertThat(size(AttributeValue.fromNs(List.of("12", "3456")))).isEqualTo(1 + 2 + 3);
    assertThat(size(AttributeValue.fromBs(List.of(BYTES.b())))).isEqualTo(1 + 3);
    assertThat(size(AttributeValue.fromL(List.of(TEXT, BYTES)))).isEqualTo(1 + 3 + 2 + 5 + 3);
    assertThat(size(AttributeValue.fromM(Map.of("k", TEXT)))).isEqualTo(1 + 3 + 1 + 1 + 5);
  }

  private static long size(AttributeValue value) {
    return ItemSize.of(Map.of("a", value));
  }
}
