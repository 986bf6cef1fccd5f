package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The stored format, held by bytes in files: what the library writes is what they say, what it
 * reads out of them is what they expect, and what they say is refused is refused with that error.
 */
class GoldenVectorsTest {
  private static final Map<String, JsonNode> MADE = GoldenVectors.files();

  /** Sealing: every byte of the files comes out of the library again. */
  @TestFactory
  Stream<DynamicTest> noFileDiffersFromWhatTheLibraryWrites() {
    return MADE.entrySet().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getKey(),
                    () ->
                        assertThat(new String(stored(file.getKey()), StandardCharsets.UTF_8))
                            .as("made anew by GoldenVectors")
                            .isEqualTo(VectorJson.print(file.getValue()))));
  }

  /** Opening: what the files hold is read, or refused, as they say. */
  @TestFactory
  Stream<DynamicTest> everyVectorIsReadAsExpected() {
    VectorReader reader = new VectorReader(VectorJson.parse(stored("vaults.json")));
    return vectors().stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.json().get("id").asText(),
                    () -> check(reader.read(vector.kind(), vector.json()), vector.json())));
  }

  @Test
  void thereAreEnoughOfThem() {
    long opens = vectors().stream().filter(v -> v.json().has("expect")).count();
    long refused = vectors().stream().filter(v -> v.json().has("error")).count();
    assertThat(opens).isGreaterThanOrEqualTo(60);
    assertThat(refused).isGreaterThanOrEqualTo(200);
    assertThat(opens + refused).isEqualTo(vectors().size());
  }

  @Test
  void noTwoHaveOneId() {
    Set<String> ids = new HashSet<>();
    assertThat(vectors())
        .allSatisfy(v -> assertThat(ids.add(v.json().get("id").asText())).isTrue());
  }

  private record Vector(String kind, JsonNode json) {}

  private static void check(JsonNode read, JsonNode vector) {
    if (vector.has("error")) {
      assertThat(read.path("error")).isEqualTo(vector.get("error"));
    } else {
      // Compared as text: a number has one node type when parsed and another when made.
      assertThat(VectorJson.print(read)).isEqualTo(VectorJson.print(vector.get("expect")));
    }
  }

  private static List<Vector> vectors() {
    List<Vector> all = new ArrayList<>();
    for (String name : MADE.keySet()) {
      JsonNode file = VectorJson.parse(stored(name));
      file.path("vectors").forEach(v -> all.add(new Vector(file.get("kind").asText(), v)));
    }
    return all;
  }

  private static byte[] stored(String name) {
    try (InputStream in = GoldenVectorsTest.class.getResourceAsStream("/vectors/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
