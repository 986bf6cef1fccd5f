package io.ezypass.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    assertThat(compiledAndRun(modulePath()))
        .isEqualTo("io.ezypass.core Secret[redacted] true, no org.crac, no nbvcxz");
  }

  @Test
  void theSameWithCrac() throws Exception {
    String crac = File.pathSeparator + entries("org/crac/", "org\\crac\\");
    assertThat(compiledAndRun(modulePath() + crac, "--add-modules", "org.crac"))
        .isEqualTo("io.ezypass.core Secret[redacted] true, org.crac, no nbvcxz");
  }

  /** An automatic module is there as soon as it is on the path, since the SDK's are. */
  @Test
  void theSameWithNbvcxz() throws Exception {
    String nbvcxz = File.pathSeparator + entries("nbvcxz");
    assertThat(compiledAndRun(modulePath() + nbvcxz))
        .isEqualTo("io.ezypass.core Secret[redacted] true, no org.crac, score 0");
  }

  private String compiledAndRun(String modulePath, String... options) throws Exception {
    write("module-info.java", MODULE_INFO);
    write(
        "consumer/Main.java",
        """
        package consumer;

        import io.ezypass.EzyPass;
        import io.ezypass.PasswordGenerator;
        import io.ezypass.health.NbvcxzEstimator;
        import io.ezypass.model.Secret;
        import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
        import software.amazon.awssdk.services.kms.KmsClient;

        public class Main {
          static class NoDynamoDb implements DynamoDbClient {
            public String serviceName() { return "none"; }
            public void close() {}
          }

          static class NoKms implements KmsClient {
            public String serviceName() { return "none"; }
            public void close() {}
          }

          public static void main(String[] args) throws ClassNotFoundException {
            Secret secret = PasswordGenerator.standard().generate();
            EzyPass.builder().clients(new NoDynamoDb(), new NoKms()).table("vault").kmsKey("key")
                .build().close();
            System.out.print(EzyPass.class.getModule().getName() + " " + secret + " "
                + DynamoDbClient.class.getModule().isNamed() + ", " + crac() + ", " + nbvcxz());
          }

          static String nbvcxz() {
            try {
              return "score " + NbvcxzEstimator.create().score("password".toCharArray());
            } catch (NoClassDefFoundError e) {
              return "no nbvcxz";
            }
          }

          static String crac() throws ClassNotFoundException {
            try {
              Class.forName("io.ezypass.internal.run.CracResource");
              return "org.crac";
            } catch (NoClassDefFoundError e) {
              return "no org.crac";
            }
          }
        }
        """);
    assertThat(compile()).isEmpty();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("--module-path");
    command.add(modulePath + File.pathSeparator + directory.resolve("out"));
    command.add("-Dslf4j.internal.verbosity=ERROR"); // there is no provider, and no need for one
    command.addAll(List.of("--module", "consumer/consumer.Main"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
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
    return core
        + File.pathSeparator
        + entries("awssdk", "slf4j-api", "reactive-streams", "jspecify");
  }

  /** What the tests' class path has under such names. */
  private static String entries(String... parts) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> Stream.of(parts).anyMatch(entry::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
