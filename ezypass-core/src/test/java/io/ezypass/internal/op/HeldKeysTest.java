package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.error.LimitExceededException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Keys are held for as long as a call runs. "Complete" of a rotation and "final" of a deletion
 * count on nobody sealing under keys that were read more than an hour ago.
 */
class HeldKeysTest {
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final RotationScene scene = new RotationScene();

  @Test
  void anEditThatTakesAnHourWritesNothing() {
    CredentialId id = stored();
    assertThatThrownBy(() -> edit(id, HOUR))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("call again");
    assertThat(scene.script.sent()).containsExactly("GetItem");
  }

  @Test
  void anEditThatTakesALittleLessIsWritten() {
    assertThat(edit(stored(), HOUR - 1).version()).isEqualTo(2);
    assertThat(scene.script.sent()).containsExactly("GetItem", "TransactWriteItems");
  }

  @Test
  void theHourBeginsBeforeTheKeysAreRead() {
    scene.next(
        "GetItem",
        get -> {
          scene.nanos += HOUR;
          return scene.answered("GetItem", get);
        });
    Plan<Credential> add =
        new AddCredential(scene.env, scene.access)
            .plan(Fixtures.USER, content(), Actor.user(Fixtures.USER));
    assertThatThrownBy(() -> scene.script.run(add)).isInstanceOf(LimitExceededException.class);
    assertThat(scene.script.sent()).containsExactly("GetItem", "Decrypt");
  }

  @Test
  void aProfileIsNotSealedEither() {
    UserKeys keys = scene.open();
    scene.nanos = HOUR;
    assertThatThrownBy(() -> scene.profile(keys)).isInstanceOf(LimitExceededException.class);
  }

  private CredentialId stored() {
    String sortKey = scene.credential("github.com");
    scene.script.cached(scene.open());
    return CredentialId.of(sortKey.substring(ItemKey.CREDENTIAL_PREFIX.length()));
  }

  private Credential edit(CredentialId id, long nanos) {
    return scene.script.run(
        new UpdateCredential(scene.env, scene.access)
            .edit(
                Fixtures.USER,
                id,
                stored -> {
                  scene.nanos += nanos;
                  return content();
                },
                Actor.user(Fixtures.USER)));
  }

  private static CredentialContent content() {
    return CredentialContent.builder().website("github.com").password(Secret.of("x")).build();
  }

  @Test
  @SuppressWarnings("unchecked") // covering keys that lack a generation asks for others
  void aLoadThatReadKeysBeforeItWasAskedForIsNoProofThatAGenerationIsMissing() {
    RotationScene scene = new RotationScene();
    UserKeys cached = scene.open();
    UserKeys underWay = scene.open(); // read KEYS, and waits for KMS
    scene.keys(2, 0);
    scene.nanos++;

    Plan.Keys<UserKeys, Integer> asked =
        (Plan.Keys<UserKeys, Integer>)
            scene.access.covering(cached, Map.of(2, "a row"), keys -> Plan.done(keys.active()));
    assertThat(scene.script.run(asked.then().apply(underWay))).isEqualTo(2);

    assertThatThrownBy(
            () -> scene.script.run(scene.access.covering(cached, Map.of(3, "a row"), Plan::done)))
        .isInstanceOf(TamperedItemException.class);
    assertThat(scene.script.sent()).filteredOn("Decrypt"::equals).as("once each").hasSize(2);
  }

  @Test
  void keysHoldNoMoreOfTheirItemThanARotationNeeds() {
    scene.set("KEYS", "y", AttributeValue.fromS("of a later version"));
    assertThat(scene.open().item().text("y")).isEqualTo("of a later version");

    for (String name : List.of("z1", "d")) {
      scene.set("KEYS", name, AttributeValue.fromS("x".repeat(300_000)));
      assertThat(scene.open().item().size()).as(name).isLessThan(1_000);
    }
    assertThat(scene.run().generation()).isEqualTo(2);
  }
}
