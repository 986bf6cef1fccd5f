package io.ezypass.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.admin.TableOptions;
import io.ezypass.internal.table.AccessPattern;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.kms.FakeKms;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Holds the documents to the code: every Java block of the README and of the pages for users and
 * operators compiles and runs, and every table of access patterns is the catalogue's.
 */
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern BLOCK =
      Pattern.compile("^```java( test)?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern CLASS_NAME = Pattern.compile("class (\\w+)");

  @TempDir private Path directory;

  private record Block(int number, boolean isTest, String code) {}

  @TestFactory
  Stream<DynamicTest> everyJavaBlockOfTheReadmeCompilesAndRuns() throws IOException {
    return everyJavaBlock("README.md");
  }

  @TestFactory
  Stream<DynamicTest> everyJavaBlockOnUsingAVaultCompilesAndRuns() throws IOException {
    return everyJavaBlock("docs/using.md");
  }

  @TestFactory
  Stream<DynamicTest> everyJavaBlockForOperatorsCompilesAndRuns() throws IOException {
    return everyJavaBlock("docs/operating.md");
  }

  private Stream<DynamicTest> everyJavaBlock(String document) throws IOException {
    List<Block> blocks = blocks(Files.readString(ROOT.resolve(document)));
    assertThat(blocks).isNotEmpty();
    return blocks.stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    "block " + block.number() + (block.isTest() ? " (compiled only)" : ""),
                    () -> check(block)));
  }

  @Test
  void theFirstSampleHasAboutFifteenLines() throws IOException {
    String first = blocks(Files.readString(ROOT.resolve("README.md"))).get(0).code();
    assertThat(first.lines().filter(line -> !line.isBlank()).count()).isBetween(10L, 20L);
  }

  @Test
  void theTablesOfAccessPatternsAreTheCatalogue() throws IOException {
    for (String document : List.of("README.md", "docs/data-model.md")) {
      List<String> rows =
          Files.readString(ROOT.resolve(document))
              .lines()
              .dropWhile(line -> !line.contains("<!-- access-patterns -->"))
              .dropWhile(line -> !line.startsWith("|"))
              .takeWhile(line -> line.startsWith("|"))
              .skip(2)
              .toList();
      assertThat(rows)
          .as(document)
          .containsExactlyElementsOf(
              Stream.of(AccessPattern.values()).map(AccessPattern::markdownRow).toList());
    }
  }

  private void check(Block block) throws Exception {
    String name = block.isTest() ? testName(block) : "Block" + block.number();
    Path source = directory.resolve(name + ".java");
    Files.writeString(source, block.isTest() ? block.code() : wrapped(name, block.code()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiles;
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      compiles =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-d",
                      directory.toString(),
                      "-proc:none",
                      "-cp",
                      System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjects(source))
              .call();
    }
    assertThat(compiles).as(messages.toString()).isTrue();
    if (!block.isTest()) {
      run(name);
    }
  }

  private void run(String name) throws Exception {
    DynamoDbClient dynamoDb = DynamoDbLocal.shared().client();
    FakeKms kms = FakeKms.create();
    for (String alias : List.of("alias/vault", "alias/vault-2027", "alias/vault-acme")) {
      kms.createAlias(alias, kms.createKey());
    }
    if (dynamoDb.listTables().tableNames().contains("vault")) {
      dynamoDb.deleteTable(delete -> delete.tableName("vault"));
    }
    try (EzyPass ezypass =
        EzyPass.builder()
            .clients(dynamoDb, kms.client())
            .table("vault")
            .kmsKey("alias/vault")
            .build()) {
      ezypass.admin().createTable(TableOptions.minimal());
      ezypass.admin().initialise();
    }
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
      loader
          .loadClass(name)
          .getMethod("run", DynamoDbClient.class, KmsClient.class)
          .invoke(null, dynamoDb, kms.client());
    } catch (InvocationTargetException e) {
      throw new AssertionError("the block fails", e.getCause());
    }
  }

  private static List<Block> blocks(String markdown) {
    Matcher matcher = BLOCK.matcher(markdown);
    List<Block> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(new Block(blocks.size() + 1, matcher.group(1) != null, matcher.group(2)));
    }
    return blocks;
  }

  private static String testName(Block block) {
    Matcher matcher = CLASS_NAME.matcher(block.code());
    assertThat(matcher.find()).as("a class in block %s", block.number()).isTrue();
    return matcher.group(1);
  }

  private static String wrapped(String name, String code) {
    List<String> packages =
        List.of(
            "io.ezypass",
            "io.ezypass.model",
            "io.ezypass.error",
            "io.ezypass.admin",
            "io.ezypass.health",
            "io.ezypass.totp",
            "io.ezypass.testkit",
            "io.ezypass.testkit.dynamodb",
            "io.ezypass.testkit.kms",
            "java.time",
            "java.util",
            "software.amazon.awssdk.services.dynamodb",
            "software.amazon.awssdk.services.kms");
    StringBuilder out = new StringBuilder();
    packages.forEach(used -> out.append("import ").append(used).append(".*;\n"));
    return out.append("public class ")
        .append(name)
        .append(" {\n  public static void run(DynamoDbClient dynamoDb, KmsClient kms)")
        .append(" throws Exception {\n")
        .append(code)
        .append("  }\n}\n")
        .toString();
  }
}
