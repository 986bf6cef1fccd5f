package io.ezypass.examples.quickstart;

import io.ezypass.model.CredentialContent;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the password export of Chrome and of the browsers built on it. All or nothing: one row that
 * cannot be understood refuses the file, before anything was stored.
 *
 * <p>Passwords pass through strings here, which nobody can wipe; but they come from a plain file,
 * and that one should be deleted after an import.
 */
final class ChromeCsv {
  /** Older browsers export no notes. */
  private static final List<String> OLD_HEADER = List.of("name", "url", "username", "password");

  private static final List<String> HEADER = List.of("name", "url", "username", "password", "note");

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader(HEADER.toArray(new String[0])).get();

  private ChromeCsv() {}

  static List<CredentialContent> read(Path file) throws ImportException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return parse(file.toString(), reader);
    } catch (CharacterCodingException e) {
      throw new ImportException(file + " is not UTF-8");
    } catch (IOException e) {
      throw new ImportException(file + " cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** The export that ships with the example. */
  static List<CredentialContent> sample() throws ImportException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ChromeCsv.class.getResourceAsStream("passwords.csv")),
                StandardCharsets.UTF_8))) {
      return parse("passwords.csv", reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<CredentialContent> parse(String file, BufferedReader reader)
      throws ImportException, IOException {
    skipByteOrderMark(reader);
    List<CredentialContent> entries = new ArrayList<>();
    long line = 1;
    try (CSVParser csv = FORMAT.parse(reader)) {
      Iterator<CSVRecord> rows = csv.iterator();
      List<String> header = rows.hasNext() ? rows.next().toList() : List.of();
      // What is there instead is not repeated: without a header, it is a password.
      if (!header.equals(HEADER) && !header.equals(OLD_HEADER)) {
        throw new IllegalArgumentException("the header must be " + String.join(",", HEADER));
      }
      line = csv.getCurrentLineNumber() + 1;
      while (rows.hasNext()) {
        CSVRecord row = rows.next();
        if (row.size() != header.size()) {
          throw new IllegalArgumentException(
              "the row has " + row.size() + " fields, the header has " + header.size());
        }
        entries.add(content(row));
        line = csv.getCurrentLineNumber() + 1;
      }
      return entries;
    } catch (IllegalArgumentException e) {
      // The library's messages name the field and never repeat its value.
      throw new ImportException(file + ", line " + line + ": " + e.getMessage());
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException) {
        throw new ImportException(file + ", line " + line + ": the quotes do not match");
      }
      throw e.getCause();
    }
  }

  private static CredentialContent content(CSVRecord row) {
    String name = row.get("name");
    String url = row.get("url");
    return CredentialContent.builder()
        .website(url.isBlank() ? Website.named(name) : Website.of(url))
        .title(name)
        .login(row.get("username"))
        .password(Secret.of(row.get("password")))
        .notes(Secret.of(row.isSet("note") ? row.get("note") : ""))
        .build();
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }
}
