package io.ezypass.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consumer that is a module itself: it compiles against the exported packages only, and runs. */
class ModulePathTest {
  private static final String MODULE_INFO = "module consumer {\n  requires io.ezypass.core;\n}\n";

  @TempDir private Path directory;

  @Test
  void aModuleCompilesAgainstTheLibraryAndRuns() throws Exception {
    write("module-info.java", MODULE_INFO);
    write(
        "consumer/Main.java",
        """
        package consumer;

        import io.ezypass.EzyPass;
        import io.ezypass.PasswordGenerator;
        import io.ezypass.model.Secret;
        import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

        public class Main {
          public static void main(String[] args) {
            Secret secret = PasswordGenerator.standard().generate();
            EzyPass.Builder builder = EzyPass.builder().table("vault");
            System.out.print(EzyPass.class.getModule().getName() + " " + secret + " "
                + DynamoDbClient.class.getModule().isNamed() + " " + (builder != null));
          }
        }
        """);
    assertThat(compile()).isEmpty();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                modulePath() + File.pathSeparator + directory.resolve("out"),
                "--module",
                "consumer/consumer.Main")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).isEqualTo("io.ezypass.core Secret[redacted] true true");
  }

  @Test
  void internalPackagesAreNotExported() throws IOException {
    write("module-info.java", MODULE_INFO);
    write(
        "consumer/Main.java",
        "package consumer;\npublic class Main {\n  io.ezypass.internal.op.UserKeys keys;\n}\n");
    assertThat(compile()).contains("io.ezypass.internal.op is not visible");
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve("src").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** What the compiler said, empty if it was content. */
  private String compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(directory.resolve("src"))) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-d",
                      directory.resolve("out").toString(),
                      "-proc:none",
                      "--module-path",
                      modulePath()),
                  null,
                  files.getJavaFileObjectsFromPaths(
                      sources.filter(path -> path.toString().endsWith(".java")).toList()))
              .call();
      return compiled ? "" : messages.toString();
    }
  }

  /** The library with what it needs; the testkit and its servers stay off the module path. */
  private static String modulePath() {
    Path core =
        Path.of(EzyPass.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return Stream.concat(
            Stream.of(core.toString()),
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(
                    entry ->
                        entry.contains("awssdk")
                            || entry.contains("slf4j-api")
                            || entry.contains("reactive-streams")
                            || entry.contains("jspecify")))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
