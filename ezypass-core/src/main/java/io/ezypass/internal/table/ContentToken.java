package io.ezypass.internal.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The ClientRequestToken of a transaction: SHA-256 over random bytes and all that it asks for. */
final class ContentToken {
  private final MessageDigest digest;

  private ContentToken() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A version 4 UUID in form. Equal randomness and content give equal tokens, else they differ. */
  static UUID of(UUID random, List<TransactWriteItem> actions) {
    ContentToken token = new ContentToken();
    token.text(random.toString());
    actions.forEach(token::action);
    ByteBuffer bytes = ByteBuffer.wrap(token.digest.digest());
    long high = (bytes.getLong() & ~0xf000L) | 0x4000L;
    long low = (bytes.getLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low);
  }

  private void action(TransactWriteItem action) {
    if (action.put() != null) {
      Put put = action.put();
      text("put");
      values(put.item());
      condition(
          put.conditionExpression(),
          put.expressionAttributeNames(),
          put.expressionAttributeValues());
    } else if (action.delete() != null) {
      Delete delete = action.delete();
      text("delete");
      values(delete.key());
      condition(
          delete.conditionExpression(),
          delete.expressionAttributeNames(),
          delete.expressionAttributeValues());
    } else if (action.update() != null) {
      Update update = action.update();
      text("update");
      values(update.key());
      text(update.updateExpression());
      condition(
          update.conditionExpression(),
          update.expressionAttributeNames(),
          update.expressionAttributeValues());
    } else {
      ConditionCheck check = action.conditionCheck();
      text("check");
      values(check.key());
      condition(
          check.conditionExpression(),
          check.expressionAttributeNames(),
          check.expressionAttributeValues());
    }
  }

  private void condition(
      @Nullable String expression, Map<String, String> names, Map<String, AttributeValue> values) {
    text(expression);
    text(new TreeMap<>(names).toString());
    values(values);
  }

  private void values(Map<String, AttributeValue> values) {
    digest.update(ByteBuffer.allocate(4).putInt(values.size()).array());
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              text(name);
              text(value.type().name());
              if (value.b() != null) {
                bytes(value.b().asByteArrayUnsafe());
              } else {
                text(value.s() != null ? value.s() : value.n());
              }
            });
  }

  private void text(@Nullable String text) {
    bytes(text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
