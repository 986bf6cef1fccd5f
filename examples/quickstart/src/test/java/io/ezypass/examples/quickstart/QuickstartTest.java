package io.ezypass.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.VaultRepository;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.UserKey;
import io.ezypass.model.VaultUser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuickstartTest {
  private static final Backend BACKEND = Backend.open(settings(Map.of()));
  private static String output = "";

  @BeforeAll
  static void runOnTheSample() throws Exception {
    output = run();
  }

  @AfterAll
  static void close() {
    BACKEND.close();
  }

  @Test
  void tellsWhatHappens() {
    assertThat(output)
        .containsSubsequence(
            "10 credentials imported",
            "Open Ada's vault",
            "11 credentials",
            "DynamoDB: 1 Query; KMS: 1 Decrypt",
            "Open it again",
            "11 credentials",
            "DynamoDB: 1 Query; KMS: none",
            "0 for the host itself, 3 with its parent domains",
            "version 2",
            "refused: Credential",
            "Nothing was written",
            "version 3",
            "Grace's credential",
            "version 1, password untouched");
    assertThat(output.lines()).hasSizeBetween(50, 70).allMatch(line -> line.length() <= 100);
  }

  @Test
  void leavesInTheTableWhatItTells() {
    List<CredentialSummary> adas = vaultOf("ada");
    assertThat(adas).hasSize(11);
    assertThat(adas)
        .filteredOn(credential -> "us@example.com".equals(credential.login()))
        .extracting(CredentialSummary::version)
        .containsExactly(3L);

    List<CredentialSummary> graces = vaultOf("grace");
    assertThat(graces).extracting(CredentialSummary::login).containsExactly("us@example.com");
    assertThat(graces).extracting(CredentialSummary::version).containsExactly(1L);
  }

  @Test
  void showsEveryRowWithWhatTheApplicationSeesOfIt() {
    assertThat(output.lines().filter(line -> line.startsWith("  CRED#")))
        .hasSize(12)
        .allMatch(line -> line.matches(".*h=\\d+ m=\\d+ s=\\d+ v=\\d +\\| \\S.* v\\d"));
    assertThat(output.lines().filter(line -> line.startsWith("  PROFILE")))
        .hasSize(2)
        .allMatch(line -> line.matches(".*\\| (ada|grace)-\\w+@example.com +v1"));
  }

  @Test
  void printsNoSecretAndStoresNoPlaintext() throws Exception {
    List<String> secrets =
        ChromeCsv.sample().stream()
            .flatMap(entry -> Stream.of(entry.password(), entry.notes()))
            .filter(Objects::nonNull)
            .map(secret -> secret.use(chars -> new String(chars)))
            .filter(text -> text.length() > 8) // shorter ones may occur by chance
            .toList();

    assertThat(secrets).hasSizeGreaterThan(8);
    assertThat(output).doesNotContain(secrets);
    assertThat(BACKEND.inspector().findPlaintext(secrets)).isEmpty();
    assertThat(BACKEND.inspector().findPlaintext(List.of("github.com", "us@example.com", "ada-")))
        .isEmpty();
  }

  @Test
  void runsAgainOnTheSameTable() throws Exception {
    String again = run();

    assertThat(again).contains("10 credentials imported", "version 1, password untouched");
    // Those of the first run are there, but not shown.
    assertThat(again.lines().filter(line -> line.startsWith("  CRED#"))).hasSize(12);
  }

  @Test
  void namesTheSettingThatIsMissingOrWrong() {
    assertRefused(Map.of("ezypass.aws", "true"), "-Dezypass.kms.key=ID is missing");
    assertRefused(
        Map.of("ezypass.endpoint.dynamodb", "http://localhost:1", "ezypass.kms.key", "k"),
        "-Dezypass.endpoint.kms=URL is missing");
    assertRefused(
        Map.of("ezypass.endpoint.kms", "localhost", "ezypass.kms.key", "k"),
        "-Dezypass.endpoint.kms must be a URL");
  }

  private static List<CredentialSummary> vaultOf(String name) {
    VaultRepository vaults = BACKEND.ezypass().repository();
    Matcher email = Pattern.compile(name + "-\\w+@example.com").matcher(output);
    assertThat(email.find()).isTrue();
    VaultUser user = vaults.findUserBy(UserKey.email(email.group())).orElseThrow();
    return vaults.vault(user.id()).open();
  }

  private static void assertRefused(Map<String, String> properties, String reason) {
    assertThatThrownBy(() -> Backend.open(settings(properties)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(reason);
  }

  private static String run() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Quickstart(BACKEND, new PrintStream(bytes, true, StandardCharsets.UTF_8))
        .run(ChromeCsv.sample());
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Settings settings(Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    return new Settings(properties);
  }
}
