package io.ezypass.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.model.CredentialContent;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChromeCsvTest {
  private static final String HEADER = "name,url,username,password,note\n";

  @TempDir Path directory;

  @Test
  void readsAPlainRow() throws Exception {
    CredentialContent entry = one("github.com,https://github.com/login,ada,secret,hello\n");

    assertThat(entry.website().kind()).isEqualTo(Website.Kind.HOST);
    assertThat(entry.website().value()).isEqualTo("github.com");
    assertThat(entry.website().written()).isEqualTo("https://github.com/login");
    assertThat(entry.title()).isEqualTo("github.com");
    assertThat(entry.login()).isEqualTo("ada");
    assertThat(text(entry.password())).isEqualTo("secret");
    assertThat(text(entry.notes())).isEqualTo("hello");
  }

  @Test
  void keepsQuotesCommasLineBreaksAndSpaces() throws Exception {
    CredentialContent entry =
        one(
            "\"a, \"\"b\"\"\",https://a.example/,ada,\"  x,\"\"y\"\" \",\"1\n\n"
                + "\"\"2\"\"\r\n3\n\"\n");

    assertThat(entry.title()).isEqualTo("a, \"b\"");
    assertThat(text(entry.password())).isEqualTo("  x,\"y\" ");
    assertThat(text(entry.notes())).isEqualTo("1\n\n\"2\"\r\n3\n");
  }

  @Test
  void keepsWhatIsNoSyntaxHere() throws Exception {
    CredentialContent entry = one("a,https://a.example/,'ada',#1\\n;\\,=1+1\n");

    assertThat(entry.login()).isEqualTo("'ada'");
    assertThat(text(entry.password())).isEqualTo("#1\\n;\\");
    assertThat(text(entry.notes())).isEqualTo("=1+1");
  }

  @Test
  void keepsWhatIsNotAscii() throws Exception {
    CredentialContent entry = one("Bücherei,https://www.bücherei.example/,jürgen,pä€😀,Ω\n");

    assertThat(entry.website().value()).isEqualTo("xn--bcherei-n2a.example");
    assertThat(entry.login()).isEqualTo("jürgen");
    assertThat(text(entry.password())).isEqualTo("pä€😀");
    assertThat(text(entry.notes())).isEqualTo("Ω");
  }

  @Test
  void keepsTheSameLoginTwice() throws Exception {
    List<CredentialContent> entries =
        read(HEADER + "a,https://a.example/,ada,one,\na,https://a.example/,ada,two,\n");

    assertThat(entries).extracting(entry -> text(entry.password())).containsExactly("one", "two");
  }

  @Test
  void takesEmptyFieldsForAbsent() throws Exception {
    CredentialContent entry = one(",https://a.example/,,,\n");

    assertThat(entry.title()).isNull();
    assertThat(entry.login()).isNull();
    assertThat(entry.password()).isNull();
    assertThat(entry.notes()).isNull();
  }

  @Test
  void understandsApps() throws Exception {
    CredentialContent entry = one(",android://c2lnbmF0dXJl==@com.example.app/,ada,secret,\n");

    assertThat(entry.website().kind()).isEqualTo(Website.Kind.APP);
    assertThat(entry.website().value()).isEqualTo("com.example.app");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void takesTheTitleWhereThereIsNoUrl(String url) throws Exception {
    CredentialContent entry = one("Example.com locker," + url + ",,4711,\n");

    assertThat(entry.website().kind()).isEqualTo(Website.Kind.NAME);
    assertThat(entry.website().value()).isEqualTo("example.com locker");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,url,username,password,note\na,https://a.example/,ada,secret,",
        "\uFEFFname,url,username,password,note\r\na,https://a.example/,ada,secret,\r\n\r\n",
        "name,url,username,password\na,https://a.example/,ada,secret\n",
        """
        "name","url","username","password"
        "a","https://a.example/","ada","secret"
        """,
      })
  void readsWhatDifferentBrowsersWrite(String file) throws Exception {
    assertThat(read(file)).extracting(entry -> text(entry.password())).containsExactly("secret");
  }

  @Test
  void readsAnExportWithoutEntries() throws Exception {
    assertThat(read(HEADER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "https://a.example/,ada,hunter2\n",
        "url,username,password,hunter2\n",
        "name,url,username,password,note,hunter2\n",
        "name;url;username;password;hunter2\n",
      })
  void refusesAnotherHeaderWithoutRepeatingIt(String file) {
    assertRefused(file, "line 1: the header must be name,url,username,password,note");
  }

  @Test
  void refusesARowOfAnotherLengthByItsFirstLine() {
    assertRefused(
        HEADER + "a,https://a.example/,ada,hunter2,\"1\n2\"\nb,https://b.example/,hunter2\n",
        "line 4: the row has 3 fields, the header has 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"hunter2,\n", "\"hunter2\"x,\n"})
  void refusesQuotesThatDoNotMatch(String password) {
    assertRefused(
        HEADER + "a,https://a.example/,ada,x,\nb,https://b.example/,bob," + password,
        "line 3: the quotes do not match");
  }

  @Test
  void refusesWhatTheLibraryRefuses() {
    assertRefused(HEADER + ",,ada,hunter2,\n", "line 2: website must not be blank");
    assertRefused(
        HEADER + "a,https://a.example/,\"hunter2\n\",x,\n",
        "line 2: login has a control character at index 7");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000}) // in the first block that is read, and far behind it
  void refusesOtherEncodings(int rowsBefore) throws IOException {
    Path file = directory.resolve("export.csv");
    String text = HEADER + "a,https://a.example/,,,\n".repeat(rowsBefore) + "ü,,,hunter2,\n";
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> ChromeCsv.read(file))
        .isInstanceOf(ImportException.class)
        .hasMessage(file + " is not UTF-8");
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatThrownBy(() -> ChromeCsv.read(directory.resolve("none.csv")))
        .isInstanceOf(ImportException.class)
        .hasMessageEndingWith("none.csv cannot be read (NoSuchFileException)");
    assertThatThrownBy(() -> ChromeCsv.read(directory))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void readsTheSample() throws Exception {
    List<CredentialContent> sample = ChromeCsv.sample();

    assertThat(sample).hasSize(10);
    assertThat(sample)
        .extracting(entry -> entry.website().kind())
        .contains(Website.Kind.HOST, Website.Kind.APP, Website.Kind.NAME);
    assertThat(sample).filteredOn(entry -> entry.password() == null).hasSize(1);
    assertThat(sample)
        .filteredOn(
            entry -> entry.website().value().equals("github.com") && "ada".equals(entry.login()))
        .hasSize(2);
    assertThat(sample).filteredOn(entry -> text(entry.notes()).contains("\n\n")).hasSize(1);
  }

  private void assertRefused(String file, String reason) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ImportException.class)
        .hasMessageEndingWith("export.csv, " + reason)
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  private CredentialContent one(String row) throws Exception {
    List<CredentialContent> entries = read(HEADER + row);
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private List<CredentialContent> read(String text) throws Exception {
    return ChromeCsv.read(Files.writeString(directory.resolve("export.csv"), text));
  }

  private static String text(@Nullable Secret secret) {
    return secret == null ? "" : secret.use(String::new);
  }
}
