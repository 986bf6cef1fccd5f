package io.ezypass.internal.format.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden vectors under the reader in JavaScript, which was written from docs/wire-format.md
 * alone: what only this library's own code could read would be a fault of the document.
 */
class SecondReaderTest {
  private static final int OLDEST_NODE = 18;
  private static final int TIMEOUT_SECONDS = 120;
  private static final Path TESTS = tests();
  private static final Path VECTORS = TESTS.resolve("resources/vectors");
  private static final Path WEBSITES = TESTS.resolve("resources/io/ezypass/model/websites.csv");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @BeforeAll
  static void nodeIsThere(@TempDir Path directory) throws Exception {
    String found = node(directory);
    if (!found.isEmpty()) {
      // A line of its own: the summary of a build counts what was skipped, but does not say why.
      System.out.println("SKIPPED: SecondReaderTest, the second reader of the format: " + found);
    }
    assumeTrue(found.isEmpty(), found);
  }

  /** Why there is no node to run with; empty if there is one. */
  private static String node(Path directory) throws Exception {
    Result version;
    try {
      version = run(directory, "node", "--version");
    } catch (IOException e) {
      return "no node on PATH; install Node " + OLDEST_NODE + " or later to run it";
    }
    Matcher major = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL).matcher(version.output());
    return major.matches() && Integer.parseInt(major.group(1)) >= OLDEST_NODE
        ? ""
        : "node on PATH is older than " + OLDEST_NODE + ": " + version.output().strip();
  }

  @Test
  void readsAndRefusesEveryVector() throws Exception {
    int read = 0;
    int refused = 0;
    for (Path file : vectorFiles()) {
      for (JsonNode vector : JSON.readTree(file.toFile()).get("vectors")) {
        read += vector.has("expect") ? 1 : 0;
        refused += vector.has("error") ? 1 : 0;
      }
    }
    assertThat(read).isGreaterThanOrEqualTo(60);
    assertThat(refused).isGreaterThanOrEqualTo(200);

    Result result = read("read-vectors.mjs", VECTORS);

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.lastLine())
        .matches(
            "%d files: %d to be read \\(\\d+ also sealed again\\), %d to be refused, 0 wrong"
                .formatted(vectorFiles().size(), read, refused));
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("a field", "credential/password", v -> expect(v).put("password", "another")),
        change("a field that is not there", "credential/login", v -> expect(v).put("title", "x")),
        change("a field left out", "credential/full", v -> expect(v).remove("favourite")),
        change("the order of a list", "credential/full", SecondReaderTest::swapUrls),
        change("a number beyond doubles", "credential/version-large", SecondReaderTest::addOne),
        change("a derived key", "derived-key/site-tag", v -> expect(v).put("derived", "00")),
        change("a step of sealing", "keys/generations-2", SecondReaderTest::otherCommitment),
        change("a stored bit", "profile/full", SecondReaderTest::flipMeta),
        change("refused, to be read", "credential-refused/header-commitment-0", v -> toBeRead(v)),
        change("expired, to be read", "page-token/expired-now", v -> toBeRead(v)),
        change("read, to be refused", "claim/email", v -> toBeRefused(v)),
        change("the name of an error", "profile/header-format-2", v -> v.put("error", "tampered")),
        change("another such name", "root/not-there", v -> v.put("error", "not-found")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("changes")
  void namesTheVectorThatIsNotAsItSays(String what, String id, Consumer<ObjectNode> change)
      throws Exception {
    Files.copy(VECTORS.resolve("vaults.json"), directory.resolve("vaults.json"));
    String file = id.substring(0, id.indexOf('/')) + ".json";
    JsonNode json = JSON.readTree(VECTORS.resolve(file).toFile());
    int changed = 0;
    for (JsonNode vector : json.get("vectors")) {
      if (vector.get("id").textValue().equals(id)) {
        change.accept((ObjectNode) vector);
        changed++;
      }
    }
    JSON.writeValue(directory.resolve(file).toFile(), json);
    assertThat(changed).isEqualTo(1);

    Result result = read("read-vectors.mjs", directory);

    assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
    assertThat(wrong(result)).isNotEmpty().allMatch(line -> line.startsWith("WRONG " + id + ": "));
  }

  @Test
  void noVectorsAreNoSuccess() throws Exception {
    Files.copy(VECTORS.resolve("vaults.json"), directory.resolve("vaults.json"));

    assertThat(read("read-vectors.mjs", directory).exitCode()).isEqualTo(1);
  }

  @Test
  void normalisesWebsitesAsFarAsItCan() throws Exception {
    Result result = read("read-websites.mjs", WEBSITES);

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.lastLine()).matches("1\\d\\d websites right, 0 wrong, \\d\\d skipped: .*");
  }

  @Test
  void namesTheWebsiteThatIsNotAsItSays() throws Exception {
    Path changed = directory.resolve("websites.csv");
    String list = Files.readString(WEBSITES);
    Files.writeString(changed, list.replace("www.co.uk,HOST,co.uk", "www.co.uk,HOST,www.co.uk"));

    Result result = read("read-websites.mjs", changed);

    assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
    assertThat(wrong(result)).hasSize(1).first().asString().contains("www.co.uk");
  }

  private static Arguments change(String what, String id, Consumer<ObjectNode> change) {
    return Arguments.of(what, id, change);
  }

  private static ObjectNode expect(ObjectNode vector) {
    return (ObjectNode) vector.get("expect");
  }

  private static void swapUrls(ObjectNode vector) {
    JsonNode urls = expect(vector).get("urls");
    expect(vector).putArray("urls").add(urls.get(1)).add(urls.get(0));
  }

  private static void addOne(ObjectNode vector) {
    expect(vector).put("version", expect(vector).get("version").longValue() + 1);
  }

  private static void otherCommitment(ObjectNode vector) {
    ((ObjectNode) vector.get("sealing")).put("commitment", "00".repeat(32));
  }

  private static void flipMeta(ObjectNode vector) {
    ObjectNode meta = (ObjectNode) vector.get("items").get(0).get("m");
    String bytes = meta.get("B").textValue();
    meta.put("B", (bytes.charAt(0) == '0' ? '1' : '0') + bytes.substring(1));
  }

  private static void toBeRead(ObjectNode vector) {
    vector.remove("error");
    vector.putObject("expect");
  }

  private static void toBeRefused(ObjectNode vector) {
    vector.remove("expect");
    vector.put("error", "tampered");
  }

  private static List<Path> vectorFiles() {
    try (Stream<Path> files = Files.list(VECTORS)) {
      return files
          .filter(f -> f.toString().endsWith(".json") && !f.endsWith("vaults.json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> wrong(Result result) {
    return result.output().lines().filter(line -> line.startsWith("WRONG ")).toList();
  }

  private Result read(String reader, Path what) throws Exception {
    String path = TESTS.resolve("node").resolve(reader).toString();
    return run(directory, "node", path, what.toString());
  }

  private static Result run(Path directory, String... command) throws Exception {
    // Into a file, not a pipe: nothing has to be read while the child runs.
    Path output = Files.createTempFile(directory, "node", ".txt");
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
    Process child = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      child.getOutputStream().close();
      if (!child.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still running after " + TIMEOUT_SECONDS + " seconds");
      }
      return new Result(child.exitValue(), Files.readString(output));
    } finally {
      child.destroyForcibly();
    }
  }

  /** {@code src/test} of this module: the build starts in the module, an IDE often above it. */
  private static Path tests() {
    return Stream.of("src/test", "ezypass-core/src/test", "../ezypass-core/src/test")
        .map(path -> Path.of(path).toAbsolutePath().normalize())
        .filter(path -> Files.exists(path.resolve("node/read-vectors.mjs")))
        .findFirst()
        .orElseThrow();
  }

  private record Result(int exitCode, String output) {
    String lastLine() {
      return output.lines().reduce("", (before, line) -> line);
    }
  }
}
