package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;

/** What opening a shared credential does for somebody whom nothing is shared with. */
class OpenSharedTest {
  private static final UserId OWNER = UserId.of("owner");
  private static final CredentialId ID = CredentialId.of("AbCdEfGhIjKlMnOpQrStUvWxYz_-");

  /** A look into the cache may renew what is there, with a KMS call, and keep it for longer. */
  @Test
  void aStrangerDoesNotTouchTheOwnersCachedKeys() {
    Environment env = Fixtures.environment();
    Script script = new Script().cached(Fixtures.userKeys());
    script.otherwise((operation, request) -> TransactGetItemsResponse.builder().build());
    OpenShared open = new OpenShared(env, new KeyAccess(env, new Table(env, Fixtures.TABLE_ID)));

    assertThatThrownBy(() -> script.run(open.plan(Fixtures.USER, OWNER, ID)))
        .isInstanceOf(CredentialNotFoundException.class);

    TransactGetItemsRequest read =
        (TransactGetItemsRequest) script.requests().get(script.requests().size() - 1);
    assertThat(read.transactItems().get(2).get().key())
        .containsEntry(ItemKey.SK, AttributeValue.fromS(ItemKey.KEYS_SK));
  }
}
