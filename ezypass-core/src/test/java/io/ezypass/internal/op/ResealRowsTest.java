package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.admin.RotationReport;
import io.ezypass.admin.RotationReport.State;
import io.ezypass.internal.format.v1.Header;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** How single rows are rewritten, whatever stands there by then. */
class ResealRowsTest {
  private final RotationScene scene = new RotationScene();

  @Test
  void aRowIsRewrittenByItsSealedAttributesAloneUnderItsExactHeader() throws Exception {
    String row = scene.credential("github.com");
    scene.set(row, "ttl", AttributeValue.fromN("4070908800"));
    Map<String, AttributeValue> before = scene.row(row);
    Header old = scene.header(row);

    scene.run();

    UpdateItemRequest update = (UpdateItemRequest) scene.script.requests().get(8);
    assertThat(update.updateExpression().replace("SET ", "").split(", "))
        .containsExactlyInAnyOrder("#set_h = :set_h", "#set_m = :set_m", "#set_s = :set_s");
    assertThat(update.conditionExpression()).isEqualTo("#a = :a");
    assertThat(update.expressionAttributeValues().get(":a")).isEqualTo(before.get("h"));
    Header now = scene.header(row);
    assertThat(now.operationId()).isEqualTo(old.operationId());
    assertThat(now.features()).isEqualTo(old.features());
    assertThat(now.earlier()).usingRecursiveComparison().isEqualTo(old.earlier());
    assertThat(now.commitment()).isNotEqualTo(old.commitment());
  }

  /** A profile has one part, so the JDK would see the same key and nonce twice in a row. */
  @Test
  void twoRewritesOfARowGiveTheSameBytes() {
    scene.profile();
    Map<String, AttributeValue> before = scene.row("PROFILE");
    scene.keys(2, 0);
    scene.run();
    Map<String, AttributeValue> once = scene.row("PROFILE");
    scene.rows.put("PROFILE", before);
    scene.run();

    assertThat(once).isNotEqualTo(before);
    assertThat(scene.row("PROFILE")).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatDoesNotOpenIsLeftAndNamedAndTheRestGoesOn(boolean inMeta) {
    String broken = scene.credential("github.com");
    String row = scene.credential("gitlab.com");
    String attribute = inMeta ? "m" : "s";
    byte[] sealed = scene.bytes(broken, attribute);
    sealed[3] ^= 1;
    scene.set(broken, attribute, AttributeValue.fromB(SdkBytes.fromByteArray(sealed)));

    RotationReport report = scene.run();

    assertThat(scene.generation(row)).isEqualTo(2);
    assertThat(scene.generation(broken)).isEqualTo(1);
    assertThat(report.state()).isEqualTo(State.REWRITING);
    assertThat(report.rewritten()).isEqualTo(1);
    assertThat(report.below()).isEqualTo(1);
    assertThat(report.problems()).hasSize(1).allMatch(name -> name.contains(broken));
    assertThat(scene.bytes(broken, attribute)).isEqualTo(sealed);
  }

  @Test
  void rowsThatThisVersionDoesNotKnowAreLeftAndNamed() {
    String later = scene.credential(scene.open(), "github.com", 0x80);
    String kind = "AUDIT#2026-11#1";
    Map<String, AttributeValue> other = new HashMap<>(scene.row(later));
    other.put("sk", AttributeValue.fromS(kind));
    scene.rows.put(kind, other);
    String format = scene.credential("gitlab.com");
    byte[] header = scene.header(format).encode();
    header[0] = 2;
    scene.set(format, "h", AttributeValue.fromB(SdkBytes.fromByteArray(header)));
    Map<String, Map<String, AttributeValue>> before = new HashMap<>(scene.rows);

    RotationReport report = scene.run();

    assertThat(report.below()).isEqualTo(3);
    assertThat(report.problems()).hasSize(3);
    before.remove("KEYS");
    assertThat(scene.rows).containsAllEntriesOf(before);
  }

  @Test
  void aNewerVersionOfARowIsRewrittenInstead() {
    String row = scene.credential("github.com");
    UserKeys old = scene.open();
    scene.next(
        "UpdateItem",
        update -> {
          String another = scene.credential(old, "github.com", 0);
          scene.rows.put(row, atSortKey(another, row));
          scene.rows.remove(another);
          return scene.answered("UpdateItem", update);
        });

    RotationReport report = scene.run();

    // The other row does not open at this sort key; what counts is that it was the one judged.
    assertThat(report.problems()).hasSize(1);
    assertThat(report.rewritten()).isZero();
    assertThat(scene.script.pauses()).hasSize(1);
  }

  @Test
  void aRowThatSomebodyElseRewroteMovedOrDeletedIsDone() {
    String row = scene.credential("github.com");
    Map<String, AttributeValue> old = scene.row(row);
    scene.keys(2, 0);
    UserKeys active = scene.open();
    Map<String, AttributeValue> newer = scene.row(scene.credential(active, "example.com", 0));
    Map<String, AttributeValue> forwarding = new HashMap<>(old);
    forwarding.keySet().removeAll(List.of("h", "m", "s", "v"));
    forwarding.put("f", AttributeValue.fromS("CRED#x"));
    for (Map<String, AttributeValue> now : Arrays.asList(newer, forwarding, null)) {
      scene.rows.put(row, old);
      scene.next(
          "UpdateItem",
          update -> {
            scene.rows.remove(row);
            return RotationScene.refused(now, 1);
          });
      RotationReport report = scene.run();
      assertThat(report.rewritten()).isZero();
      assertThat(report.problems()).isEmpty();
      assertThat(report.generation()).isEqualTo(2);
    }
  }

  @Test
  void aRewriteWhoseAnswerWasLostIsRecognised() {
    String row = scene.credential("github.com");
    scene.next(
        "UpdateItem",
        update -> {
          scene.answered("UpdateItem", update);
          return RotationScene.refused(scene.row(row), 2);
        });
    assertThat(scene.run().rewritten()).isEqualTo(1);
    scene.next(
        "UpdateItem",
        update -> {
          scene.answered("UpdateItem", update);
          return SdkClientException.builder().message("gone").build();
        });
    assertThat(scene.run().rewritten()).isEqualTo(1);
    scene.next("UpdateItem", update -> SdkClientException.builder().message("unsent").build());
    assertThat(scene.run().rewritten()).isEqualTo(1);
    assertThat(scene.generation(row)).isEqualTo(4);
  }

  @Test
  void aRowThatKeepsChangingIsLeft() {
    String row = scene.credential("github.com");
    for (int i = 0; i < 8; i++) {
      scene.next("UpdateItem", update -> RotationScene.refused(scene.row(row), 1));
    }
    RotationReport report = scene.run();
    assertThat(report.state()).isEqualTo(State.REWRITING);
    assertThat(report.problems()).hasSize(1);
  }

  private Map<String, AttributeValue> atSortKey(String from, String to) {
    Map<String, AttributeValue> row = new HashMap<>(scene.row(from));
    row.put("sk", AttributeValue.fromS(to));
    return row;
  }
}
