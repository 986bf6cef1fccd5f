package io.ezypass.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that the security document names as the holder of a promise is there. */
class SecurityDocumentTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|Suite))(?:\\.(\\w+))?`");

  @Test
  void namesOnlyTestsThatAreThere() throws IOException {
    Map<String, String> sources = sources();
    List<MatchResult> named =
        TEST.matcher(Files.readString(ROOT.resolve("docs/security.md"))).results().toList();
    assertThat(named).hasSizeGreaterThan(40);
    assertThat(named)
        .allSatisfy(
            test -> {
              assertThat(sources).containsKey(test.group(1));
              String method = test.group(2);
              if (method != null) {
                assertThat(sources.get(test.group(1))).containsPattern(" " + method + "\\(");
              }
            });
  }

  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files =
        Stream.concat(
            Files.walk(ROOT.resolve("ezypass-core/src")),
            Files.walk(ROOT.resolve("ezypass-testkit/src")))) {
      return files
          .filter(file -> file.toString().matches(".*(Test|Suite)\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  SecurityDocumentTest::read));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
