package io.ezypass.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("ezypass-core", "ezypass-testkit")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        for (Path file : files.filter(SecurityDocumentTest::isTest).toList()) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return sources;
  }

  private static boolean isTest(Path file) {
    return file.toString().matches(".*(Test|Suite)\\.java");
  }
}
