package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.error.LimitExceededException;
import io.ezypass.internal.table.Item;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialSizeTest {
  private final UserKeys keys = Fixtures.userKeys();
  private final CredentialSealer sealer = new CredentialSealer(Fixtures.environment());
  private final Audit audit = Audit.created(Fixtures.NOW, Actor.user(Fixtures.USER));

  @Test
  void aTypicalCredentialHasAtMost400Bytes() {
    CredentialContent typical =
        CredentialContent.builder()
            .website("example1.com")
            .login("l".repeat(20))
            .password(Secret.of("p".repeat(16)))
            .urls(List.of("https://" + "u".repeat(22)))
            .notes(Secret.of("n".repeat(40)))
            .build();
    assertThat(typical.website().value()).hasSize(12);
    assertThat(Fixtures.USER.value()).hasSize(36);
    Item item = seal(typical);

    // DynamoDB's documented rules once more, attribute by attribute.
    int byHand =
        ("pk".length() + "U#".length() + 36)
            + ("sk".length() + "CRED#".length() + 28)
            + ("v".length() + 2)
            + ("h".length() + bytes(item, Item.HEADER).length)
            + ("m".length() + bytes(item, Item.META).length)
            + ("s".length() + bytes(item, Item.SECRET).length);
    assertThat(item.size()).isEqualTo((long) byHand).isLessThanOrEqualTo(400);
  }

  @Test
  void whatDynamoDbWouldNotTakeIsRefusedBeforeItIsSent() {
    CredentialContent.Builder large = CredentialContent.builder().website("example.com");
    for (int i = 0; i < 5; i++) {
      large.hiddenField("note " + i, Secret.of("n".repeat(90_000)));
    }
    assertThatThrownBy(() -> seal(large.build()))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("407552");
  }

  private Item seal(CredentialContent content) {
    return sealer
        .seal(
            keys,
            sealer.newId(keys, content, audit),
            CredentialSealer.Next.first(content, audit),
            DueRow.NONE)
        .item();
  }

  private static byte[] bytes(Item item, String name) {
    byte[] bytes = item.bytes(name);
    assertThat(bytes).isNotNull();
    return bytes == null ? new byte[0] : bytes;
  }
}
